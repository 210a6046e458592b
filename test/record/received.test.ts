import test from 'ava'
import fc from 'fast-check'
import type { Callback } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
import type { Call } from '../../src/decide/call.ts'
import { readCall } from '../../src/protocol/request.ts'
import { recordedCall } from '../../src/record/received.ts'
import { contentLineOf, readContentLine } from '../../src/record/record-line.ts'
import { requestsOf } from '../callbacks/_requests.ts'
import { samplesOf } from '../callbacks/_samples.ts'
import { forgedText } from './_forged.ts'

const limits = { maxTextBytes: 4_000_000 }

/** The call of a text, and the call that its line gives back; undefined where the text is refused. */
function backAndForth(callback: Callback, text: string): { call: Call; line: string; back: unknown } | undefined {
  const body: unknown = JSON.parse(text)
  const read = readCall(callback, body, { ...limits, command: callback.command })
  if (!read.ok) return undefined
  const { json } = recordedCall({ text, body }, read.call, undefined)
  const line = contentLineOf({ id: 'i', at: 1, changes: [] }, json)
  const content = readContentLine(line)
  const back = readCall(callback, content?.call, limits)
  return { call: read.call, line, back: back.ok ? back.call : back.problem }
}

for (const callback of callbacks) {
  test(`${callback.name}: its calls come back as they were read`, t => {
    for (const { body } of requestsOf(callback)) {
      const result = backAndForth(callback, body)
      t.deepEqual(result?.back, result?.call)
    }
  })

  test(`${callback.name}: forged calls come back as they were read, each on one line`, t => {
    let read = 0
    const texts = fc.oneof(...samplesOf(callback).map(body => forgedText(body)))
    fc.assert(
      fc.property(texts, text => {
        const result = backAndForth(callback, text)
        if (result === undefined) return
        read += 1
        if (/[\r\n]/.test(result.line)) throw new Error('A line is broken')
        if (result.line.includes('secretOfANewerServer')) throw new Error('An unknown key is on record')
        t.deepEqual(result.back, result.call)
      }),
      { numRuns: 60 },
    )
    t.true(read > 10)
  })
}

const message = {
  callbackCommand: 'callbackBeforeSendGroupMsgCommand',
  sendID: 'u-1',
  groupID: 'g-1',
  contentType: 101,
  content: '{"content":"hello \\"you\\""}',
  sendTime: 1_764_601_200_123,
  atUserList: ['u-2'],
}

const group = findCallback('beforeSendGroupMsg') as Callback

function jsonOf(text: string): string {
  const body: unknown = JSON.parse(text)
  const read = readCall(group, body, { command: group.command })
  if (!read.ok) throw new Error(read.problem)
  return recordedCall({ text, body }, read.call, undefined).json
}

test('the text of a usual call is taken over', t => {
  // In an order that writing it again would not give.
  const { callbackCommand, ...rest } = message
  const text = JSON.stringify({ ...rest, callbackCommand })
  t.is(jsonOf(text), text)
  t.is(jsonOf(`${text}\n`), text)
})

const written = test.macro({
  exec: (t, change: (text: string) => string) => {
    const text = change(JSON.stringify(message))
    const json = jsonOf(text)
    t.not(json, text)
    t.deepEqual(JSON.parse(json), message)
  },
  title: (name = '') => `a call with ${name} is written again`,
})

test('a line break', written, text => text.replace(',', ',\n'))
test('an escaped letter in an id', written, text => text.replace('u-1', 'u\\u002d1'))
test('a key twice', written, text => text.replace('{', '{"sendID":"u-9",'))
test('an unknown key', written, text => text.replace('{', '{"new":1,'))
test('a space at its end', written, text => `${text} `)

test('a key twice is seen beside a number with an exponent', t => {
  const text = JSON.stringify(message).replace('{', '{"sendID":"x","seq":1e15,')
  t.false(jsonOf(text).includes('"x"'))
})

test('an escaped slash is written again, so that a search finds it', t => {
  t.true(jsonOf(JSON.stringify(message).replace('u-1', 'a\\/b')).includes('"a/b"'))
})

test('invalid UTF-8 is on record as it was read', t => {
  const bytes = Buffer.from(JSON.stringify({ ...message, content: 'x' }))
  bytes[bytes.lastIndexOf('x')] = 0xff
  const text = new TextDecoder().decode(bytes)
  t.true(jsonOf(text).includes('\ufffd'))
})

test('a call whose body does not name its callback names it on record', t => {
  const { callbackCommand, ...body } = message
  t.is(JSON.parse(jsonOf(JSON.stringify(body))).callbackCommand, callbackCommand)
})
