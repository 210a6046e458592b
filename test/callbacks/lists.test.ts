import test, { type ExecutionContext } from 'ava'
import { decide } from '../../src/decide/decide.ts'
import type { WebhookDeps } from '../../src/serve/webhook.ts'
import { noon, ruleSetOf } from '../_rules.ts'
import { post, startWebhooks } from '../serve/_http.ts'
import { strictly } from './_strict.ts'

const ruleSet = ruleSetOf(`
callback: beforeMembersJoinGroup
lists: { banned: [u-9] }
rules:
  - rule: guests-are-named
    when: { groupID: { starts with: open- } }
    rewrite:
      memberList:
        each item: { when: { userID: { starts with: guest- } }, nickname: "Guest {userID}", roleLevel: member, ex: trim }
  - rule: all-are-tidied
    when: { groupID: { starts with: tidy- } }
    rewrite: { memberList: { each item: { ex: trim } } }
  - rule: no-banned-users
    when: { memberList: { any item: { userID: { in list: banned } } } }
    reject: { code: 5001, message: "{groupID} does not take them" }
  - rule: not-too-many
    when: { memberList: { how many: { more than: 5000 } } }
    reject: 5002
`)

const judge: WebhookDeps['judge'] = ({ call }) => ({ version: 'v1', decision: decide(ruleSet, call, noon) })
const command = 'callbackBeforeMembersJoinGroupCommand'
const plain = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }

async function answerTo(t: ExecutionContext, body: object | string, sent = command) {
  const { url } = await startWebhooks(t, { judge, flags: { maxBodyBytes: '4000000' } })
  const response = await post(`${url}/${sent}`, body)
  return { status: response.status, answer: strictly(command, await response.text()) }
}

const joins = (memberList: unknown, groupID = 'open-1') => ({
  callbackCommand: command,
  groupID,
  memberList,
  groupEx: '',
})

test('the answer has the items that changed, each with its userID', async t => {
  const list = [{ userID: 'u-1', ex: ' a ' }, { userID: 'guest-2', ex: ' b ' }, { userID: 'guest-3' }]
  const { answer } = await answerTo(t, joins(list))
  t.deepEqual(answer, {
    ...plain,
    memberCallbackList: [
      { userID: 'guest-2', nickname: 'Guest guest-2', roleLevel: 20, ex: 'b' },
      { userID: 'guest-3', nickname: 'Guest guest-3', roleLevel: 20 },
    ],
  })
})

test('no item that changed is no list in the answer', async t => {
  t.deepEqual((await answerTo(t, joins([{ userID: 'u-1' }]))).answer, plain)
  t.deepEqual((await answerTo(t, joins([]))).answer, plain)
  t.deepEqual((await answerTo(t, joins(null))).answer, plain)
  t.deepEqual((await answerTo(t, joins([{ userID: 'guest-1' }], 'other'))).answer, plain)
})

test('any item that is banned refuses all', async t => {
  const { answer } = await answerTo(t, joins([{ userID: 'guest-1' }, { userID: 'u-9' }]))
  t.deepEqual(answer, { ...plain, errCode: 5001, errMsg: 'open-1 does not take them', nextCode: 1 })
})

test('an older server, which sends one member flat, is answered flat', async t => {
  const former = 'callbackBeforeMemberJoinGroupCommand'
  const flat = { callbackCommand: former, groupID: 'open-1', userID: 'guest-1', ex: 'a ', groupEx: '' }
  const { url } = await startWebhooks(t, { judge })
  const answer = JSON.parse(await (await post(`${url}/${former}`, flat)).text())
  t.deepEqual(answer, { ...plain, nickname: 'Guest guest-1', roleLevel: 20, ex: 'a' })
  const refused = await (await post(`${url}/${former}`, { ...flat, userID: 'u-9' })).text()
  t.is(JSON.parse(refused).errCode, 5001)
})

test('an item without a userID never comes into the answer', async t => {
  const nameless = [{ ex: ' a ' }, { userID: null, ex: ' a ' }]
  const { answer } = await answerTo(t, joins([...nameless, { userID: 'u-1', ex: ' a ' }], 'tidy-1'))
  t.deepEqual(answer.memberCallbackList, [{ userID: 'u-1', ex: 'a' }])
  t.deepEqual((await answerTo(t, joins(nameless, 'tidy-1'))).answer, plain)
})

test('items of another kind make the request malformed', async t => {
  for (const list of [[7], [[]], ['u-1'], [null], [{ userID: 7 }], [{ ex: {} }], 'u-1', {}]) {
    t.is((await answerTo(t, joins(list))).status, 400, JSON.stringify(list))
  }
})

test('ten thousand items are judged and rewritten, one more is malformed', async t => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({ userID: `u${at}-${'x'.repeat(20)}`, ex: ' a ' }))
  const { status, answer } = await answerTo(t, joins(many))
  t.is(status, 200)
  t.is(answer.errCode, 5002)
  t.is((await answerTo(t, joins([...many, { userID: 'u' }]))).status, 400)
  const guests = Array.from({ length: 5_000 }, (_, at) => ({ userID: `guest-${at}`, ex: '' }))
  const changed = (await answerTo(t, joins(guests))).answer.memberCallbackList as unknown[]
  t.is(changed.length, 5_000)
})

test('keys of items that objects have anyway change nothing', async t => {
  const body = JSON.stringify(joins([])).replace(
    '[]',
    '[{"userID":"guest-1","__proto__":{"userID":"u-9"},"constructor":{"ex":[[[[1]]]]}}]',
  )
  const { answer } = await answerTo(t, body)
  t.deepEqual(answer.memberCallbackList, [{ userID: 'guest-1', nickname: 'Guest guest-1', roleLevel: 20 }])
})
