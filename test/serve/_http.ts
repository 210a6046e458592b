import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ExecutionContext } from 'ava'
import { pino } from 'pino'
import type { Decision } from '../../src/decide/decision.ts'
import type { App } from '../../src/serve/app.ts'
import { readConfig } from '../../src/serve/config.ts'
import { decisionLog } from '../../src/serve/decision-log.ts'
import { failureLog } from '../../src/serve/failure-log.ts'
import { type Limits, listen, urlOf } from '../../src/serve/listen.ts'
import { type Observer, observers } from '../../src/serve/observer.ts'
import { Stopping } from '../../src/serve/stop.ts'
import { UnknownCallbacks } from '../../src/serve/unknown-callbacks.ts'
import { buildWebhookApp, type WebhookDeps } from '../../src/serve/webhook.ts'

/** The documented command. */
export const command = 'callbackBeforeSetGroupMemberInfoCommand'

/** The documented request. */
export const sample = {
  callbackCommand: command,
  groupID: '12345',
  userID: 'user789',
  nickName: 'user',
  faceURL: 'http://example.com/path/to/face/image.png',
  roleLevel: 20,
  ex: 'Extra data',
}

/** The documented answer that allows unchanged. */
export const plainAllow = '{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}'

export const allow: Decision = { kind: 'allow', rewrites: new Map(), matches: [], changes: [] }

/** What a test may change: settings as flags, limits, and the judge. */
export type Setup = {
  flags?: Record<string, string>
  limits?: Limits
  judge?: WebhookDeps['judge']
  health?: WebhookDeps['health']
}

/** A webhook listener on a free port, with the lines it logs; it is closed after the test. */
export async function startWebhooks(t: ExecutionContext, setup: Setup = {}) {
  const lines: Record<string, unknown>[] = []
  const { judge = () => ({ version: 'v1', decision: Promise.resolve(allow) }) } = setup
  const { health = { hasRules: () => true, stopping: new Stopping() } } = setup
  const unknownCallbacks = new UnknownCallbacks()
  const observer = observers(loggingTo(lines), unknownCallbacks)
  const app = buildWebhookApp({ config: configOf(setup.flags), judge, health, observer })
  return { ...(await startApp(t, app, setup.limits)), lines, unknownCallbacks }
}

/** Any app on a free port; it is closed after the test. */
export async function startApp(t: ExecutionContext, app: App, limits?: Limits) {
  const server = await listen(app, '127.0.0.1', 0, limits)
  t.teardown(() => {
    server.closeAllConnections()
    return new Promise<void>(resolve => server.close(() => resolve()))
  })
  const url = urlOf(server)
  return { port: Number(new URL(url).port), url, server }
}

/** Settings of a test: the usual ones, but that nothing is late, however busy the machine is. */
export function configOf(flags: Record<string, string> = {}) {
  const read = readConfig({ deadlineMs: '60000', ...flags }, {})
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return read.config
}

/** POST a body (JSON, unless it is text already) as the IM server does. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** Send texts over a connection of their own (`end` ends this side) and answer all that comes back until it ends. */
export async function talk(port: number, ...pieces: string[]): Promise<string> {
  const { socket, received } = await open(port)
  for (const piece of pieces) piece === 'end' ? socket.end() : socket.write(piece)
  return received
}

/** A connection, and all that comes back over it until the other side ends it. */
export function open(port: number): Promise<{ socket: Socket; received: Promise<string> }> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => resolve({ socket, received: text(socket) }))
  })
}

/** Call one after another until something fails: how many answers, the distinct ones, and what failed. */
export async function callUntilRefused(agent: Agent, port: number) {
  const bodies = new Set<string>()
  for (let answers = 0; ; answers++) {
    const outcome = await callOnce(agent, port)
    if ('code' in outcome) return { answers, bodies, last: outcome.code }
    bodies.add(outcome.body)
  }
}

/** Call so many times, 16 at once, over connections that are kept; answers the distinct bodies, or what failed. */
export async function callMany(url: string, calls: number): Promise<string[]> {
  const agent = new Agent({ keepAlive: true })
  const outcomes = new Set<string>()
  let left = calls
  const caller = async () => {
    while (left-- > 0) {
      const outcome = await callOnce(agent, Number(new URL(url).port))
      outcomes.add('body' in outcome ? outcome.body : String(outcome.code))
    }
  }
  await Promise.all(Array.from({ length: 16 }, caller))
  agent.destroy()
  return [...outcomes]
}

function callOnce(agent: Agent, port: number): Promise<{ body: string } | { code: string | undefined }> {
  return new Promise(resolve => {
    const headers = { 'Content-Type': 'application/json' }
    const call = request({ agent, port, host: '127.0.0.1', path: `/${command}`, method: 'POST', headers })
    call.on('error', (error: Error & { code?: string }) => resolve({ code: error.code }))
    call.on('response', async response => resolve({ body: await text(response) }))
    call.end(JSON.stringify(sample))
  })
}

/** A promise that the test settles. */
export function deferred<T>() {
  let settle: { resolve: (value: T) => void; reject: (reason: Error) => void } | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, resolve: (value: T) => settle?.resolve(value), reject: (reason: Error) => settle?.reject(reason) }
}

/** A request on the wire; `Connection: close` unless told else, so that `talk` ends. */
export function wire(line: string, headers: Record<string, string | number>, body = ''): string {
  const all = { Host: 'localhost', Connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${line}\r\n${lines.join('')}\r\n${body}`
}

export type Answer = { status: number; headers: Map<string, string>; body: string }

/** The answers in what came back over a connection; those to HEAD have no body. */
export function parseAnswers(text: string, isHead = false): Answer[] {
  const answers: Answer[] = []
  let rest = text
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n')
    const [line = '', ...lines] = rest.slice(0, end).split('\r\n')
    const headers = new Map(
      lines.map(each => each.split(': ', 2) as [string, string]).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const length = isHead ? 0 : Number(headers.get('content-length'))
    answers.push({ status: Number(line.split(' ')[1]), headers, body: rest.slice(end + 4, end + 4 + length) })
    rest = rest.slice(end + 4 + length)
  }
  return answers
}

/** Assert that a body is a whole answer by the failure policy, with the types that the IM server wants. */
export function assertFailure(t: ExecutionContext, body: string, policy: 'reject' | 'allow' = 'reject'): string {
  const answer = JSON.parse(body)
  t.deepEqual(Object.keys(answer), ['actionCode', 'errCode', 'errMsg', 'errDlt', 'nextCode'])
  t.regex(
    body,
    /^\{"actionCode":[01],"errCode":9999,"errMsg":"The request could not be checked","errDlt":".*","nextCode":[01]\}$/,
  )
  t.is(answer.actionCode, policy === 'reject' ? 0 : 1)
  t.is(answer.nextCode, policy === 'reject' ? 1 : 0)
  t.notRegex(body, /node_modules|\.ts|\.js|\bat /)
  return answer.errDlt
}

/** What logs decisions and failures, with its lines kept. */
export function loggingTo(lines: Record<string, unknown>[]): Observer {
  const log = pino({ base: null }, collect(lines))
  return observers(decisionLog(log), failureLog(log))
}

/** A stream that keeps log lines. */
export function collect(lines: Record<string, unknown>[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
}
