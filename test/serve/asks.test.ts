import { once } from 'node:events'
import { request } from 'node:http'
import test, { type ExecutionContext } from 'ava'
import type { Asks } from '../../src/serve/ask-thread.ts'
import { envelope, stateFolder, writeSegments } from '../record/_state.ts'
import { endlessAsks, startAsked, startPeer } from './_asks.ts'
import { post, talk, wire } from './_http.ts'

const path = '/record/ask'
const history = { ask: 'history' }
const lines = { ask: 'lines', kind: 'envelope', since: 0, until: 9e15, bytes: [] }
const farMs = { readMs: 600_000, changeMs: 600_000, aliveMs: 600_000 }

test('nobody is answered unless the service was started for it', async t => {
  const { url } = await startAsked(t, { asks: undefined })
  const response = await post(url + path, history)
  t.is(response.status, 403)
  t.deepEqual(await response.json(), { error: 'It must be started with --answer-peers' })
})

test('web pages and strangers are kept out', async t => {
  const { url, port } = await startPeer(t, await stateFolder(t))
  t.is((await post(url + path, history, { 'content-type': 'text/plain' })).status, 415)
  t.is((await fetch(url + path)).status, 405)
  const body = JSON.stringify(history)
  const headers = { Host: 'evil.test', 'Content-Type': 'application/json', 'Content-Length': body.length }
  t.regex(await talk(port, wire(`POST ${path} HTTP/1.1`, headers, body)), /^HTTP\/1\.1 403 /)
  t.is((await post(url + path, { ...history, more: 'x'.repeat(70_000) })).status, 413)
})

const isNone = test.macro({
  exec: async (t: ExecutionContext, question: unknown) => {
    const { url } = await startPeer(t, await stateFolder(t))
    const response = await post(url + path, question)
    t.is(response.status, 400)
    t.regex(await response.text(), /is no question that this version of hookwarden knows/)
  },
  title: (_, question) => `${JSON.stringify(question).replaceAll(/x{9,}|("x",?){9,}/g, 'x…')} is no question`,
})

test(isNone, [])
test(isNone, { ask: 'constructor' })
test(isNone, { ask: '__proto__' })
test(isNone, { ask: 'rules', version: '../../secret' })
test(isNone, { ...lines, kind: 'counts' })
test(isNone, { ...lines, since: '0' })
test(isNone, { ...lines, bytes: [[]] })
test(isNone, { ...lines, bytes: ['x'.repeat(1001)] })
test(isNone, { ...lines, bytes: Array.from({ length: 101 }, () => 'x') })
test(isNone, { ask: 'tail', known: [['a', -1]] })
test(isNone, { ask: 'names', names: [''] })
test(isNone, { ask: 'first' })
test(isNone, { ask: 'forget', field: 'sendID', value: 'u-1' })
test(isNone, { ask: 'hold', hold: { field: 'userID', value: 'u-1', until: 'soon', since: 'now', case: '1' } })
test(isNone, { ask: 'end hold', field: 'userID', value: 'u-1', case: 1 })

test('an answer has a head, lines and a foot', async t => {
  const dir = await stateFolder(t)
  const record = envelope('2026-12-01T10:00:00Z')
  await writeSegments(dir, [record, envelope('2026-12-01T10:00:01Z', { users: ['u-2'] })])
  const { url } = await startPeer(t, dir)
  const response = await post(url + path, { ...lines, bytes: ['"u-1"'] })
  t.is(response.headers.get('content-type'), 'application/x-ndjson; charset=utf-8')
  t.is(response.headers.get('x-content-type-options'), 'nosniff')
  t.is(response.headers.get('cache-control'), 'no-store')
  const told = (await response.text()).split('\n').filter(line => line !== '')
  t.deepEqual(
    told.map(line => JSON.parse(line)),
    [
      { head: { instances: [{ instance: 'one', hours: [Date.parse('2026-12-01T10:00:00Z')] }] } },
      record,
      { foot: { foreign: 0, newer: 0, cut: 0, unreadable: [] } },
    ],
  )
})

