import test from 'ava'
import type { Callback } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
import { readPayload } from '../../src/protocol/payload.ts'
import { readCall } from '../../src/protocol/request.ts'
import { samplesOf } from '../callbacks/_samples.ts'

const named = (name: string) => findCallback(name) as Callback

const reads = test.macro({
  title: (_, callback: string, body: object) => `${callback} reads ${JSON.stringify(body)}`,
  exec(t, callback: string, body: object, values: object) {
    const read = readPayload(named(callback), body)
    t.true(read.ok, JSON.stringify(read))
    if (read.ok) t.like(Object.fromEntries(read.call.values), values)
  },
})
test(reads, 'beforeSetGroupMemberInfo', { roleLevel: 'admin' }, { roleLevel: 60 })
test(reads, 'beforeSendGroupMsg', { contentType: 'picture' }, { contentType: 102 })
test(reads, 'beforeMembersJoinGroup', { memberList: [{ roleLevel: 'owner' }] }, { memberList: [{ roleLevel: 100 }] })
test(reads, 'afterDisMissGroup', { groupType: 'working' }, { groupType: 2 })
test(reads, 'afterDisMissGroup', { groupType: '\u0002' }, { groupType: 2 })
test(
  reads,
  'beforeSendGroupMsg',
  { 'message text': 'hi' },
  { 'message text': 'hi', contentType: 101, content: '{"content":"hi"}' },
)
test(
  reads,
  'beforeSendGroupMsg',
  { 'message text': 'hi', contentType: 'quote' },
  { 'message text': 'hi', contentType: 114, content: '{"text":"hi"}' },
)

const refuses = test.macro({
  title: (_, callback: string, body: object, _problem: RegExp, _meant?: object) =>
    `${callback} refuses ${JSON.stringify(body)}`,
  exec(t, callback: string, body: object, problem: RegExp, meant?: object) {
    const read = readPayload(named(callback), body)
    t.false(read.ok)
    if (read.ok) return
    t.regex(read.problem, problem)
    t.deepEqual(read.meant, meant as typeof read.meant)
  },
})
const members = 'beforeSetGroupMemberInfo'
test(refuses, members, { roleLevel: 'moderator' }, /"roleLevel" must be .*not "moderator"\. .*member, admin, owner/)
test(refuses, members, { roleLevel: 'Admin' }, /Did you mean "admin"\?/)
test(refuses, members, { roleLevel: '60' }, /"roleLevel" must be/, { field: 'roleLevel', value: 60 })
test(refuses, members, { nickName: 5 }, /"nickName" must be text/, { field: 'nickName', value: '5' })
test(refuses, members, { ex: { a: 1 } }, /"ex" must be text/, { field: 'ex', value: '{"a":1}' })
test(refuses, members, { roleLevel: 'admin', nickName: ['a'] }, /"nickName" must be text/)
test(refuses, 'beforeMembersJoinGroup', { memberList: [{ roleLevel: 'boss' }] }, /"memberList\[0\]\.roleLevel" must be/)
test(refuses, 'beforeSendGroupMsg', { 'message text': 'a', content: '{}' }, /both give the text of the message/)
test(refuses, 'beforeSendGroupMsg', { 'message text': 'a', contentType: 'picture' }, /has no "message text"/)
test(refuses, 'beforeSendGroupMsg', { 'message text': 5 }, /must be text, not the number 5/)
test(refuses, members, [], /must be a JSON object/)

type Key = [key: string, problem: RegExp, meant?: string]

const strange = test.macro({
  title: (_, callback: string, body: object, ..._keys: Key[]) =>
    `in ${callback} the keys of ${JSON.stringify(body)} are looked at`,
  exec(t, callback: string, body: object, ...keys: Key[]) {
    const read = readPayload(named(callback), body)
    t.true(read.ok, JSON.stringify(read))
    if (!read.ok) return
    t.deepEqual(
      read.unknownKeys.map(({ key, meant }) => [key, meant]),
      keys.map(([key, , meant]) => [key, meant]),
    )
    for (const [at, [, problem]] of keys.entries()) t.regex(read.unknownKeys[at]?.problem ?? '', problem)
  },
})
test(strange, members, { nickName: 'a', callbackCommand: members, operationID: 'o' })
test(strange, members, { nickname: 'a' }, [
  'nickname',
  /no field "nickname" in .*Did you mean "nickName"\?/,
  'nickName',
])
test(strange, members, { reqMsg: 'a' }, ['reqMsg', /It is a field of beforeAddFriend, afterAddFriend$/])
test(strange, members, { zzz: 1 }, ['zzz', /Fields: groupID, userID, nickName/])
test(strange, 'beforeAddFriend', { reqMessage: 'a' }, ['reqMessage', /Did you mean "reqMsg"/, 'reqMsg'])
test(strange, 'beforeSendGroupMsg', { text: 'a' }, ['text', /Did you mean "message text"/, 'message text'])
test(strange, 'beforeMembersJoinGroup', { memberList: [{ nickName: 'a', isNew: true }] }, [
  'memberList[0].nickName',
  /no field "nickName" in an item of memberList/,
  'nickname',
])
test(strange, 'beforeMembersJoinGroup', { userID: 'u', ex: '' })
test(
  strange,
  members,
  { __proto__: null, constructor: 1, 'a\u202eb': 1 },
  ['constructor', /"constructor"/],
  ['ab', /"ab"/],
)

test('of hundreds of unknown keys, the first few are reported', t => {
  const body = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`key${at}`, 1]))
  const read = readPayload(named(members), body)
  t.true(read.ok && read.unknownKeys.length === 20)
})

test('payloads of the IM server are read unchanged, without unknown keys', t => {
  for (const callback of callbacks) {
    for (const body of samplesOf(callback)) {
      const [read, sent] = [readPayload(callback, body), readCall(callback, body)]
      t.true(read.ok && sent.ok)
      if (!read.ok || !sent.ok) continue
      t.deepEqual(read.call, sent.call)
      t.deepEqual(read.unknownKeys, [], callback.name)
    }
  }
})
