import test from 'ava'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { sampleOf } from '../../src/callbacks/sample.ts'
import type { Call, Value } from '../../src/decide/call.ts'
import type { Decision } from '../../src/decide/decision.ts'
import { failureReply, reply } from '../../src/protocol/reply.ts'
import { readCall } from '../../src/protocol/request.ts'

type Body = Record<string, unknown>

const plain = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }

function read(name: string, body: Body) {
  const callback = findCallback(name)
  if (callback === undefined) throw new Error(name)
  return readCall(callback, body)
}

function callOf(name: string, body: Body): Call {
  const result = read(name, body)
  if (!result.ok) throw new Error(result.problem)
  return result.call
}

/** The value of a field, or what is wrong with the request. */
function valueIn(name: string, body: Body, field: string): unknown {
  const result = read(name, body)
  return result.ok ? result.call.values.get(field) : result.problem
}

function rewriting(...rewrites: [string, Value][]): Decision {
  return { kind: 'allow', rewrites: new Map(rewrites), matches: [], changes: [] }
}

const reads = test.macro({
  title: (_, name: string, body: Body) => `${JSON.stringify(body).slice(0, 60)} is read in ${name}`,
  exec(t, name: string, body: Body, field: string, value: unknown) {
    t.deepEqual(valueIn(name, body, field), value)
  },
})

test(reads, 'beforeJoinGroup', { groupType: '\u0002' }, 'groupType', 2)
test(reads, 'beforeJoinGroup', { groupType: '\u0000' }, 'groupType', 0)
test(reads, 'beforeJoinGroup', { groupType: 2 }, 'groupType', 2)
test(reads, 'beforeJoinGroup', { groupType: '22' }, 'groupType', '"groupType" must be a 32-bit integer, not text')
test(reads, 'beforeJoinGroup', { groupType: '' }, 'groupType', '"groupType" must be a 32-bit integer, not empty')
test(reads, 'beforeSetGroupInfo', { groupName: '' }, 'groupName', undefined)
test(reads, 'beforeSetGroupInfo', { groupName: 'a' }, 'groupName', 'a')
test(reads, 'beforeSetGroupInfo', { lookMemberInfo: 0 }, 'lookMemberInfo', undefined)
test(reads, 'beforeSetGroupInfoEx', { groupName: '' }, 'groupName', '')
test(reads, 'beforeSetGroupInfoEx', { lookMemberInfo: 0 }, 'lookMemberInfo', 0)
test(reads, 'beforeImportFriends', { friendUserIDs: null }, 'friendUserIDs', [])
test(reads, 'beforeImportFriends', {}, 'friendUserIDs', undefined)
test(reads, 'beforeImportFriends', { friendUserIDs: ['a', ''] }, 'friendUserIDs', ['a', ''])
test(reads, 'beforeImportFriends', { friendUserIDs: 'a' }, 'friendUserIDs', '"friendUserIDs" must be a list, not text')
test(
  reads,
  'beforeImportFriends',
  { friendUserIDs: ['a', 1] },
  'friendUserIDs',
  '"friendUserIDs[1]" must be text, not the number 1',
)
test(
  reads,
  'beforeImportFriends',
  { friendUserIDs: ['a', null] },
  'friendUserIDs',
  '"friendUserIDs[1]" must be text, not null',
)
test(reads, 'afterSingleMsgRead', { Seqs: [1, 2] }, 'Seqs', [1, 2])
test(reads, 'afterSingleMsgRead', { Seqs: [1.5] }, 'Seqs', '"Seqs[0]" must be an integer, not a fraction')
test(reads, 'beforeMembersJoinGroup', { memberList: [{ userID: 'u', ex: null, later: 1 }] }, 'memberList', [
  { userID: 'u', ex: null, later: 1 },
])
test(
  reads,
  'beforeMembersJoinGroup',
  { memberList: [{ userID: 5 }] },
  'memberList',
  '"memberList[0].userID" must be text, not the number 5',
)
test(
  reads,
  'beforeMembersJoinGroup',
  { memberList: [['u']] },
  'memberList',
  '"memberList[0]" must be an object, not an array',
)
test(
  reads,
  'beforeMembersJoinGroup',
  { memberList: [null] },
  'memberList',
  '"memberList[0]" must be an object, not null',
)
test(
  reads,
  'beforeUserRegister',
  { users: [{ userID: 'u', later: { deep: 2 ** 53 } }] },
  'users',
  '"users[0]" has a number beyond 2^53',
)
test(reads, 'afterUserRegister', { users: [{ userID: 'u', createTime: 2 ** 53 }] }, 'users', [
  { userID: 'u', createTime: 2 ** 53 },
])
test(reads, 'beforeSendSingleMsg', sampleOf(findCallback('beforeSendSingleMsg') as never), 'message text', 'hello')
test(reads, 'beforeSendSingleMsg', { contentType: 101, content: 'bare' }, 'message text', 'bare')
test(reads, 'beforeSendSingleMsg', { contentType: 102, content: '{"content":"a"}' }, 'message text', undefined)
test(reads, 'beforeSendSingleMsg', { 'message text': 'forged', contentType: 102 }, 'message text', undefined)
test(reads, 'beforeGroupOnlinePush', { userIDList: ['u1'] }, 'userIDList', undefined)

