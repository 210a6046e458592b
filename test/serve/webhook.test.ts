import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import test from 'ava'
import type { Call } from '../../src/decide/call.ts'
import type { Decision } from '../../src/decide/decision.ts'
import { usualLimits } from '../../src/serve/listen.ts'
import { Stopping } from '../../src/serve/stop.ts'
import type { ToJudge } from '../../src/serve/webhook.ts'
import {
  allow,
  assertFailure,
  command,
  deferred,
  open,
  parseAnswers,
  plainAllow,
  post,
  sample,
  startWebhooks,
  talk,
  wire,
} from './_http.ts'

const refuse: Decision = {
  kind: 'reject',
  code: 5001,
  rule: 'no-links',
  message: 'No links, please',
  detail: 'the nickname has one',
  matches: [
    { rule: 'no-links', stage: 'reject', mode: 'enforce', exempted: false },
    { rule: 'no-admins', stage: 'reject', mode: 'enforce', exempted: true },
    { rule: 'no-dots', stage: 'reject', mode: 'shadow', exempted: false },
  ],
  changes: [],
}

const rewrite: Decision = {
  kind: 'allow',
  rewrites: new Map<string, string | number>([
    ['nickName', 'tidy'],
    ['roleLevel', 20],
  ]),
  matches: [{ rule: 'tidy', stage: 'rewrite', mode: 'enforce', exempted: false }],
  changes: [{ field: 'nickName', from: ' tidy', to: 'tidy', rule: 'tidy' }],
}

function judging(decision: Decision | Promise<Decision>) {
  return () => ({ version: 'v1', decision: Promise.resolve(decision) })
}

test('the documented sample gets exactly the documented keys', async t => {
  const { url, lines } = await startWebhooks(t)
  const response = await post(`${url}/${command}?contenttype=json`, sample, { Operationid: 'op-17\u00ad0' })
  t.is(response.status, 200)
  t.is(response.headers.get('content-type'), 'application/json; charset=utf-8')
  t.is(await response.text(), plainAllow)
  t.is(lines.length, 1)
  t.like(lines[0], {
    requestId: response.headers.get('x-request-id'),
    operationID: 'op-170',
    callback: 'beforeSetGroupMemberInfo',
    decision: 'allow',
    version: 'v1',
  })
  t.false(JSON.stringify(lines).includes('user789'))
})

test('a reject has 0, 1 and its code, and is logged with its rule', async t => {
  const { url, lines } = await startWebhooks(t, { judge: judging(refuse) })
  const response = await post(`${url}/${command}`, sample)
  t.is(response.status, 200)
  t.is(
    await response.text(),
    '{"actionCode":0,"errCode":5001,"errMsg":"No links, please","errDlt":"the nickname has one","nextCode":1}',
  )
  t.like(lines[0], { decision: 'reject', code: 5001, rule: 'no-links', shadow: ['no-dots'], exempted: ['no-admins'] })
})

test('rewritten fields follow the five keys, and their names are logged', async t => {
  const { url, lines } = await startWebhooks(t, { judge: judging(rewrite) })
  const answer = await (await post(`${url}/${command}`, sample)).text()
  t.is(answer, `${plainAllow.slice(0, -1)},"nickName":"tidy","roleLevel":20}`)
  t.deepEqual(lines[0]?.rewritten, ['nickName', 'roleLevel'])
  t.false(JSON.stringify(lines).includes('"tidy"'))
})

test('a call is judged by its own fields, foreign keys having no effect', async t => {
  const calls: Call[] = []
  const judge = ({ call }: ToJudge) => {
    calls.push(call)
    return { version: 'v1', decision: Promise.resolve(allow) }
  }
  const { url } = await startWebhooks(t, { judge })
  const foreign = '"__proto__":{"nickName":"x"},"constructor":{"prototype":{"ex":"x"}},"toString":1,"hasOwnProperty":1'
  const response = await post(`${url}/${command}`, `{"groupID":"g","userID":"u","faceURL":null,${foreign}}`)
  t.is(await response.text(), plainAllow)
  t.deepEqual(Object.fromEntries(calls[0]?.values ?? []), { groupID: 'g', userID: 'u' })
})

