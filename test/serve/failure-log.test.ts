import { once } from 'node:events'
import test from 'ava'
import { pino } from 'pino'
import type { Decision } from '../../src/decide/decision.ts'
import { type Failure, failureRecord } from '../../src/serve/exchange.ts'
import { failureLog } from '../../src/serve/failure-log.ts'
import { usualLimits } from '../../src/serve/listen.ts'
import {
  allow,
  collect,
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

const bad: Failure = { status: 400, problem: 'The body is not valid JSON' }
const ours: Failure = { status: 500, problem: '', cause: new Error('broken') }

/** A log with a clock that goes on when told to. */
function startLog() {
  const lines: Record<string, unknown>[] = []
  const due: { run: () => void; ms: number }[] = []
  const log = failureLog(pino({ base: null }, collect(lines)), (run, ms) => due.push({ run, ms }))
  const fail = (failure: Failure, peer: string, times: number) => {
    for (let time = 0; time < times; time++)
      log.failed(failureRecord('webhooks', failure, { id: 'x', peer, isLate: false }))
  }
  const passInterval = () => {
    for (const { run } of due.splice(0)) run()
  }
  return { log, lines, due, fail, passInterval }
}

test('of the bad requests of a peer ten are written in an interval, and the rest is counted', t => {
  const { lines, due, fail, passInterval } = startLog()
  fail(bad, '10.0.0.1', 25)
  t.is(lines.length, 10)
  t.like(lines[9], { level: 40, msg: 'bad request', peer: '10.0.0.1', status: 400, problem: bad.problem })
  t.deepEqual(
    due.map(({ ms }) => ms),
    [10_000],
  )
  passInterval()
  t.is(lines.length, 11)
  t.like(lines[10], { level: 40, msg: 'more bad requests', listener: 'webhooks', peer: '10.0.0.1', leftOut: 15 })
  fail(bad, '10.0.0.1', 10)
  passInterval()
  t.is(lines.length, 21)
})

test('a peer whose requests are bad hides those of no other', t => {
  const { lines, fail, passInterval } = startLog()
  fail(bad, '10.0.0.1', 100)
  fail(bad, '10.0.0.2', 1)
  t.like(lines.at(-1), { msg: 'bad request', peer: '10.0.0.2' })
  passInterval()
  t.deepEqual(
    lines.filter(({ msg }) => msg === 'more bad requests').map(({ peer, leftOut }) => [peer, leftOut]),
    [['10.0.0.1', 90]],
  )
})

test('peers without number make few lines, and each request counts', t => {
  const { lines, fail, passInterval } = startLog()
  for (let peer = 0; peer < 1000; peer++) fail(bad, `fe80::${peer}`, 20)
  passInterval()
  t.true(lines.length < 800, `${lines.length} lines`)
  const written = lines.filter(({ msg }) => msg === 'bad request').length
  const leftOut = lines.reduce((sum, line) => sum + Number(line.leftOut ?? 0), 0)
  t.is(written + leftOut, 20_000)
})

test('internal errors are always logged, however many bad requests arrive', t => {
  const { lines, fail } = startLog()
  fail(bad, '10.0.0.1', 100)
  fail(ours, '10.0.0.1', 100)
  const failed = lines.filter(({ msg }) => msg === 'failed')
  t.is(failed.length, 100)
  t.like(failed[0], { level: 50, peer: '10.0.0.1', err: { message: 'broken' } })
})

test('closing writes what was left out, and a quiet log sets no timer', t => {
  const { log, lines, due, fail } = startLog()
  t.deepEqual(due, [])
  fail(bad, '10.0.0.1', 12)
  for (let time = 0; time < 3; time++) log.noRoom('webhooks', 'closed')
  for (let time = 0; time < 4; time++) log.noRoom('webhooks', 'EMFILE')
  log.closed('webhooks')
  log.closed('webhooks')
  t.deepEqual(
    lines.slice(10).map(({ msg, times, code, leftOut }) => [msg, times ?? leftOut, code]),
    [
      ['too many connections: closed the one idle longest', 1, undefined],
      ['new connections are lost', 1, 'EMFILE'],
      ['more bad requests', 2, undefined],
      ['too many connections: closed the one idle longest', 2, undefined],
      ['new connections are lost', 3, 'EMFILE'],
    ],
  )
})

test('each line of a bad request has the address of its peer, and no value of the payload', async t => {
  const { url, port, lines, server } = await startWebhooks(t)
  const secret = 'nobody-may-read-this'
  const json = { 'Content-Type': 'application/json' }
  await post(`${url}/${command}`, `{"nickName":"${secret}"`)
  await post(`${url}/${command}`, { ...sample, nickName: [secret] })
  await post(`${url}/${command}`, `"${secret}"`, { 'Content-Type': 'text/plain' })
  await talk(port, `${secret}\r\n\r\n`)
  // This one is gone before its body is whole.
  const { socket, received } = await open(port)
  socket.write(wire(`POST /${command} HTTP/1.1`, { ...json, 'Content-Length': 100 }, `{"nickName":"${secret}`))
  socket.end()
  await received
  // And this one before its headers are.
  await talk(port, 'POST / HTTP/1.1\r\n', 'end')
  server.close()
  t.deepEqual(
    lines.map(({ msg, peer }) => [msg, peer]),
    Array.from({ length: 6 }, () => ['bad request', '127.0.0.1']),
  )
  t.false(JSON.stringify(lines).includes(secret))
})

test('bad requests that were left out are written at the latest when the listener closes', async t => {
  const { port, lines, server } = await startWebhooks(t)
  const refused = wire(`GET /${command} HTTP/1.1`, { Connection: 'keep-alive' })
  const last = wire(`GET /${command} HTTP/1.1`, {})
  t.is(parseAnswers(await talk(port, refused.repeat(39) + last)).length, 40)
  const closed = once(server, 'close')
  server.close()
  await closed
  t.deepEqual(lines.filter(({ msg }) => msg === 'bad request').length, 10)
  t.like(lines.at(-1), { msg: 'more bad requests', peer: '127.0.0.1', leftOut: 30 })
})

test('a connection that finds all others busy is refused, and the log says so', async t => {
  const asked = deferred<void>()
  const decision = deferred<Decision>()
  const { port, lines } = await startWebhooks(t, {
    limits: { ...usualLimits, connections: 2 },
    judge: () => {
      asked.resolve()
      return { version: 'v1', decision: decision.promise }
    },
  })
  const call = wire(`POST /${command} HTTP/1.1`, { 'Content-Type': 'application/json', 'Content-Length': 2 }, '{}')
  const busy = talk(port, call)
  await asked.promise
  const { received } = await open(port)
  t.is(await received, '')
  decision.resolve(allow)
  t.is(parseAnswers(await busy)[0]?.body, plainAllow)
  t.like(lines[0], { level: 40, msg: 'too many busy connections: refused a new one', listener: 'webhooks', times: 1 })
})

test('an error while connections are accepted is logged, and ends nothing', async t => {
  const { url, server, lines } = await startWebhooks(t)
  for (let time = 0; time < 5; time++) server.emit('error', Object.assign(new Error('accept'), { code: 'ENFILE' }))
  t.is((await post(`${url}/${command}`, sample)).status, 200)
  t.deepEqual(
    lines.map(({ msg, code }) => [msg, code]),
    [
      ['new connections are lost', 'ENFILE'],
      ['decision', undefined],
    ],
  )
})