test('a list longer than any call needs is malformed', t => {
  const friendUserIDs = Array(10_001).fill('u')
  t.is(valueIn('beforeImportFriends', { friendUserIDs }, 'friendUserIDs'), '"friendUserIDs" has more than 10000 items')
})

test('an allow repeats what the server would clear, as received and in every case', t => {
  const body = { groupID: 'g', groupName: '', introduction: 'i', faceURL: 'f', ex: 'x', needVerification: 1 }
  const call = callOf('beforeSetGroupInfo', body)
  const echo = { groupID: 'g', groupName: '', introduction: 'i', faceURL: 'f' }
  t.deepEqual(reply(call, rewriting()), { ...plain, ...echo })
  t.deepEqual(reply(call, rewriting(['groupName', 'n'])), { ...plain, ...echo, groupName: 'n' })
  t.deepEqual(reply(call, rewriting(['ex', ''])), { ...plain, ...echo, ex: '' })
  t.like(failureReply({ answer: 'allow', code: 7777 }, '', call), { actionCode: 1, ...echo })
  t.deepEqual(Object.keys(failureReply({ answer: 'reject', code: 7777 }, '', call)), Object.keys(plain))
})

test('an allow repeats nulls too, and nothing that did not come', t => {
  const call = callOf('beforeSetGroupInfoEx', { groupID: 'g', groupName: null, ex: null, needVerification: 0 })
  t.deepEqual(reply(call, rewriting()), { ...plain, groupID: 'g', groupName: null, ex: null, needVerification: 0 })
})

test('a request that cannot be read still tells what an allow repeats', t => {
  const result = read('beforeSetGroupInfo', { groupID: 'g', groupName: 'n', faceURL: 5, needVerification: 'x' })
  t.false(result.ok)
  t.like(failureReply({ answer: 'allow', code: 7777 }, '', result.call), {
    actionCode: 1,
    groupID: 'g',
    groupName: 'n',
  })
  t.false('faceURL' in failureReply({ answer: 'allow', code: 7777 }, '', result.call))
})

test('the text of a message is rewritten inside its content', t => {
  const body = { contentType: 106, content: ' {"text":"@u1 damn","atUserList":["u1"],"n":1.0}', atUserList: null }
  const call = callOf('beforeMsgModify', body)
  t.deepEqual(reply(call, rewriting(['message text', '@u1 "****"'])), {
    ...plain,
    content: ' {"text":"@u1 \\"****\\"","atUserList":["u1"],"n":1.0}',
  })
})

test('a message that came as bare text goes back as such', t => {
  const call = callOf('callbackMsgModifyCommand', { contentType: 101, content: 'damn it' })
  t.deepEqual(reply(call, rewriting(['message text', '**** it'])), { ...plain, content: '**** it' })
})

test('items that change are answered by who they are, and only they', t => {
  const [a, b] = [
    { userID: 'a', ex: '' },
    { userID: 'b', ex: '' },
  ]
  const call = callOf('beforeMembersJoinGroup', { memberList: [a, b] })
  const received = call.values.get('memberList') as Value[]
  const changed = { ...b, nickname: 'B', roleLevel: 60 }
  t.deepEqual(reply(call, rewriting(['memberList', [received[0] as Value, changed]])), {
    ...plain,
    memberCallbackList: [{ userID: 'b', nickname: 'B', roleLevel: 60 }],
  })
  t.deepEqual(reply(call, rewriting(['memberList', received])), plain)
})

