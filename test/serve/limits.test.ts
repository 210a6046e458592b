import test, { type ExecutionContext } from 'ava'
import type { Callback } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
import { sampleOf } from '../../src/callbacks/sample.ts'
import { assertFailure, post, startWebhooks } from './_http.ts'

/** A request of a callback with as many bytes, by a key that is not known. */
function filled({ command }: Callback, bytes: number): string {
  const [before, after] = [`{"callbackCommand":"${command}","later":[`, '1]}']
  return `${before}${' '.repeat(bytes - before.length - after.length)}${after}`
}

/** What is answered to a body: a status, and what is wrong with it; nothing when it is let pass. */
async function answerTo(t: ExecutionContext, path: string, body: unknown, flags: Record<string, string> = {}) {
  const { url } = await startWebhooks(t, { flags })
  const response = await post(url + path, body)
  const text = await response.text()
  return response.status === 200
    ? { status: 200, problem: '' }
    : { status: response.status, problem: assertFailure(t, text) }
}

const withLists = new Set([
  ...['beforeMembersJoinGroup', 'beforeInviteJoinGroup', 'afterKickGroup', 'afterDisMissGroup'],
  ...['beforeCreateGroup', 'afterCreateGroup', 'beforeUserRegister', 'afterUserRegister'],
  ...['beforeImportFriends', 'afterImportFriends'],
  ...['beforeSendSingleMsg', 'beforeSendGroupMsg', 'beforeMsgModify', 'afterSendSingleMsg', 'afterSendGroupMsg'],
  ...['afterMsgSaveDB', 'afterSingleMsgRead', 'beforeOfflinePush', 'beforeOnlinePush', 'beforeGroupOnlinePush'],
])

test('only callbacks with lists may have a body of more than 256 KiB, and none more than 1 MiB', async t => {
  t.is(callbacks.filter(({ name }) => withLists.has(name)).length, withLists.size)
  const { url } = await startWebhooks(t)
  for (const callback of callbacks) {
    const most = withLists.has(callback.name) ? 1_048_576 : 262_144
    const whole = await post(`${url}/${callback.command}`, filled(callback, most))
    t.is(whole.status, 200, callback.name)
    const longer = await post(`${url}/${callback.command}`, filled(callback, most + 1))
    t.is(longer.status, 413, callback.name)
    t.is(assertFailure(t, await longer.text()), `The body is longer than ${most} bytes`)
  }
})

test('where the callback is named does not matter for how long the body may be', async t => {
  const callback = findCallback('beforeMembersJoinGroup') as Callback
  const body = filled(callback, 1_048_576)
  const former = 'callbackBeforeMemberJoinGroupCommand'
  for (const path of [`/?command=${callback.command}`, `/im/hooks/${callback.command}/?key=x`, `/${former}`]) {
    t.is(
      (await answerTo(t, path, body.replaceAll(callback.command, path.includes(former) ? former : callback.command)))
        .status,
      200,
      path,
    )
  }
  for (const path of ['/', '/callbackBeforeSomethingElse', '/callback%E0%A4%A']) {
    t.deepEqual(await answerTo(t, path, body), { status: 413, problem: 'The body is longer than 262144 bytes' })
  }
})

test('a limit of bodies that is set holds for every callback', async t => {
  for (const name of ['beforeMembersJoinGroup', 'beforeSetGroupMemberInfo']) {
    const callback = findCallback(name) as Callback
    for (const most of [1000, 2_000_000]) {
      const flags = { maxBodyBytes: String(most) }
      t.is((await answerTo(t, `/${callback.command}`, filled(callback, most), flags)).status, 200)
      const refused = { status: 413, problem: `The body is longer than ${most} bytes` }
      t.deepEqual(await answerTo(t, `/${callback.command}`, filled(callback, most + 1), flags), refused)
    }
  }
})

test('a call for two thousand registering users is accepted', async t => {
  const callback = findCallback('beforeUserRegister') as Callback
  const [user] = sampleOf(callback).users as object[]
  const users = Array.from({ length: 2000 }, (_, at) => ({ ...user, userID: `user-${at}` }))
  const body = JSON.stringify({ callbackCommand: callback.command, users })
  t.true(body.length > 262_144)
  t.is((await answerTo(t, `/${callback.command}`, body)).status, 200)
})

const limit = 65_536
const json = (value: unknown) => JSON.stringify(value)

/** A body whose text is as long as one may be, and one a byte longer. */
const isMeasured = test.macro({
  title: (name, callback: string) => `${name} of ${callback} may have 65,536 bytes, and no more`,
  async exec(t, name: string, made: (text: string) => object, place: string) {
    const { command } = findCallback(name) as Callback
    const sample = sampleOf(findCallback(name) as Callback)
    for (const [character, bytes] of [
      ['x', 1],
      ['é', 2],
      ['中', 3],
      ['😀', 4],
    ] as const) {
      const most = character.repeat(Math.floor(limit / bytes)) + 'y'.repeat(limit % bytes)
      t.deepEqual(await answerTo(t, `/${command}`, { ...sample, ...made(most) }), { status: 200, problem: '' })
      const problem = `${place} is longer than ${limit} bytes`
      t.deepEqual(await answerTo(t, `/${command}`, { ...sample, ...made(`${most}z`) }), { status: 413, problem })
    }
  },
})