test('while an answer is not read, others wait, more are refused, and the service does other things', async t => {
  const dir = await stateFolder(t)
  const start = Date.parse('2026-12-01T10:00:00Z')
  const long = 'x'.repeat(1000)
  await writeSegments(
    dir,
    Array.from({ length: 60_000 }, (_, at) => envelope(start + at, { message: long })),
  )
  const { url, port, asks } = await startPeer(t, dir, { places: 2 })
  const body = JSON.stringify(lines)
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  const unread = request({ port, host: '127.0.0.1', path, method: 'POST', headers }).end(body)
  const [response] = await once(unread, 'response')
  const waiting = post(url + path, history)
  const refused = async (): Promise<Response> => {
    const answer = await post(url + path, history)
    return answer.status === 429 ? answer : refused()
  }
  const answer = await refused()
  t.is(answer.headers.get('retry-after'), '10')
  t.deepEqual(await answer.json(), { error: 'Too many questions are waiting; ask again in a few seconds' })
  t.is((await fetch(`${url}/healthz`)).status, 200)
  // Whoever goes away makes room.
  response.destroy()
  t.regex(await (await waiting).text(), /^\n*\{"answer":\{"lines":\[\],"foreign":0\}\}\n$/)
  t.not(asks.enter(), undefined)
})

test('an answer that is not read waits in the record, not in memory', async t => {
  const part = new Uint8Array(65_536).fill(10)
  const parts = 400
  let written = 0
  const asks: Asks = {
    enter: () => () => {},
    run: async (_question, write) => {
      for (; written < parts; written++) await write(part)
      return undefined
    },
  }
  const { url, port } = await startAsked(t, { asks, times: farMs })
  const body = JSON.stringify(lines)
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  const unread = request({ port, host: '127.0.0.1', path, method: 'POST', headers }).end(body)
  const [response] = await once(unread, 'response')
  t.is((await fetch(`${url}/healthz`)).status, 200)
  t.true(written < parts)
  let size = 0
  for await (const chunk of response) size += chunk.length
  t.is(size, parts * part.length)
})

test('an answer is stopped at its deadline, and says so', async t => {
  const asks = endlessAsks()
  const { url } = await startAsked(t, { asks, times: { ...farMs, readMs: 50 } })
  const response = await post(url + path, history)
  t.is(await response.text(), '{"problem":"This took longer than 0.05 s and was stopped"}\n')
})

test('signs of life are sent while there is nothing else', async t => {
  const { url } = await startAsked(t, { asks: endlessAsks(), times: { ...farMs, aliveMs: 5 } })
  const response = await post(url + path, history)
  const { value } = (await response.body?.getReader().read()) ?? {}
  t.regex(new TextDecoder().decode(value), /^\n+$/)
})

test('reading ends when nobody waits for it any more, erasing does not', async t => {
  const ends: string[] = []
  const asks = endlessAsks()
  const { run } = asks
  let over = () => {}
  const isOver = new Promise<void>(resolve => {
    over = resolve
  })
  asks.run = (question, write, signal) => {
    signal.addEventListener('abort', () => {
      ends.push(question.ask)
      over()
    })
    return run(question, write, signal)
  }
  const { url } = await startAsked(t, { asks, times: farMs })
  for (const question of [{ ask: 'forget', field: 'userID', value: 'u-1' }, history]) {
    const client = new AbortController()
    await fetch(url + path, {
      method: 'POST',
      signal: client.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    })
    client.abort()
  }
  await isOver
  t.deepEqual(ends, ['history'])
})

test('what is asked while the service stops is not answered', async t => {
  const { url, asks } = await startPeer(t, await stateFolder(t))
  await asks.close()
  t.is(await (await post(url + path, history)).text(), '{"problem":"The service is stopping"}\n')
})