test('older servers send one member and are answered so', t => {
  const name = 'callbackBeforeMemberJoinGroupCommand'
  const call = callOf(name, { callbackCommand: name, groupID: 'g', userID: 'u', ex: 'x', groupEx: '' })
  t.deepEqual(call.values.get('memberList'), [{ userID: 'u', ex: 'x' }])
  t.deepEqual(reply(call, rewriting()), plain)
  const rewritten = rewriting(['memberList', [{ userID: 'u', ex: 'y', nickname: 'N' }]])
  t.deepEqual(reply(call, rewritten), { ...plain, ex: 'y', nickname: 'N' })
})

test('new users are sent back whole, with what we do not know of them', t => {
  const users = [
    { userID: 'a', nickname: 'x', later: { a: 1 } },
    { userID: 'b', nickname: 'y' },
  ]
  const call = callOf('beforeUserRegister', { users })
  const changed = [{ ...users[0], nickname: 'z' }, users[1]] as Value[]
  t.deepEqual(reply(call, rewriting(['users', changed])), { ...plain, users: changed })
})

test('the parts of a push are said again together', t => {
  const call = callOf('beforeOfflinePush', { title: 't', desc: 'd', iOSBadgeCount: true })
  t.deepEqual(reply(call, rewriting(['desc', 'e'])), {
    ...plain,
    offlinePushInfo: { title: 't', desc: 'e', ex: '', iOSPushSound: '', iOSBadgeCount: true, signalInfo: '' },
  })
})

const users = [{ userID: 'u', nickname: 'n' }]
const isNeverAnswered = test.macro({
  title: (_, name: string, field: string, value: unknown, body?: Body) =>
    `${field} as ${JSON.stringify(value)} never answers ${name} ${JSON.stringify(body) ?? ''}`,
  exec(t, name: string, field: string, value: Value, body: Body = {}) {
    t.throws(() => reply(callOf(name, body), rewriting([field, value])), { instanceOf: RangeError })
  },
})

test(isNeverAnswered, 'beforeUpdateUserInfoEx', 'nickName', 'n', { nickName: null, faceURL: 'f' })
test(isNeverAnswered, 'beforeUpdateUserInfoEx', 'ex', '{}', { nickName: 'n' })
test(isNeverAnswered, 'beforeMsgModify', 'offlinePushInfo', 'x')
test(isNeverAnswered, 'beforeMsgModify', 'recvID', 'x')
test(isNeverAnswered, 'beforeMsgModify', 'content', 'no JSON', { content: '{}' })
test(isNeverAnswered, 'beforeMsgModify', 'content', '[1]', { content: '{}' })
test(isNeverAnswered, 'beforeMsgModify', 'message text', 'a', { contentType: 102, content: '{}' })
test(isNeverAnswered, 'beforeMsgModify', 'contentType', 12_345)
test(isNeverAnswered, 'beforeMsgModify', 'atUserList', [1])
test(isNeverAnswered, 'beforeSetFriendRemark', 'remark', '', { remark: 'a' })
test(isNeverAnswered, 'beforeImportFriends', 'friendUserIDs', [])
test(isNeverAnswered, 'beforeCreateGroup', 'applyMemberFriend', 1)
test(isNeverAnswered, 'beforeCreateGroup', 'groupType', 0)
test(isNeverAnswered, 'beforeSetGroupInfo', 'groupID', 'other')
test(isNeverAnswered, 'beforeSetGroupInfo', 'notification', 'other')
test(isNeverAnswered, 'beforeCreateSingleChatConversations', 'burnDuration', 2 ** 31)
test(isNeverAnswered, 'beforeMembersJoinGroup', 'memberList', [{ userID: 'u', roleLevel: 100 }], {
  memberList: [{ userID: 'u' }],
})
test(isNeverAnswered, 'beforeMembersJoinGroup', 'memberList', [{ userID: 'v' }], { memberList: [{ userID: 'u' }] })
test(isNeverAnswered, 'beforeMembersJoinGroup', 'memberList', [{ ex: 'x' }], { memberList: [{ ex: '' }] })
test(isNeverAnswered, 'beforeMembersJoinGroup', 'memberList', [], { memberList: [{ userID: 'u' }] })
test(isNeverAnswered, 'beforeUserRegister', 'users', [{ userID: 'u', nickname: 'n', appMangerLevel: 2 }], { users })
test(isNeverAnswered, 'beforeUserRegister', 'users', [...users, ...users], { users })
