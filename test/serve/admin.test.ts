import test, { type ExecutionContext } from 'ava'
import type { Call } from '../../src/decide/call.ts'
import { type AdminDeps, buildAdminApp } from '../../src/serve/admin.ts'
import { answerDryRun, type DryRunDeps } from '../../src/serve/dry-run-answer.ts'
import { readDryRun } from '../../src/serve/dry-run-request.ts'
import type { DryRuns } from '../../src/serve/dry-run-thread.ts'
import type { RulesInForce } from '../../src/serve/observer.ts'
import type { Show } from '../../src/serve/reload-status.ts'
import { Stopping } from '../../src/serve/stop.ts'
import { UnknownCallbacks } from '../../src/serve/unknown-callbacks.ts'
import type { Diagnostic } from '../../src/yaml/diagnostic.ts'
import type { SourceFile } from '../../src/yaml/source.ts'
import { uncounted, unmeasured, unrecorded } from './_counts.ts'
import { command, configOf, loggingTo, parseAnswers, post, sample, startApp, talk, wire } from './_http.ts'
import { unfused, unpaused } from './_pauses.ts'

const counts = { total: 3, enforce: 1, shadow: 1, disabled: 1 }
const inForce: RulesInForce = { version: 'v1', counts }
const since = '2026-11-22T20:00:00.000Z'

/** Every diagnostic on the first line: places are for another test. */
const show: Show = diagnostics =>
  diagnostics.map(({ span, severity, code, message }) => ({
    file: span.file,
    line: 1,
    column: span.start + 1,
    severity,
    code,
    message,
  }))

const misspelt: Diagnostic = {
  severity: 'error',
  code: 'unknown-key',
  message: 'There is no key "wehn"',
  span: { file: 'a.yaml', start: 4, end: 8 },
}

/** Rules of the body: a file `broken.yaml` has an error, and the version names the files. */
function compile(files: readonly SourceFile[]) {
  const isBroken = files.some(({ file }) => file === 'broken.yaml')
  if (isBroken) return { ruleSet: null, diagnostics: [misspelt] }
  return { ruleSet: { version: files.map(({ file }) => file).join(), counts }, diagnostics: [] }
}

async function report(ruleSet: RulesInForce, call: Call, at: number) {
  return { version: ruleSet.version, values: Object.fromEntries(call.values), at }
}

/** Dry runs without a thread. */
function dryRunsOf(changes: Partial<DryRunDeps<RulesInForce>> = {}): DryRuns {
  const deps = { current: () => inForce, compile, report, show, maxTextBytes: 65_536, ...changes }
  return {
    enter: () => () => {},
    run: async ({ command, body }) => {
      const wanted = readDryRun(body)
      if (!wanted.ok) return { status: 400, problem: wanted.problem }
      return answerDryRun(command, wanted, deps)
    },
  }
}

async function startAdmin(t: ExecutionContext, changes: Partial<AdminDeps<RulesInForce>> = {}) {
  const lines: Record<string, unknown>[] = []
  const loaded = { ok: true as const, at: since, ruleSet: inForce, isNew: true, files: [], diagnostics: [] }
  const deps: AdminDeps<RulesInForce> = {
    status: {
      counts: uncounted,
      record: unrecorded,
      draft: { status: null },
      pauses: { all: [], aloneSince: null },
      fuses: unfused,
      rules: { current: inForce, since, lastReload: loaded },
      show,
      unknownCallbacks: new UnknownCallbacks(),
      config: configOf({ prefix: 's3cret', counts: 'redis://us3r:s3cret@h' }),
      uptimeMs: () => 12.3,
    },
    dryRuns: dryRunsOf(),
    pauses: unpaused,
    metrics: unmeasured,
    health: { hasRules: () => true, stopping: new Stopping() },
    observer: loggingTo(lines),
    ...changes,
  }
  return { ...(await startApp(t, buildAdminApp(deps))), lines, deps }
}

const at = Date.parse('2026-03-01T22:30:00Z')
const dryRunPath = `dry-run/${command}`

test('the status has rules, reload, uptime and configuration, but no secret', async t => {
  const { url, lines } = await startAdmin(t)
  const response = await fetch(`${url}/status`)
  t.is(response.status, 200)
  t.deepEqual(await response.json(), {
    version: 'v1',
    since,
    rules: counts,
    lastReload: { ok: true, at: since, version: 'v1', diagnostics: [] },
    counts: uncounted.status,
    record: null,
    draft: null,
    pauses: [],
    pausesAloneSince: null,
    fuses: unfused.status,
    unknownCallbacks: { names: [], others: 0 },
    uptimeMs: 12,
    config: { ...configOf(), prefix: '(set)', counts: 'redis://h' },
  })
  t.deepEqual(lines, [])
})

