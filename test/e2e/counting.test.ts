import test, { type ExecutionContext } from 'ava'
import { post } from '../serve/_http.ts'
import { makeRules, startService, writeRule } from './_service.ts'

// Windows of an hour, so that no test depends on how fast the machine is.

const command = 'callbackBeforeSendGroupMsgCommand'

const flood = `callback: beforeSendGroupMsg
rules:
  - rule: flood
    when: { msgFrom: user, how often: { same: sendID, in: 1 hour, more than: 5 } }
    reject: { code: 5301, message: "Too fast: wait {wait} s" }
`

let messages = 0

/** A message of a user to a group, with an id of its own unless one is given. */
function message(sendID: string, serverMsgID = `m-${++messages}`) {
  return {
    callbackCommand: command,
    sendID,
    groupID: 'g-1',
    serverMsgID,
    clientMsgID: 'always the same',
    msgFrom: 100,
    contentType: 101,
    sessionType: 3,
    content: '{"content":"hi"}',
    status: 1,
    seq: 0,
    sendTime: 1_700_000_000_000,
    createTime: 1_700_000_000_000,
    senderNickname: 'Ann',
    senderPlatformID: 5,
    atUserList: [],
    faceURL: '',
    ex: '',
  }
}

type Reply = { errCode: number; errMsg: string }

/** The service with these rules, and a way to send messages to it. */
async function sending(t: ExecutionContext, ...args: string[]) {
  const dir = await makeRules(t, { 'rules/floods.yaml': flood })
  const service = await startService(t, `${dir}/rules`, '--state', `${dir}/state`, ...args)
  const send = async (sendID: string, id?: string, headers?: Record<string, string>) =>
    (await (await post(`${service.webhooks}/${command}`, message(sendID, id), headers)).json()) as Reply
  return { ...service, dir, send }
}

test('the sixth message within the span is refused, and says how long to wait', async t => {
  const { send } = await sending(t)
  for (let at = 0; at < 5; at++) t.is((await send('u-1')).errCode, 0)
  const sixth = await send('u-1')
  t.is(sixth.errCode, 5301)
  const [, seconds = ''] = /^Too fast: wait (\d+) s$/.exec(sixth.errMsg) ?? []
  t.true(Number(seconds) > 0 && Number(seconds) <= 3600, sixth.errMsg)
  t.is((await send('u-2')).errCode, 0)
  // Refused messages do not count, and the same message is one.
  t.is((await send('u-1')).errCode, 5301)
  for (let at = 0; at < 9; at++) t.is((await send('u-3', 'sent again and again')).errCode, 0)
})

test('of messages that are sent at once no more than the limit slip through', async t => {
  const { send } = await sending(t)
  const codes = await Promise.all(Array.from({ length: 40 }, async () => (await send('u-1')).errCode))
  t.is(codes.filter(code => code === 0).length, 5)
})

test('counts stay over a reload of the message, and start over with another condition', async t => {
  const { send, log, dir } = await sending(t)
  for (let at = 0; at < 5; at++) await send('u-1')
  await writeRule(`${dir}/rules`, 'floods.yaml', flood.replace('Too fast', 'Slower'))
  t.is((await log.until('rules loaded')).countsStartedOver, undefined)
  t.regex((await send('u-1')).errMsg, /^Slower: wait \d+ s$/)
  await writeRule(`${dir}/rules`, 'floods.yaml', flood.replace('msgFrom: user', 'msgFrom: user, groupID: g-1'))
  t.deepEqual((await log.until('rules loaded')).countsStartedOver, ['flood'])
  for (let at = 0; at < 5; at++) t.is((await send('u-1')).errCode, 0)
  t.is((await send('u-1')).errCode, 5301)
})

test('dry runs count nothing', async t => {
  const { send, admin } = await sending(t)
  for (let at = 0; at < 4; at++) await send('u-1')
  for (let at = 0; at < 5; at++) {
    // On a busy machine the thread may take longer to start than a dry run may.
    await post(`${admin}/dry-run/${command}`, { payload: message('u-1') })
  }
  t.is((await send('u-1')).errCode, 0)
  t.is((await send('u-1')).errCode, 5301)
})

test('counts outlast a restart', async t => {
  const { send, child, exited, dir } = await sending(t)
  for (let at = 0; at < 5; at++) await send('u-1')
  child.kill('SIGTERM')
  t.is(await exited, 0)
  const { webhooks } = await startService(t, `${dir}/rules`, '--state', `${dir}/state`)
  const reply = (await (await post(`${webhooks}/${command}`, message('u-1'))).json()) as Reply
  t.is(reply.errCode, 5301)
})

test('a request that a trusted proxy names and repeats counts once, that of anybody else each time', async t => {
  const repeated = { 'X-Retry-Id': 'r-1' }
  const codes = async (proxy: string) => {
    const { send } = await sending(t, '--request-id-header', 'X-Retry-Id', '--trust-proxy', proxy)
    const all: number[] = []
    for (let at = 0; at < 6; at++) all.push((await send('u-1', '', repeated)).errCode)
    return all
  }
  t.deepEqual(await codes('127.0.0.1'), [0, 0, 0, 0, 0, 0])
  t.deepEqual(await codes('10.0.0.0/8'), [0, 0, 0, 0, 0, 5301])
})
