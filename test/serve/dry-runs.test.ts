import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import test, { type ExecutionContext } from 'ava'
import { dryRunPath, endless, makeDryRuns, ruleFile, startAdminOf, startDryRuns } from './_dry-runs.ts'
import { post, sample, wire } from './_http.ts'

/** No test waits this long. */
const farMs = 600_000

/** For tests that change nothing about it. A thread takes a second to start, so few are started, one at a time. */
const shared = makeDryRuns()
test.after.always(() => shared.dryRuns.close())

const link = { payload: { ...sample, nickName: 'http://x' } }

async function codeBy(url: string, body: object = link): Promise<number> {
  const answer = (await (await post(`${url}/${dryRunPath}`, body)).json()) as { decision: { code: number } }
  return answer.decision.code
}

/** Ask until there is room again. */
async function untilPlace(url: string): Promise<Response> {
  for (;;) {
    const response = await post(`${url}/${dryRunPath}`, link)
    if (response.status !== 429) return response
  }
}

/** Ask until all places are taken: then what was posted before runs or waits. */
async function untilFull(url: string): Promise<Response> {
  for (;;) {
    const response = await post(`${url}/${dryRunPath}`, link)
    if (response.status === 429) return response
  }
}

test.serial('a dry run is stopped at its deadline with an error, and the next one runs', async t => {
  const { dryRuns } = startDryRuns(t)
  const [hasty, patient] = [await startAdminOf(t, dryRuns, 100), await startAdminOf(t, dryRuns, farMs)]
  // The thread has to be there, or its start would be all that is stopped.
  t.is(await codeBy(patient.url), 5001)
  const stopped = await post(`${hasty.url}/${dryRunPath}`, endless)
  t.is(stopped.status, 503)
  t.deepEqual(await stopped.json(), { error: 'This took longer than 0.1 s and was stopped' })
  t.is(await codeBy(patient.url), 5001)
})

test.serial('one runs, four wait, and more are asked to try again', async t => {
  const { dryRuns } = startDryRuns(t)
  const { url, lines } = await startAdminOf(t, dryRuns, farMs)
  const clients = new AbortController()
  const asked = Array.from({ length: 8 }, () =>
    fetch(`${url}/${dryRunPath}`, {
      method: 'POST',
      signal: clients.signal,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(endless),
    }),
  )
  for (const answered of [1, 2, 3]) {
    const { response, at } = await Promise.race(asked.map(async (each, at) => ({ response: await each, at })))
    t.is(response.status, 429, `${answered}`)
    t.is(response.headers.get('retry-after'), '10')
    t.deepEqual(await response.json(), { error: 'Too many dry runs are waiting; try again in a few seconds' })
    asked.splice(at, 1)
  }
  t.is(asked.length, 5)
  // Those that wait are dropped, and the one that runs is stopped.
  clients.abort()
  for (const each of asked) await t.throwsAsync(each, { any: true, name: 'AbortError' })
  t.is((await untilPlace(url)).status, 200)
  const gone = lines.filter(({ problem }) => problem === 'The connection was closed before the answer')
  t.is(gone.length, 5)
})

test.serial('the rules in force are sent to the thread once a version', async t => {
  const { dryRuns, reload, sent } = startDryRuns(t)
  const { url } = await startAdminOf(t, dryRuns, farMs)
  t.is(await codeBy(url), 5001)
  t.is(await codeBy(url, { ...link, files: { 'b.yaml': ruleFile(6000) } }), 6000)
  t.is(await codeBy(url), 5001)
  t.is(sent(), 1)
  reload()
  t.is(await codeBy(url), 5002)
  t.is(sent(), 2)
})

test.serial('rules of the body need no others', async t => {
  const { dryRuns, sent } = startDryRuns(t)
  const { url } = await startAdminOf(t, dryRuns, farMs)
  t.is(await codeBy(url, { ...link, files: { 'b.yaml': ruleFile(6000) } }), 6000)
  t.is(sent(), 0)
})

test.serial('an idle thread ends, and the next dry run gets another', async t => {
  const { dryRuns, sent } = startDryRuns(t, { idleMs: 1 })
  const { url } = await startAdminOf(t, dryRuns, farMs)
  while (sent() < 2) t.is(await codeBy(url), 5001)
})

/** A list that takes more memory than there is. */
const huge = Array.from({ length: 500_000 }, (_, at) => `${at}.test`).join('\n')

const hugeRule = `callback: beforeSetGroupMemberInfo
rules: [{ rule: r, when: { nickName: { looks like a word in: huge } }, reject: 5001 }]
`

test.serial('rules that need too much memory get an answer, and the next dry run runs', async t => {
  const { dryRuns } = startDryRuns(t, { maxHeapMb: 128 })
  const { url } = await startAdminOf(t, dryRuns, farMs)
  const response = await post(`${url}/${dryRunPath}`, {
    ...link,
    files: { 'a.yaml': hugeRule, 'lists/huge.txt': huge },
  })
  t.is(response.status, 503)
  const error = 'This needs more memory than dry runs may use: 128 MB, including the rules in force'
  t.deepEqual(await response.json(), { error })
  t.is(await codeBy(url), 5001)
})