test('the status shows why the last reload failed', async t => {
  const lastReload = { ok: false as const, at: since, files: [], diagnostics: [misspelt] }
  const { deps } = await startAdmin(t)
  const failed = { ...deps.status, rules: { current: inForce, since, lastReload } }
  const { url } = await startAdmin(t, { status: failed })
  const { message } = misspelt
  t.like(await (await fetch(`${url}/status`)).json(), {
    version: 'v1',
    lastReload: {
      ok: false,
      diagnostics: [{ file: 'a.yaml', line: 1, column: 5, severity: 'error', code: 'unknown-key', message }],
    },
  })
})

test('the status shows that the folder was the problem', async t => {
  const lastReload = {
    ok: false as const,
    at: since,
    files: [],
    diagnostics: [],
    error: new Error('Cannot read rules'),
  }
  const { deps } = await startAdmin(t)
  const { url } = await startAdmin(t, { status: { ...deps.status, rules: { current: null, since: null, lastReload } } })
  t.like(await (await fetch(`${url}/status`)).json(), {
    version: null,
    since: null,
    rules: null,
    lastReload: { ok: false, at: since, error: 'Cannot read rules', diagnostics: [] },
  })
})

test('a dry run reports on the rules in force, at the time given, without a line in the log', async t => {
  const { url, lines } = await startAdmin(t)
  const response = await post(`${url}/${dryRunPath}`, { payload: sample, at: '2026-03-01T23:30:00+01:00' })
  t.is(response.status, 200)
  const { callbackCommand, ...values } = sample
  t.deepEqual(await response.json(), { version: 'v1', values, at })
  t.deepEqual(lines, [])
})

test('a dry run takes a short name, and now for a time', async t => {
  const { url } = await startAdmin(t)
  const before = Date.now()
  const answer = (await (await post(`${url}/dry-run/beforeSetGroupMemberInfo`, { payload: {} })).json()) as {
    at: number
  }
  t.true(answer.at >= before && answer.at <= Date.now())
})

test('a dry run reports on rules in the body, sorted as in a folder', async t => {
  const { url } = await startAdmin(t)
  const files = { 'b/c.yml': '', 'lists/x.txt': 'x', 'a.yaml': 'rules: []' }
  const response = await post(`${url}/${dryRunPath}`, { payload: {}, at: '2026-03-01T22:30:00Z', files })
  t.deepEqual(
    [response.status, await response.json()],
    [200, { version: 'a.yaml,b/c.yml,lists/x.txt', values: {}, at }],
  )
})

test('rules with errors get their diagnostics', async t => {
  const { url } = await startAdmin(t)
  const response = await post(`${url}/${dryRunPath}`, { payload: {}, files: { 'broken.yaml': '' } })
  t.is(response.status, 422)
  t.deepEqual(await response.json(), { diagnostics: show([misspelt], []) })
})

test('without rules in force a dry run needs its own', async t => {
  const { url } = await startAdmin(t, { dryRuns: dryRunsOf({ current: () => null }) })
  const without = await post(`${url}/${dryRunPath}`, { payload: {} })
  t.deepEqual([without.status, await without.json()], [503, { error: 'No rules are in force' }])
  t.is((await post(`${url}/${dryRunPath}`, { payload: {}, files: { 'a.yaml': '' } })).status, 200)
})

const isRefused = test.macro({
  title: (_, body: unknown) => `a dry run refuses ${JSON.stringify(body).slice(0, 80)}`,
  async exec(t, body: unknown, error: string) {
    const { url } = await startAdmin(t)
    const response = await post(`${url}/${dryRunPath}`, body)
    t.deepEqual([response.status, await response.json()], [400, { error }])
  },
})

