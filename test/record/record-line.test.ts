import test from 'ava'
import fc from 'fast-check'
import {
  contentLine,
  envelopeLine,
  type RecordedContent,
  type RecordedDecision,
  type RecordedEvent,
  readContentLine,
  readLine,
} from '../../src/record/record-line.ts'

const decision: RecordedDecision = {
  v: 1,
  id: '01jdxyz',
  at: 1_764_601_200_123,
  instance: 'im-1',
  kind: 'decision',
  rules: 'abc',
  app: '0.2.0',
  language: 2,
  callback: 'beforeSendGroupMsg',
  operationID: 'op-1',
  users: ['u-1'],
  groups: ['g-1'],
  facts: { messages: 7 },
  decision: 'reject',
  code: 5001,
  rule: 'no-links',
  message: 'No links, please',
  changes: [{ field: 'message text', rule: 'mask' }],
  matches: [{ rule: 'no-links', stage: 'reject', mode: 'enforce', exempted: false }],
  masked: ['ex'],
  us: 123,
}

test('a decision on record is one line, in the order of the format', t => {
  t.is(
    envelopeLine(decision),
    '{"v":1,"id":"01jdxyz","at":1764601200123,"instance":"im-1","kind":"decision","rules":"abc","app":"0.2.0",' +
      '"language":2,"callback":"beforeSendGroupMsg","operationID":"op-1","users":["u-1"],"groups":["g-1"],' +
      '"facts":{"messages":7},"decision":"reject","code":5001,"rule":"no-links","message":"No links, please",' +
      '"changes":[{"field":"message text","rule":"mask"}],' +
      '"matches":[{"rule":"no-links","stage":"reject","mode":"enforce","exempted":false}],"masked":["ex"],"us":123}',
  )
})

test('any text in a decision comes back from its line', t => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })), (text, users) => {
      const written = { ...decision, operationID: text, users, message: text, rule: text }
      const line = envelopeLine(written)
      t.false(/[\r\n]/.test(line))
      t.deepEqual(readLine(line), written)
    }),
  )
})

test('any call comes back from its line', t => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
      fc.option(fc.string(), { nil: undefined }),
      (call, detail) => {
        // JSON has no -0.
        const plain = JSON.parse(JSON.stringify(call))
        const changes = [{ field: 'ex', from: null, to: '\n', rule: 'r' }]
        const content = { v: 1, id: 'i', at: 1, call: plain, changes, ...(detail !== undefined && { detail }) }
        const line = contentLine(content as RecordedContent)
        t.false(/[\r\n]/.test(line))
        t.deepEqual(readContentLine(line), content)
      },
    ),
  )
})

test('an event comes back with its data', t => {
  const event: RecordedEvent = { v: 1, id: 'i', at: 1, instance: 'im-1', kind: 'event', event: 'dropped', lines: 7 }
  t.deepEqual(readLine(envelopeLine(event)), event)
})

const foreign = test.macro({
  exec: (t, text: string) => {
    t.is(readLine(text), undefined)
    t.is(readContentLine(text), undefined)
  },
  title: (name = '') => `${name} is no line of the record`,
})

test('an empty text', foreign, '')
test('a torn line', foreign, envelopeLine(decision).slice(0, -9))
test('a line of a newer format', foreign, envelopeLine(decision).replace('"v":1', '"v":2'))
test('a line of the log', foreign, '{"level":30,"msg":"decision"}')
test('a JSON value that is no object', foreign, '[1]')
test('a line without an id', foreign, '{"v":1,"at":1,"kind":"event","event":"started","instance":"i"}')