test('a text', isMeasured, 'beforeSetGroupMemberInfo', nickName => ({ nickName }), '"nickName"')
test('an id', isMeasured, 'beforeSetGroupMemberInfo', userID => ({ userID }), '"userID"')
test('an address', isMeasured, 'beforeSetGroupMemberInfo', faceURL => ({ faceURL }), '"faceURL"')
test(
  'a text in JSON',
  isMeasured,
  'beforeSetGroupMemberInfo',
  text => ({ ex: json({ a: [1, { b: text }] }) }),
  'A text in "ex"',
)
test('JSON that is a text', isMeasured, 'beforeAddFriend', text => ({ ex: json(text) }), 'A text in "ex"')
test('an id in a list', isMeasured, 'beforeImportFriends', id => ({ friendUserIDs: ['u', id] }), '"friendUserIDs[1]"')
test(
  'a text in an item',
  isMeasured,
  'beforeUserRegister',
  nickname => ({ users: [{}, { nickname }] }),
  '"users[1].nickname"',
)
test(
  'a text in the JSON of an item',
  isMeasured,
  'beforeMembersJoinGroup',
  text => ({ memberList: [{ userID: 'u', ex: json([text]) }] }),
  'A text in "memberList[0].ex"',
)
test(
  'the text of a message',
  isMeasured,
  'beforeSendGroupMsg',
  content => ({ content: json({ content }) }),
  'A text in "content"',
)

const refusesMessage = test.macro({
  title: (name = '') => `${name} is too long for a message`,
  async exec(t, content: string, problem: string) {
    const { command } = findCallback('beforeMsgModify') as Callback
    const sample = sampleOf(findCallback('beforeMsgModify') as Callback)
    const answer = await answerTo(t, `/${command}`, { ...sample, content })
    t.deepEqual(answer, { status: 413, problem: `${problem}` })
  },
})

const long = 'x'.repeat(limit + 1)
const notJson = `"content" is longer than ${limit} bytes and is not JSON`
test('a text without JSON around it', refusesMessage, long, notJson)
test('JSON that is cut off', refusesMessage, json({ content: long }).slice(0, -1), notJson)
test('a list', refusesMessage, json(Array(limit).fill('a')), `"message text" is longer than ${limit} bytes`)
test(
  'a text that is there twice, half as long',
  refusesMessage,
  json({ content: long.slice(limit / 2), x: 1 }).replace('"x":1', `"content":"${'y'.repeat(limit / 2)}"`),
  `"message text" is longer than ${limit} bytes`,
)

test('lists and JSON may be longer than a text, and so may keys and unread values', async t => {
  const short = 'x'.repeat(1000)
  const many = Array.from({ length: 200 }, () => short)
  const bodies: Record<string, object> = {
    beforeImportFriends: { ownerUserID: 'u', friendUserIDs: many },
    beforeSendGroupMsg: { contentType: 110, content: json({ [long]: many, n: 1 }) },
    beforeAddFriend: { ex: json(many.slice(100)), later: long, another: { text: long } },
    beforeUserRegister: { users: many.map(ex => ({ userID: 'u', ex: json([ex]), later: long.slice(0, 1000) })) },
  }
  for (const [name, body] of Object.entries(bodies)) {
    const { command: callbackCommand } = findCallback(name) as Callback
    const answer = await answerTo(t, `/${callbackCommand}`, { callbackCommand, ...body })
    t.deepEqual(answer, { status: 200, problem: '' }, name)
  }
})

test('how JSON is spelt does not make its texts longer', async t => {
  const { command } = findCallback('beforeSetGroupMemberInfo') as Callback
  const spelt = (count: number) => `{"a":"${'\\u4f60'.repeat(count)}"}`
  t.is((await answerTo(t, `/${command}`, { ex: spelt(21_845) })).status, 200)
  t.is((await answerTo(t, `/${command}`, { ex: spelt(21_846) })).status, 413)
  t.is((await answerTo(t, `/${command}`, { ex: `["${'\\ud83d'.repeat(21_846)}"]` })).status, 413)
})

test('a limit of texts that is set holds, and the failure policy answers', async t => {
  const flags = { maxTextBytes: '5', onFailure: 'allow' }
  const { command } = findCallback('beforeSetGroupInfo') as Callback
  const { url } = await startWebhooks(t, { flags })
  const body = { groupID: 'g1', groupName: 'a name', introduction: '', faceURL: 'f' }
  const answer = await (await post(`${url}/${command}`, body)).json()
  t.like(answer, { actionCode: 1, errDlt: '"groupName" is longer than 5 bytes', groupID: 'g1', groupName: 'a name' })
  t.is((await answerTo(t, `/${command}`, { ...body, groupName: 'name' }, flags)).status, 200)
})