const badAt = '"at" must be a date and time with an offset, like "2026-03-01T22:30:00Z"'
test(isRefused, '', 'The body must be a JSON object with "payload"')
test(isRefused, [], 'The body must be a JSON object with "payload"')
test(isRefused, '{', 'The body is not valid JSON')
test(isRefused, {}, '"payload" is missing: add the request as the IM server would send it')
test(
  isRefused,
  { payload: {}, file: {} },
  'Unknown key "file"; the keys are payload, at, files, engine, after and counts',
)
test(
  isRefused,
  '{"payload":{},"__proto__":{}}',
  'Unknown key "__proto__"; the keys are payload, at, files, engine, after and counts',
)
test(isRefused, { payload: {}, engine: 'yes' }, '"engine" must be true or false')
test(isRefused, { payload: [] }, 'In "payload": The body must be a JSON object, not an array')
test(
  isRefused,
  { payload: { roleLevel: '20' } },
  'In "payload": "roleLevel" must be a 32-bit integer or null, not text',
)
test('a dry run takes no longer texts than webhooks may have', async t => {
  const { url } = await startAdmin(t, { dryRuns: dryRunsOf({ maxTextBytes: 4 }) })
  const response = await post(`${url}/${dryRunPath}`, { payload: { nickName: 'admin' } })
  t.is(response.status, 413)
  t.deepEqual(await response.json(), { error: 'In "payload": "nickName" is longer than 4 bytes' })
})
test(isRefused, { payload: {}, at: 5 }, badAt)
test(isRefused, { payload: {}, at: '2026-03-01' }, badAt)
test(isRefused, { payload: {}, at: '2026-03-01T22:30:00' }, badAt)
test(isRefused, { payload: {}, files: [] }, '"files" must be an object that maps paths to texts')
test(isRefused, { payload: {}, files: { 'a.yaml': 1 } }, '"a.yaml" in "files" must be text')
for (const file of [
  '',
  '/a.yaml',
  '../a.yaml',
  'a/../b.yaml',
  'a//b.yaml',
  './a.yaml',
  '.a.yaml',
  'a\\b.yaml',
  'a.txt',
  'a.json',
  'lists/a/b.txt',
  '__proto__',
  'lists/.x.txt',
]) {
  test(
    isRefused,
    `{"payload":{},"files":{${JSON.stringify(file)}:""}}`,
    `A path in "files" must be ….yaml, ….yml or lists/….txt, not "${file}"`,
  )
}
test(
  isRefused,
  { payload: {}, files: { 'a.yaml': 'x'.repeat(600_000) } },
  '"files" is too long: at most 524288 characters of YAML are allowed',
)

test('an unknown callback is not found, and the nearest named', async t => {
  const { url } = await startAdmin(t)
  const response = await post(`${url}/dry-run/beforeSetGroupMember`, { payload: {} })
  t.is(response.status, 404)
  t.regex(
    ((await response.json()) as { error: string }).error,
    /^There is no callback "beforeSetGroupMember"; the nearest is/,
  )
})

test('an internal error is reported as such, and logged under its id', async t => {
  const broken = () => Promise.reject(new TypeError('broken inside'))
  const { url, lines } = await startAdmin(t, { dryRuns: dryRunsOf({ report: broken }) })
  const response = await post(`${url}/${dryRunPath}`, { payload: {} })
  t.is(response.status, 500)
  t.deepEqual(await response.json(), { error: 'Internal error; look for the id in X-Request-Id in the log' })
  t.like(lines[0], { requestId: response.headers.get('x-request-id'), level: 50 })
})

test('answers are for nobody to keep or to guess the type of', async t => {
  const { url } = await startAdmin(t)
  for (const path of ['status', 'healthz', 'readyz', 'nothing']) {
    const { headers } = await fetch(`${url}/${path}`)
    t.is(headers.get('content-type'), 'application/json; charset=utf-8')
    t.is(headers.get('x-content-type-options'), 'nosniff')
    t.is(headers.get('cache-control'), 'no-store')
    t.false(headers.has('access-control-allow-origin'))
  }
})

test('a body with another content type than JSON is refused', async t => {
  const { url } = await startAdmin(t)
  const body = JSON.stringify({ payload: {} })
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
    const response = await fetch(`${url}/${dryRunPath}`, { method: 'POST', body, headers: { 'Content-Type': type } })
    t.deepEqual([response.status, await response.json()], [415, { error: 'The Content-Type must be application/json' }])
  }
})

const isHeard = test.macro({
  title: (_, host: string, status: number) => `a request for ${host} gets ${status}`,
  async exec(t, host: string, status: number) {
    const { port } = await startAdmin(t)
    const [answer] = parseAnswers(await talk(port, wire('GET /status HTTP/1.1', { Host: host })))
    t.is(answer?.status, status)
    t.deepEqual(Object.keys(JSON.parse(answer?.body ?? '')).includes('error'), status !== 200)
  },
})

for (const host of ['localhost', 'LOCALHOST:10007', '127.0.0.1', '127.0.0.1:10007', '127.1.2.3', '[::1]', '[::1]:80']) {
  test(isHeard, host, 200)
}
for (const host of [
  '',
  'example.com',
  '127.0.0.1.example.com',
  'localhost.example.com',
  '0.0.0.0',
  '10.0.0.1:10007',
  '127.0.0.1:x',
  '127.0.0.1@example.com',
]) {
  test(isHeard, host, 403)
}

test('webhooks have nothing here', async t => {
  const { url } = await startAdmin(t)
  const response = await post(`${url}/${command}`, sample)
  t.deepEqual([response.status, await response.json()], [404, { error: 'Unknown path' }])
  t.is((await fetch(`${url}/${dryRunPath}`)).status, 405)
  t.is((await fetch(`${url}/${dryRunPath}`)).headers.get('allow'), 'POST')
})

test('a request that is not HTTP also gets an error in JSON', async t => {
  const { port } = await startAdmin(t)
  const [answer] = parseAnswers(await talk(port, 'x\r\n\r\n'))
  t.is(answer?.status, 400)
  t.is(answer?.body, '{"error":"This is not an HTTP request"}')
})