const isDecided = test.macro({
  title: (name = '') => `${name} is decided`,
  async exec(t, line: string, headers: Record<string, string> = {}, flags: Record<string, string> = {}) {
    const { port } = await startWebhooks(t, { flags })
    const body = JSON.stringify(sample)
    const whole = { 'Content-Type': 'application/json', 'Content-Length': String(body.length), ...headers }
    const [answer] = parseAnswers(await talk(port, wire(line, whole, body)))
    t.is(answer?.status, 200)
    t.is(answer?.body, plainAllow)
  },
})

test('a path with a trailing slash', isDecided, `POST /${command}/ HTTP/1.1`)
test('a doubled slash', isDecided, `POST //${command} HTTP/1.1`)
test('a path below others', isDecided, `POST /im/v1/${command}?key=5&contenttype=json HTTP/1.1`)
test('a capital C', isDecided, `POST /C${command.slice(1)} HTTP/1.1`)
test('a command in the query', isDecided, `POST /?command=C${command.slice(1)} HTTP/1.1`)
test('a command in the query of a path', isDecided, `POST /callback?contenttype=json&Command=${command} HTTP/1.1`)
test('a path in percent-encoding', isDecided, `POST /%63allbackBeforeSetGroupMemberInfoCommand HTTP/1.1`)
test('an absolute target', isDecided, `POST http://example.com:80/${command} HTTP/1.1`)
test('a path with its prefix', isDecided, `POST //im/hooks/${command} HTTP/1.1`, {}, { prefix: '/im/hooks/' })
test('a request without a Host', isDecided, `POST /${command} HTTP/1.0`, { Host: '' })
test('an expectation nobody knows', isDecided, `POST /${command} HTTP/1.1`, { Expect: 'something' })
test('an offer to upgrade', isDecided, `POST /${command} HTTP/1.1`, { Connection: 'Upgrade, close', Upgrade: 'h2c' })
test('a content type in capitals', isDecided, `POST /${command} HTTP/1.1`, {
  'Content-Type': 'Application/JSON;Charset="UTF-8"; x=y',
})

test('a call over HTTP/1.1 without a Host is decided', async t => {
  const { port } = await startWebhooks(t)
  const head = `POST /${command} HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n`
  t.is(parseAnswers(await talk(port, `${head}{}`))[0]?.body, plainAllow)
})

test('a path without the prefix is refused, and the prefix is not revealed', async t => {
  const { url } = await startWebhooks(t, { flags: { prefix: '/im/s3cret' } })
  for (const path of [
    command,
    `im/${command}`,
    `im/s3cret2/${command}`,
    `s3cret/im/${command}`,
    `x/im/s3cret/${command}`,
  ]) {
    const response = await post(`${url}/${path}`, sample)
    t.is(response.status, 404)
    t.is(assertFailure(t, await response.text()), 'Unknown path')
  }
})

test('failures are allowed with actionCode 1 where the policy is to allow', async t => {
  const { url, port, lines } = await startWebhooks(t, { flags: { onFailure: 'allow' } })
  const unknown = await post(`${url}/callbackBeforeX`, sample)
  t.is(unknown.status, 404)
  assertFailure(t, await unknown.text(), 'allow')
  assertFailure(t, await (await post(`${url}/${command}`, '')).text(), 'allow')
  assertFailure(t, parseAnswers(await talk(port, 'x\r\n\r\n'))[0]?.body ?? '', 'allow')
  t.deepEqual(
    lines.map(({ decision }) => decision),
    ['allow', 'allow', 'allow'],
  )
})

test('unknown callbacks have a policy of their own', async t => {
  const { url } = await startWebhooks(t, { flags: { unknownCallback: 'allow' } })
  assertFailure(t, await (await post(`${url}/callbackBeforeX`, sample)).text(), 'allow')
  assertFailure(t, await (await post(`${url}/${command}`, '')).text(), 'reject')
})

test('an unknown callback about a past event is allowed plainly', async t => {
  const { url, lines } = await startWebhooks(t)
  const response = await post(`${url}/callbackAfterSomethingNewCommand`, { anything: 1 })
  t.is(response.status, 200)
  t.is(await response.text(), plainAllow)
  t.like(lines[0], { level: 30, unknownCallback: 'callbackAfterSomethingNewCommand', decision: 'allow' })
})

