import { Agent } from 'node:http'
import test from 'ava'
import type { Decision } from '../../src/decide/decision.ts'
import { Stopping } from '../../src/serve/stop.ts'
import {
  allow,
  callUntilRefused,
  command,
  deferred,
  open,
  parseAnswers,
  plainAllow,
  startWebhooks,
  wire,
} from './_http.ts'

/** Long enough for all that is under way on a busy machine; when nothing is, it ends after a second all the same. */
const patient = { shutdownMs: 60_000, deadlineMs: 60_000 }

function healthOf(stopping: Stopping) {
  return { hasRules: () => true, stopping }
}

test('under ten clients that keep connections alive, stopping loses no request', async t => {
  const stopping = new Stopping()
  const { port, server } = await startWebhooks(t, { health: healthOf(stopping) })
  const agent = new Agent({ keepAlive: true, maxSockets: 10 })
  t.teardown(() => agent.destroy())
  const clients = Array.from({ length: 10 }, () => callUntilRefused(agent, port))
  await stopping.stop([server], patient)
  const outcomes = await Promise.all(clients)
  t.deepEqual(new Set(outcomes.map(({ last }) => last)), new Set(['ECONNREFUSED']))
  t.deepEqual(new Set(outcomes.flatMap(({ bodies }) => [...bodies])), new Set([plainAllow]))
})

test('from the signal on, readiness is gone and each answer closes its connection', async t => {
  const stopping = new Stopping()
  const { port, url, server } = await startWebhooks(t, { health: healthOf(stopping) })
  const [ready, alive] = await Promise.all([open(port), open(port)])
  const stopped = stopping.stop([server], patient)
  // What is on its way when the signal comes is answered, however long that takes here.
  ready.socket.write(wire('GET /readyz HTTP/1.1', { Connection: 'keep-alive' }))
  alive.socket.write(wire('GET /healthz HTTP/1.1', { Connection: 'keep-alive' }))
  const [[answer], [other]] = [parseAnswers(await ready.received), parseAnswers(await alive.received)]
  t.deepEqual([answer?.status, JSON.parse(answer?.body ?? '')], [503, { status: 'stopping' }])
  t.is(answer?.headers.get('connection'), 'close')
  t.is(other?.status, 200)
  await stopped
  await t.throwsAsync(fetch(`${url}/healthz`))
})

test('a call under way is answered before the end', async t => {
  const stopping = new Stopping()
  const decision = deferred<Decision>()
  const asked = deferred<void>()
  const judge = () => {
    asked.resolve()
    return { version: 'v1', decision: decision.promise }
  }
  const { port, server } = await startWebhooks(t, { health: healthOf(stopping), judge })
  const { socket, received } = await open(port)
  const headers = { 'Content-Type': 'application/json', 'Content-Length': 2, Connection: 'keep-alive' }
  socket.write(wire(`POST /${command} HTTP/1.1`, headers, '{}'))
  await asked.promise
  const stopped = stopping.stop([server], { shutdownMs: 20, deadlineMs: 1000 })
  decision.resolve(allow)
  const [answer] = parseAnswers(await received)
  t.deepEqual([answer?.body, answer?.headers.get('connection')], [plainAllow, 'close'])
  await stopped
})

test('connections that are idle, unused or stuck do not keep it from ending', async t => {
  const stopping = new Stopping()
  // Were it for these limits alone, the test would time out.
  const limits = { headersMs: 600_000, requestMs: 600_000, checkMs: 1000, connections: 10 }
  const { port, server } = await startWebhooks(t, { health: healthOf(stopping), limits })
  const [unused, idle, stuck] = await Promise.all([open(port), open(port), open(port)])
  idle.socket.write(wire('GET /healthz HTTP/1.1', { Connection: 'keep-alive' }))
  stuck.socket.write('POST / HTTP/1.1\r\n')
  await new Promise(resolve => idle.socket.once('data', resolve))
  await stopping.stop([server], { shutdownMs: 100, deadlineMs: 1000 })
  t.is(await unused.received, '')
  t.is(await stuck.received, '')
})
