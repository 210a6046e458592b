import { readFile } from 'node:fs/promises'
import test from 'ava'
import fc from 'fast-check'
import type { Callback } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
import { namingFields } from '../../src/callbacks/named.ts'
import { readCall } from '../../src/protocol/request.ts'
import { hashOfExact, hashOfText, Masks } from '../../src/record/masks.ts'
import { peopleOf } from '../../src/record/people.ts'
import { readMasks } from '../../src/record/read-masks.ts'
import { recordedCall } from '../../src/record/received.ts'
import { fold } from '../../src/text/fold.ts'
import { lineStarts, placeAt } from '../../src/yaml/source.ts'
import { samplesOf } from '../callbacks/_samples.ts'

const secret = 'a secret'

function masksFrom(text: string): Masks {
  const read = readMasks({ file: 'masks.yaml', text })
  if (!read.ok) throw new Error(read.diagnostics.map(({ message }) => message).join('\n'))
  return new Masks(read.of, secret)
}

/** What is on record of a body. */
function recorded(name: string, body: Record<string, unknown>, masks: Masks) {
  const callback = findCallback(name) as Callback
  const read = readCall(callback, body, { command: callback.command })
  if (!read.ok) throw new Error(read.problem)
  const own = masks.for(callback)
  const { json, masked } = recordedCall({ text: JSON.stringify(body), body }, read.call, own)
  const back = readCall(callback, JSON.parse(json))
  return { call: JSON.parse(json), masked, people: peopleOf(read.call, own), back, json }
}

const message = {
  callbackCommand: 'callbackBeforeSendGroupMsgCommand',
  sendID: 'u-1',
  groupID: 'g-1',
  senderNickname: ' Anna\u200b  B ',
  contentType: 101,
  content: '{"content":"Hello"}',
  atUserList: ['u-2', 'u-1'],
}

test('without masks a call is on record as received, with the people that it names', t => {
  const { call, masked, people } = recorded('beforeSendGroupMsg', message, masksFrom('all callbacks: {}'))
  t.deepEqual(call, message)
  t.deepEqual(masked, [])
  t.deepEqual(people, { users: ['u-1', 'u-2'], groups: ['g-1'] })
})

test('a hash stands for equal values, and for texts that people read as the same', t => {
  const masks = masksFrom('all callbacks: { sendID: hash, atUserList: hash, senderNickname: hash }')
  const { call, masked, people } = recorded('beforeSendGroupMsg', message, masks)
  const [one, two] = ['u-1', 'u-2'].map(id => hashOfExact(secret, id))
  t.is(call.sendID, one)
  t.deepEqual(call.atUserList, [two, one])
  t.is(call.senderNickname, hashOfText(secret, 'anna b'))
  t.deepEqual([...masked].sort(), ['atUserList', 'sendID', 'senderNickname'])
  t.deepEqual(people, { users: [one, two], groups: ['g-1'] })
})

test('texts have the same hash exactly if they fold to the same', t => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      t.is(hashOfText(secret, text), hashOfText(secret, fold(text)))
    }),
  )
  t.not(hashOfText(secret, 'a'), hashOfText(secret, 'b'))
  t.not(hashOfText(secret, 'a'), hashOfText('another secret', 'a'))
  t.not(hashOfExact(secret, '\ud800'), hashOfExact(secret, '\udc00'))
})

test('a dropped field is gone, and everything else stays', t => {
  const masks = masksFrom('beforeSendGroupMsg: { sendID: drop, message text: drop }')
  const { call, masked, people } = recorded('beforeSendGroupMsg', message, masks)
  const { sendID, content, ...rest } = message
  t.deepEqual(call, rest)
  t.deepEqual(masked, ['sendID', 'content'])
  t.deepEqual(people, { users: ['u-2', 'u-1'], groups: ['g-1'] })
})

test('of a hashed message only the hash of its text is left', t => {
  const quoting = {
    ...message,
    contentType: 114,
    content: '{"text":"HELLO","quoteMessage":{"textElem":{"content":"q"}}}',
  }
  const { back, json } = recorded('beforeSendGroupMsg', quoting, masksFrom('all callbacks: { message text: hash }'))
  t.true(back.ok && back.call.values.get('message text') === hashOfText(secret, 'hello'))
  t.false(json.includes('quote'))
})

test('the strictest of the masks of a message and its texts holds for all of them', t => {
  const masks = masksFrom('all callbacks: { message text: hash, all text: drop }')
  t.false('content' in recorded('beforeSendGroupMsg', message, masks).call)
})