test('an internal error reveals nothing to the sender, and everything in the log', async t => {
  const judge = () => ({ version: 'v1', decision: Promise.reject(new TypeError('broken inside')) })
  const { url, lines } = await startWebhooks(t, { judge })
  const response = await post(`${url}/${command}`, sample)
  t.is(response.status, 500)
  t.is(assertFailure(t, await response.text()), '')
  t.like(lines[0], { level: 50, requestId: response.headers.get('x-request-id'), decision: 'reject', code: 9999 })
  t.like(lines[0]?.err, { type: 'TypeError', message: 'broken inside' })
})

test('a judge that throws at once is also an internal error', async t => {
  const judge = () => {
    throw new TypeError('broken inside')
  }
  const { url } = await startWebhooks(t, { judge })
  const response = await post(`${url}/${command}`, sample)
  t.is(response.status, 500)
  t.is(assertFailure(t, await response.text()), '')
})

test('a rewrite of a field that may not be rewritten is never sent', async t => {
  const owner: Decision = { ...allow, kind: 'allow', rewrites: new Map([['roleLevel', 100]]) }
  const { url } = await startWebhooks(t, { judge: judging(owner) })
  const response = await post(`${url}/${command}`, sample)
  t.is(response.status, 500)
  assertFailure(t, await response.text())
})

test('without rules nothing is decided', async t => {
  const { url, lines } = await startWebhooks(t, { judge: () => null })
  const response = await post(`${url}/${command}`, sample)
  t.is(response.status, 503)
  t.is(assertFailure(t, await response.text()), '')
  t.like(lines[0]?.err, { message: 'No rules are in force' })
})

/** Late enough for a call to be judged before on a busy machine, and soon enough to wait for. */
const soon = { deadlineMs: '2000' }

test('at the deadline the policy answers, and a late decision has no effect', async t => {
  const late = deferred<Decision>()
  const decisions = [late.promise, Promise.resolve(allow)]
  const judge = () => ({ version: 'v1', decision: decisions.shift() as Promise<Decision> })
  const { port, lines } = await startWebhooks(t, { flags: soon, judge })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const first = await callOver(agent, port)
  t.is(first.status, 503)
  t.is(assertFailure(t, first.body), '')
  late.resolve(refuse)
  const second = await callOver(agent, port)
  t.deepEqual([second.status, second.body], [200, plainAllow])
  t.true(second.isReused)
  t.deepEqual(
    lines.map(({ msg }) => msg),
    ['failed', 'decision'],
  )
  t.like(lines[0]?.err, { type: 'DeadlineExceeded' })
})

test('an error after the deadline is logged as late', async t => {
  const late = deferred<Decision>()
  const { url, lines } = await startWebhooks(t, {
    flags: soon,
    judge: () => ({ version: 'v1', decision: late.promise }),
  })
  const response = await post(`${url}/${command}`, sample)
  late.reject(new TypeError('broken late'))
  await response.text()
  await new Promise(setImmediate)
  t.like(lines[1], { requestId: response.headers.get('x-request-id'), late: true, level: 50 })
})

test('a slow body is refused at the deadline', async t => {
  const { port, url, lines } = await startWebhooks(t, { flags: soon })
  const slow = wire(`POST /${command} HTTP/1.1`, {
    'Content-Type': 'application/json',
    'Content-Length': 100,
    Connection: 'keep-alive',
  })
  const [answer, ...others] = parseAnswers(await talk(port, slow, '{'))
  t.is(answer?.status, 408)
  t.is(answer?.headers.get('connection'), 'close')
  t.is(assertFailure(t, answer?.body ?? ''), 'The request did not arrive in time')
  t.deepEqual(others, [])
  await post(`${url}/${command}`, sample)
  t.deepEqual(
    lines.map(({ msg }) => msg),
    ['bad request', 'decision'],
  )
})

const quick = { headersMs: 60, requestMs: 120, checkMs: 20, connections: 10 }