test.serial('closing answers what runs or waits, and nothing runs any more', async t => {
  const { dryRuns } = startDryRuns(t, { places: 2 })
  const { url } = await startAdminOf(t, dryRuns, farMs)
  const asked = [post(`${url}/${dryRunPath}`, endless), post(`${url}/${dryRunPath}`, endless)]
  await untilFull(url)
  await dryRuns.close()
  for (const response of [...(await Promise.all(asked)), await post(`${url}/${dryRunPath}`, link)]) {
    t.deepEqual([response.status, await response.json()], [503, { error: 'The service is stopping' }])
  }
})

test.serial('a crashed thread is an internal error, and the next dry run gets a new one', async t => {
  const script = new URL('data:text/javascript,throw new TypeError("broken inside")')
  const { dryRuns } = startDryRuns(t, { script })
  const { url, lines } = await startAdminOf(t, dryRuns, farMs)
  for (const at of [0, 1]) {
    t.is((await post(`${url}/${dryRunPath}`, link)).status, 500)
    t.like(lines[at], { msg: 'failed', err: { message: 'broken inside' } })
  }
})

test.serial('a body that is too long is refused, with and without a Content-Length', async t => {
  const { url } = await startAdminOf(t, shared.dryRuns, farMs)
  const tooLong = 'x'.repeat(8 * 1024 * 1024 + 1)
  const error = { error: 'The body is longer than 8388608 bytes' }
  const told = await post(`${url}/${dryRunPath}`, tooLong)
  t.deepEqual([told.status, await told.json()], [413, error])
  const { status, body } = await postInPieces(url, [tooLong.slice(10), tooLong.slice(0, 10)])
  t.deepEqual([status, JSON.parse(body)], [413, error])
})

test.serial('a body in pieces is read whole', async t => {
  const { url } = await startAdminOf(t, shared.dryRuns, farMs)
  const name = JSON.stringify({ payload: { ...sample, nickName: '名://' } })
  const bytes = Buffer.from(name)
  const middle = bytes.indexOf(Buffer.from('名')) + 1
  const { status, body } = await postInPieces(url, [bytes.subarray(0, middle), bytes.subarray(middle)])
  t.is(status, 200)
  t.like(JSON.parse(body), { decision: { code: 5001 } })
})

/** Post a body without saying how long it is. */
async function postInPieces(url: string, pieces: readonly (string | Buffer)[]) {
  const call = posting(url)
  for (const piece of pieces) await new Promise(resolve => call.write(piece, resolve))
  call.end()
  const [response]: IncomingMessage[] = await once(call, 'response')
  return { status: response?.statusCode, body: await text(response as IncomingMessage) }
}

function posting(url: string): ClientRequest {
  return request(`${url}/${dryRunPath}`, { method: 'POST', headers: { 'Content-Type': 'application/json' } })
}

test.serial('a client that disconnects in the middle of its body frees its place', async t => {
  const { dryRuns } = startDryRuns(t, { places: 1 })
  const { url, port, lines } = await startAdminOf(t, dryRuns, farMs)
  const socket = connect(port, '127.0.0.1')
  socket.write(wire(`POST /${dryRunPath} HTTP/1.1`, { 'Content-Type': 'application/json', 'Content-Length': 9 }, '{'))
  await untilFull(url)
  socket.destroy()
  t.is((await untilPlace(url)).status, 200)
  t.true(lines.some(({ problem }) => problem === 'The body is incomplete or malformed'))
})

test.serial('an answer that nobody reads keeps its place while it is in memory', async t => {
  const { dryRuns } = startDryRuns(t, { places: 1 })
  const { url } = await startAdminOf(t, dryRuns, farMs)
  // More than the system buffers for a connection.
  const payload = { ...sample, nickName: 'x'.repeat(8_000_000) }
  const call = posting(url).end(JSON.stringify({ payload }))
  const [response]: IncomingMessage[] = await once(call, 'response')
  t.is(response?.statusCode, 200)
  await untilFull(url)
  call.destroy()
  t.is((await untilPlace(url)).status, 200)
})

async function answersTooLong(t: ExecutionContext, body: object) {
  const { url } = await startAdminOf(t, shared.dryRuns, farMs)
  const response = await post(`${url}/${dryRunPath}`, body)
  t.is(response.status, 422)
  return (await response.json()) as { error?: string; diagnostics?: { severity: string }[]; others?: number }
}

test.serial('a report that would be too long is refused', async t => {
  const rules = Array.from({ length: 40 }, (_, at) => `  - { rule: r${at}, when: { nickName: x }, reject: 5001 }`)
  const files = { 'a.yaml': ['callback: beforeSetGroupMemberInfo', 'rules:', ...rules].join('\n') }
  const { error } = await answersTooLong(t, { payload: { ...sample, nickName: 'x'.repeat(500_000) }, files })
  t.regex(error ?? '', /^The report is longer than 16777216 bytes/)
})

test.serial('very many diagnostics are cut, and the rest counted', async t => {
  const rules = Array.from({ length: 90 }, (_, at) => `  - { rule: r${at}, when: { nickNam: x }, reject: 5001 }`)
  const text = ['callback: beforeSetGroupMemberInfo', 'rules:', ...rules].join('\n')
  const files = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`${at}.yaml`, text.replaceAll('rule: r', `rule: r${at}-`)]),
  )
  const { diagnostics = [], others = 0 } = await answersTooLong(t, { payload: sample, files })
  t.true(diagnostics.length > 100)
  t.true(others > 0)
  t.is(diagnostics.length + others, 900)
})