test('items of lists are masked by their own fields', t => {
  const body = {
    callbackCommand: 'callbackBeforeMembersJoinGroupCommand',
    groupID: 'g',
    memberList: [{ userID: 'u-1', ex: 'x' }],
  }
  const masks = masksFrom('all callbacks: { memberList.userID: hash, memberList.ex: drop }')
  const { call, people } = recorded('beforeMembersJoinGroup', body, masks)
  t.deepEqual(call.memberList, [{ userID: hashOfExact(secret, 'u-1') }])
  t.deepEqual(people.users, [hashOfExact(secret, 'u-1')])
})

test('an older server that sends the only item flat has it masked too', t => {
  const body = { groupID: 'g', userID: 'u-1', ex: 'x' }
  const masks = masksFrom('all callbacks: { memberList.userID: hash }')
  const { json, people } = recorded('beforeMembersJoinGroup', body, masks)
  t.false(json.includes('"u-1"'))
  t.deepEqual(people.users, [hashOfExact(secret, 'u-1')])
})

test('the values of a change are masked like their field', t => {
  const of = (text: string) => masksFrom(text).for(findCallback('beforeMsgModify') as Callback)
  const change = { field: 'message text', from: 'Bad', to: '***', rule: 'r' }
  t.deepEqual(of('all callbacks: { content: drop }')?.change(change), { ...change, from: null, to: null })
  t.deepEqual(of('all callbacks: { all text: hash }')?.change(change), {
    ...change,
    from: hashOfText(secret, 'bad'),
    to: hashOfText(secret, '***'),
  })
})

test('a mask of a callback wins over that of all', t => {
  const masks = masksFrom('all callbacks: { every user: hash }\nbeforeSendGroupMsg: { sendID: keep }')
  const { call } = recorded('beforeSendGroupMsg', message, masks)
  t.is(call.sendID, 'u-1')
  t.is(call.atUserList[0], hashOfExact(secret, 'u-2'))
})

for (const callback of callbacks) {
  test(`${callback.name}: no id of a user is left under "every user: hash"`, t => {
    const masks = masksFrom('all callbacks: { every user: hash, every group: drop }')
    for (const sample of samplesOf(callback)) {
      const body = marked(callback, sample)
      const { json, people } = recorded(callback.name, body, masks)
      t.false(json.includes('somebody'), json)
      t.true(people.users.every(user => user.startsWith('h-')))
      t.deepEqual(people.groups, [])
    }
  })
}

/** The body with recognisable ids in all fields that name somebody. */
function marked(callback: Callback, body: Record<string, unknown>): Record<string, unknown> {
  const changed = { ...body }
  for (const { name, item } of namingFields(callback)) {
    const value = changed[name]
    if (typeof value === 'string') changed[name] = 'somebody'
    else if (Array.isArray(value))
      changed[name] = value.map(each => (item === undefined ? 'somebody' : { ...each, [item]: 'somebody' }))
    else if (item !== undefined && item in changed) changed[item] = 'somebody'
  }
  return changed
}

test('the masks in the chapter for operators can be read', async t => {
  const [, shown = ''] = /```yml\n([\s\S]*?)```/.exec(await readFile('src/serve/README.md', 'utf8')) ?? []
  const { call } = recorded('beforeSendGroupMsg', message, masksFrom(shown))
  t.is(call.sendID, hashOfExact(secret, 'u-1'))
  t.false('content' in call)
})

const refused = test.macro({
  exec: (t, text: string, at: string, message: string) => {
    const read = readMasks({ file: 'masks.yaml', text })
    t.false(read.ok)
    if (read.ok) return
    const [first] = read.diagnostics
    const { line, column } = placeAt(lineStarts(text), first?.span.start ?? 0)
    t.is(`${line}:${column}`, at)
    t.is(first?.message, message)
    t.truthy(first?.hint)
  },
  title: (name = '') => `a file of masks with ${name} is refused with its place and a hint`,
})

test(
  'an unknown callback',
  refused,
  'beforeSendGrupMsg: { sendID: hash }',
  '1:1',
  'There is no key "beforeSendGrupMsg" in a file of masks',
)
test('an unknown field', refused, 'all callbacks:\n  sendId: hash', '2:3', 'No callback has a field "sendId"')
test(
  'a field of another callback',
  refused,
  'beforeJoinGroup: { sendID: hash }',
  '1:20',
  '"beforeJoinGroup" does not have a field "sendID"',
)
test('an unknown mask', refused, 'all callbacks: { sendID: encrypt }', '1:26', 'There is no mask "encrypt"')
test(
  'a hash of a number',
  refused,
  'all callbacks: { contentType: hash }',
  '1:31',
  '"contentType" is not a text, so its hash could be guessed',
)
test('a list', refused, '- sendID', '1:1', 'A file of masks must be "key: value" lines, got a list')
test(
  'a mask that is no mapping',
  refused,
  'all callbacks: drop',
  '1:16',
  'The masks of "all callbacks" must be "key: value" lines, got the text "drop"',
)