test('slow headers are refused', async t => {
  const { port } = await startWebhooks(t, { limits: quick })
  const [answer] = parseAnswers(await talk(port, `POST /${command} HTTP/1.1\r\nHost:`))
  t.is(answer?.status, 408)
  assertFailure(t, answer?.body ?? '')
})

test('a body that never ends is cut off after its refusal', async t => {
  const { port } = await startWebhooks(t, { limits: quick })
  const endless = wire(`POST /${command} HTTP/1.1`, { 'Content-Length': 1000, Connection: 'keep-alive' }, '{')
  const answers = parseAnswers(await talk(port, endless))
  t.deepEqual(
    answers.map(({ status }) => status),
    [415],
  )
})

test('a connection opened ahead of its first request is left open', async t => {
  const { port } = await startWebhooks(t, { limits: quick })
  const { socket, received } = await open(port)
  // The connection beside it was opened later, and is closed for being slow.
  await talk(port, 'P')
  socket.write(wire(`POST /${command} HTTP/1.1`, { 'Content-Type': 'application/json', 'Content-Length': 2 }, '{}'))
  t.is(parseAnswers(await received)[0]?.body, plainAllow)
})

test('a client that holds all connections keeps no caller out', async t => {
  const { port, url } = await startWebhooks(t, { limits: { ...usualLimits, connections: 4 } })
  const hold = async (text: string) => {
    const { socket, received } = await open(port)
    // Those that make room for others break off.
    const ended = received.catch(() => '')
    socket.write(text)
    return { socket, ended }
  }
  const held = [await hold('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')]
  for (let more = 0; more < 5; more++) held.push(await hold(''))
  const response = await post(`${url}/${command}`, sample)
  t.is(response.status, 200)
  for (const { socket } of held) socket.end()
  await Promise.all(held.map(({ ended }) => ended))
})

test('health checks answer only GET and HEAD', async t => {
  const health = { hasRules: () => false, stopping: new Stopping() }
  const { url } = await startWebhooks(t, { health })
  const alive = await fetch(`${url}/healthz`)
  t.deepEqual([alive.status, await alive.json()], [200, { status: 'ok' }])
  t.is((await fetch(`${url}/healthz`, { method: 'HEAD' })).status, 200)
  const ready = await fetch(`${url}/readyz`)
  t.deepEqual([ready.status, await ready.json()], [503, { status: 'no rules' }])
  assertFailure(t, await (await post(`${url}/healthz`, {})).text())
  assertFailure(t, await (await fetch(`${url}/healthz`, { method: 'DELETE' })).text())
})

test('operators have nothing here', async t => {
  const { url } = await startWebhooks(t)
  for (const path of ['status', 'metrics', `dry-run/${command}`]) {
    const response = await fetch(`${url}/${path}`)
    t.is(response.status, 405)
    assertFailure(t, await response.text())
  }
})

test('a thousand overlapping calls are each answered with their own decision', async t => {
  const judge = ({ call }: ToJudge) => {
    const userID = String(call.values.get('userID'))
    const decision: Decision = { ...allow, kind: 'allow', rewrites: new Map([['ex', userID]]) }
    return { version: 'v1', decision: new Promise<Decision>(resolve => setImmediate(resolve, decision)) }
  }
  const { port, lines } = await startWebhooks(t, { judge })
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  t.teardown(() => agent.destroy())
  const users = Array.from({ length: 1000 }, (_, index) => `u${index}`)
  const answers = await Promise.all(users.map(userID => callOver(agent, port, { ...sample, userID })))
  t.deepEqual(
    answers.map(({ body }) => JSON.parse(body).ex),
    users,
  )
  t.is(new Set(lines.map(({ requestId }) => requestId)).size, 1000)
})

function callOver(agent: Agent, port: number, body: object = sample) {
  return new Promise<{ status?: number | undefined; body: string; isReused: boolean }>((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json; charset=utf-8' }
    const call = request({ agent, port, host: '127.0.0.1', path: `/${command}`, method: 'POST', headers })
    call.on('error', reject)
    call.on('response', async response =>
      resolve({ status: response.statusCode, body: await text(response), isReused: call.reusedSocket }),
    )
    call.end(JSON.stringify(body))
  })
}
