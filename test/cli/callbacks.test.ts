import test from 'ava'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { run } from './_run.ts'

test('every callback is listed, by phase', async t => {
  const { code, out } = await run(['callbacks'])
  t.is(code, 0)
  const [asked = '', told = ''] = out.split('\n\n')
  for (const { name, phase } of callbacks) t.true((phase === 'before' ? asked : told).includes(`  ${name} `), name)
})

test('every callback is listed for machines', async t => {
  const { out } = await run(['callbacks', '--json'])
  t.deepEqual(
    JSON.parse(out).callbacks.map(({ command }: { command: string }) => command),
    callbacks.map(({ command }) => command),
  )
})

for (const { name, command, fields } of callbacks) {
  test(`${name} is shown with its fields, for people and machines`, async t => {
    const { code, out } = await run(['callbacks', name])
    t.is(code, 0)
    for (const field of fields) t.true(out.includes(`\n  ${field.name} `), field.name)
    const told = JSON.parse((await run(['callbacks', command.toLowerCase(), '--json'])).out)
    t.is(told.name, name)
    t.is(told.fields.length, fields.length)
    t.is(told.sample.callbackCommand, command)
    t.like(told.neutral, { actionCode: 0, nextCode: 0 })
  })
}

test('callbacks and fields that no server sends are marked, for people and in JSON', async t => {
  const { out } = await run(['callbacks', 'beforeOnlinePush'])
  t.regex(out, /\n {2}title +text +the title of the push \(never sent\)\n/)
  t.false(out.includes('"title"'))
  const machines = JSON.parse((await run(['callbacks', 'beforeOnlinePush', '--json'])).out)
  const marked = machines.fields.filter((field: { isNeverSent?: boolean }) => field.isNeverSent)
  t.deepEqual(
    marked.map(({ name }: { name: string }) => name),
    ['title', 'desc', 'ex', 'iOSPushSound', 'iOSBadgeCount', 'signalInfo'],
  )
  t.regex((await run(['callbacks', 'beforeUpdateUserInfo'])).out, /ex +json +extra data \(never sent, can be set\)\n/)
  t.regex((await run(['callbacks', 'beforeSetGroupInfo'])).out, /operationID .* \(always ""\)\n/)
})

test('the reply that changes nothing is shown with what it repeats', async t => {
  const { out } = await run(['callbacks', 'beforeSetGroupInfo', '--json'])
  const { neutral, sample } = JSON.parse(out)
  t.like(neutral, { groupID: sample.groupID, groupName: sample.groupName })
})

test('nothing is wider than the terminal, and continuation lines are aligned', async t => {
  const size = () => ({ columns: 80, rows: 24 })
  for (const args of [[], ...callbacks.map(({ name }) => [name])]) {
    const { out } = await run(['callbacks', ...args], '', { size })
    t.deepEqual(
      out.split('\n').filter(line => line.length > 80),
      [],
    )
  }
  const { out } = await run(['callbacks', 'beforeMsgModify'], '', { size })
  t.true(
    out.includes(`
  serverMsgID       id          the server's id of the message (can be
                                rewritten)
`),
  )
})

const suggests = test.macro({
  title: (_, name: string, ..._likely: string[]) => `a name like ${name} gets suggestions`,
  async exec(t, name: string, ...likely: string[]) {
    const { code, err } = await run(['callbacks', name])
    t.is(code, 2)
    const meant = likely.length === 0 ? '' : `Did you mean ${likely.map(each => `"${each}"`).join(' or ')}? `
    t.is(err, `hookwarden: There is no callback "${name}". ${meant}Run "hookwarden callbacks" to list all callbacks\n`)
  },
})

test(suggests, 'beforeSendGroupMessage', 'beforeSendGroupMsg')
test(suggests, 'callbackBeforeSendGroupMsgComand', 'beforeSendGroupMsg')
test(suggests, 'beforeSendMsg', 'beforeSendSingleMsg', 'beforeSendGroupMsg')
test(suggests, 'sendMessage', 'beforeSendSingleMsg', 'beforeSendGroupMsg')
test(suggests, 'afterSendMessage', 'afterSendSingleMsg', 'afterSendGroupMsg')
test(suggests, 'beforeRegister', 'beforeUserRegister')
test(suggests, 'xyz')

const filters = test.macro({
  title: (_, words: string, ..._all: unknown[]) => `callbacks about "${words}" are listed alone`,
  async exec(t, words: string, some: string[], none: string[], line?: RegExp) {
    const { code, out } = await run(['callbacks', ...words.split(' ')])
    t.is(code, 0)
    for (const name of some) t.regex(out, new RegExp(`^ {2}${name} `, 'm'))
    for (const name of none) t.notRegex(out, new RegExp(`^ {2}${name} `, 'm'))
    if (line !== undefined) t.regex(out, line)
  },
})

test(filters, 'message', ['beforeSendGroupMsg', 'beforeMsgModify'], ['beforeAddBlack'])
test(filters, 'FRIENDS', ['beforeAddFriend', 'beforeImportFriends'], ['beforeSendGroupMsg'])
test(filters, 'nickname', ['beforeUpdateUserInfo'], ['beforeAddFriend'], /^ +nickName: the nickname in the group/m)
test(
  filters,
  'muteEnd',
  ['beforeMembersJoinGroup'],
  ['beforeJoinGroup'],
  /^ +muteEndTime in memberList: when the mute/m,
)
test(filters, 'avatar', ['beforeSetGroupMemberInfo'], ['beforeAddFriend'], /^ +faceURL: /m)
test(filters, 'after', ['afterAddFriend'], ['beforeAddFriend'])
test(filters, 'friend request', ['beforeAddFriend'], ['beforeImportFriends'])
test(filters, 'markdown', ['beforeSendGroupMsg'], ['beforeAddFriend'], /contentType: .*markdown/)

test('the callbacks that words are about are there for machines, too', async t => {
  const { callbacks: found } = JSON.parse((await run(['callbacks', 'push', '--json'])).out)
  t.true(found.some(({ name }: { name: string }) => name === 'beforeOfflinePush'))
  t.false(found.some(({ name }: { name: string }) => name === 'beforeAddFriend'))
})
