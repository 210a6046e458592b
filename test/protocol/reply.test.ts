import test from 'ava'
import { beforeSetGroupMemberInfo } from '../../src/callbacks/group-members.ts'
import type { Call, Value } from '../../src/decide/call.ts'
import type { Decision } from '../../src/decide/decision.ts'
import { failureReply, plainAllow, reply } from '../../src/protocol/reply.ts'

const call: Call = { callback: beforeSetGroupMemberInfo, values: new Map([['nickName', 'user']]) }

function allowing(...rewrites: [string, Value][]): Decision {
  return { kind: 'allow', rewrites: new Map(rewrites), matches: [], changes: [] }
}

test('an allow that changes nothing has exactly the documented keys in their order', t => {
  t.is(JSON.stringify(reply(call, allowing())), '{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}')
  t.deepEqual(reply(call, allowing()), plainAllow())
})

test('rewritten fields follow the five keys', t => {
  t.is(
    JSON.stringify(reply(call, allowing(['nickName', ''], ['roleLevel', 60]))),
    '{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0,"nickName":"","roleLevel":60}',
  )
})

test('a reject says that it worked and to stop', t => {
  const decision: Decision = {
    kind: 'reject',
    code: 5001,
    rule: 'r',
    message: 'No',
    detail: 'because',
    matches: [],
    changes: [{ field: 'nickName', from: 'a', to: 'b', rule: 'r' }],
  }
  t.deepEqual(reply(call, decision), { actionCode: 0, errCode: 5001, errMsg: 'No', errDlt: 'because', nextCode: 1 })
})

for (const [field, value] of [
  ['roleLevel', 100],
  ['roleLevel', '20'],
  ['groupID', 'g'],
  ['nextCode', 1],
  ['__proto__', 'x'],
] as const) {
  test(`a rewrite of ${field} to ${value} is never answered`, t => {
    t.throws(() => reply(call, allowing([field, value])), { instanceOf: RangeError })
  })
}

test('a failure by reject is a reject with its own code', t => {
  t.is(
    JSON.stringify(failureReply({ answer: 'reject', code: 7777 }, 'The body is empty')),
    '{"actionCode":0,"errCode":7777,"errMsg":"The request could not be checked","errDlt":"The body is empty","nextCode":1}',
  )
})

test('a failure by allow continues and says that it failed', t => {
  t.is(
    JSON.stringify(failureReply({ answer: 'allow', code: 7777 }, '', call)),
    '{"actionCode":1,"errCode":7777,"errMsg":"The request could not be checked","errDlt":"","nextCode":0}',
  )
})
