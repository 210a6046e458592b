import test from 'ava'
import type { Callback } from '../../src/callbacks/callback.ts'
import { beforeSetGroupMemberInfo } from '../../src/callbacks/group-members.ts'
import { readCall } from '../../src/protocol/request.ts'

function read(body: unknown, callback: Callback = beforeSetGroupMemberInfo) {
  const result = readCall(callback, body)
  return result.ok ? Object.fromEntries(result.call.values) : `${result.status} ${result.problem}`
}

test('every field of the documented request is read', t => {
  const fields = { groupID: '12345', userID: 'u', nickName: '', faceURL: 'http://e', roleLevel: 20, ex: '{}' }
  t.deepEqual(read({ callbackCommand: beforeSetGroupMemberInfo.command, ...fields }), fields)
})

test('null and missing are absent, and so is all that the catalogue lacks', t => {
  t.deepEqual(read({ groupID: 'g', nickName: null, operationID: 'x', later: { a: [1] } }), { groupID: 'g' })
})

test('only own keys are read', t => {
  t.deepEqual(read(Object.create({ groupID: 'g' })), {})
  t.deepEqual(read(JSON.parse('{"__proto__":{"groupID":"g"},"constructor":1}')), {})
})

for (const name of ['callbackBeforeSetGroupMemberInfoCommand', 'CallbackBeforeSetGroupMemberInfoCommand', null]) {
  test(`the body may call itself ${name}`, t => {
    t.deepEqual(read({ callbackCommand: name }), {})
  })
}

const isMalformed = test.macro({
  title: (_, body: unknown) => `${JSON.stringify(body)?.slice(0, 60)} is malformed`,
  exec(t, body: unknown, problem: string) {
    t.is(read(body), `400 ${problem}`)
  },
})

test(isMalformed, [], 'The body must be a JSON object, not an array')
test(isMalformed, true, 'The body must be a JSON object, not true or false')
test(isMalformed, { userID: 5 }, '"userID" must be text, not the number 5')
test(isMalformed, { ex: {} }, '"ex" must be text or null, not an object')
test(isMalformed, { nickName: ['a'] }, '"nickName" must be text or null, not an array')
test(isMalformed, { faceURL: false }, '"faceURL" must be text or null, not true or false')
for (const [value, kind] of [
  ['20', 'text'],
  [20.5, 'a fraction'],
  [2 ** 31, 'the number 2147483648'],
  [-(2 ** 31) - 1, 'the number -2147483649'],
  [1e300, 'the number 1e+300'],
  [true, 'true or false'],
]) {
  test(isMalformed, { roleLevel: value }, `"roleLevel" must be a 32-bit integer or null, not ${kind}`)
}
test(isMalformed, { callbackCommand: 1 }, '"callbackCommand" must be text, not the number 1')
test(
  isMalformed,
  { callbackCommand: 'callbackBeforeJoinGroupCommand\u202e\n' },
  'The path asks for "callbackBeforeSetGroupMemberInfoCommand", but "callbackCommand" is "callbackBeforeJoinGroupCommand"',
)

test('integers and flags are read as such', t => {
  const callback: Callback = {
    ...beforeSetGroupMemberInfo,
    fields: [
      { name: 'sendTime', kind: 'integer', nullable: false, about: 'when' },
      { name: 'isSystem', kind: 'flag', nullable: false, about: 'who' },
    ],
  }
  t.deepEqual(read({ sendTime: 1_700_000_000_000, isSystem: false }, callback), {
    sendTime: 1_700_000_000_000,
    isSystem: false,
  })
  t.deepEqual(read({ sendTime: 2 ** 53 + 2 }, callback), { sendTime: 2 ** 53 + 2 })
  t.is(read({ sendTime: 2 ** 64 }, callback), '400 "sendTime" must be an integer, not the number 18446744073709552000')
  t.is(read({ sendTime: 0.5 }, callback), '400 "sendTime" must be an integer, not a fraction')
  t.is(read({ isSystem: 0 }, callback), '400 "isSystem" must be true or false, not the number 0')
})

test('nesting is allowed down to 64 levels', t => {
  t.deepEqual(read({ foreign: nested(63) }), {})
  t.is(read({ foreign: nested(64) }), '400 The body is nested more than 64 levels deep')
  t.is(read({ foreign: nested(100_000) }), '400 The body is nested more than 64 levels deep')
})

function nested(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels))
}
