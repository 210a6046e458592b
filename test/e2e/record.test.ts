import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { type RecordedDecision, type RecordedEvent, readContentLine, readLine } from '../../src/record/record-line.ts'
import { requestsOf } from '../callbacks/_requests.ts'
import { command, post, sample } from '../serve/_http.ts'
import { linesOnRecord } from '../state/_recorder.ts'
import { until } from '../state/_until.ts'
import { makeRules, runToEnd, startService } from './_service.ts'

const names = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: { code: 5001, message: No links }
  - rule: no-admins
    when: { nickName: { contains: admin } }
    reject: { code: 5002, message: "{nickName} is not a name" }
    mode: shadow
`

async function recording(
  t: ExecutionContext,
  files: Record<string, string> = { 'names.yaml': names },
  ...args: string[]
) {
  const dir = await makeRules(t, files)
  const state = join(dir, '.hookwarden')
  return { dir, state, ...(await startService(t, dir, '--record', '--instance', 'im-1', ...args)) }
}

async function statusOf(admin: string) {
  const { record } = (await (await fetch(`${admin}/status`)).json()) as {
    record: { written: number; queued: number } & Record<string, unknown>
  }
  return record
}

async function onRecord(state: string) {
  const lines = (await linesOnRecord(state)).map(line => readLine(line))
  const decisions = lines.filter((line): line is RecordedDecision => line?.kind === 'decision')
  const events = lines.filter((line): line is RecordedEvent => line?.kind === 'event')
  const contents = (await linesOnRecord(state, 'content')).map(line => readContentLine(line))
  return { decisions, events, contents }
}

test('every call is on record under the id of its answer, and SIGTERM writes what waits', async t => {
  const { state, child, exited, webhooks, admin } = await recording(t)
  const ids: (string | null)[] = []
  for (const nickName of ['Ann', 'http://x', 'admin']) {
    const response = await post(`${webhooks}/${command}`, { ...sample, nickName }, { operationID: 'op-1' })
    ids.push(response.headers.get('x-request-id'))
  }
  await post(`${webhooks}/${command}`, '{')
  await until(async () => (await statusOf(admin)).written === 3)
  t.deepEqual(await statusOf(admin), {
    written: 3,
    dropped: { 'queue full': 0, 'disk full': 0, failed: 0 },
    queued: 0,
    lastError: null,
  })
  await post(`${webhooks}/${command}`, sample)
  child.kill('SIGTERM')
  t.is(await exited, 0)
  const { decisions, events, contents } = await onRecord(state)
  t.is(decisions.length, 4)
  t.deepEqual(
    decisions.slice(0, 3).map(({ id }) => id),
    ids as string[],
  )
  t.deepEqual(
    decisions.map(({ id }) => id),
    contents.map(content => content?.id),
  )
  t.like(decisions[0], {
    operationID: 'op-1',
    users: ['user789'],
    groups: ['12345'],
    decision: 'allow',
    language: 2,
    instance: 'im-1',
  })
  t.like(decisions[1], { decision: 'reject', code: 5001, rule: 'no-links', message: 'No links' })
  t.deepEqual(decisions[2]?.matches, [{ rule: 'no-admins', stage: 'reject', mode: 'shadow', exempted: false }])
  t.deepEqual(contents[0]?.call, { ...sample, nickName: 'Ann' })
  t.deepEqual(
    events.map(({ event }) => event),
    ['started', 'failed', 'stopped'],
  )
  t.like(events[1], { status: 400, decision: 'reject', problem: 'The body is not valid JSON' })
})

test('files of the record are for their owner only, compressed at the end', async t => {
  const { state, child, exited, webhooks } = await recording(t)
  await post(`${webhooks}/${command}`, sample)
  child.kill('SIGTERM')
  await exited
  const [day = ''] = readdirSync(join(state, 'record'))
  const [hour = ''] = readdirSync(join(state, 'record', day))
  const folder = join(state, 'record', day, hour)
  t.deepEqual(readdirSync(folder), ['im-1-1.content.jsonl.gz', 'im-1-1.envelope.jsonl.gz'])
  t.is(statSync(join(folder, 'im-1-1.content.jsonl.gz')).mode & 0o77, 0)
  t.is(statSync(folder).mode & 0o77, 0)
})

test('real requests of all callbacks are on record, reloads between them', async t => {
  const { dir, state, child, exited, log, webhooks } = await recording(
    t,
    { 'names.yaml': names },
    '--on-failure',
    'allow',
  )
  const sent: unknown[] = []
  for (const callback of callbacks) {
    for (const { path, headers, body } of requestsOf(callback)) {
      const response = await fetch(webhooks + path, { method: 'POST', headers, body })
      t.is(response.status, 200, body)
      sent.push(JSON.parse(body))
    }
  }
  writeFileSync(join(dir, 'names.yaml'), names.replace('5002', '5003'))
  await log.until('rules loaded')
  writeFileSync(join(dir, 'names.yaml'), 'rules: 7')
  await log.until('rules not loaded; the previous rules stay in force')
  child.kill('SIGTERM')
  await exited
  const { decisions, contents, events } = await onRecord(state)
  t.is(decisions.length, sent.length)
  t.is(new Set(contents.map(content => content?.id)).size, sent.length)
  t.deepEqual(
    events.map(({ event }) => event),
    ['started', 'reloaded', 'reload failed', 'stopped'],
  )
})

test('without --record no call is recorded', async t => {
  const dir = await makeRules(t, { 'names.yaml': names })
  const { child, exited, webhooks, admin } = await startService(t, dir)
  await post(`${webhooks}/${command}`, sample)
  t.is(await statusOf(admin), null as never)
  child.kill('SIGTERM')
  await exited
  t.false(existsSync(join(dir, '.hookwarden/record')))
})

test('masks are on record, and a mistake in them ends the start', async t => {
  const dir = await makeRules(t, {
    'names.yaml': names,
    'masks.conf': 'all callbacks: { every user: hash, nickName: drop }',
  })
  const masks = join(dir, 'masks.conf')
  const state = join(dir, '.hookwarden')
  const { child, exited, webhooks } = await startService(t, dir, '--record', '--record-masks', masks)
  await post(`${webhooks}/${command}`, sample)
  child.kill('SIGTERM')
  await exited
  const { decisions, contents } = await onRecord(state)
  t.regex(String(decisions[0]?.users), /^h-[\w-]{22}$/)
  t.deepEqual(decisions[0]?.masked, ['userID', 'nickName'])
  t.false('nickName' in (contents[0]?.call ?? {}))
  writeFileSync(masks, 'all callbacks: { nickname: drop }')
  const { code, err } = await runToEnd(t, [
    'serve',
    '--rules',
    dir,
    '--state',
    state,
    '--record',
    '--record-masks',
    masks,
  ])
  t.is(code, 2)
  t.regex(err, /masks\.conf:1:18 .*No callback has a field "nickname"[\s\S]*Did you mean "nickName"\?/)
})

test('the secret of hashes can be shared', async t => {
  const dir = await makeRules(t, {
    'names.yaml': names,
    'masks.conf': 'all callbacks: { userID: hash }',
    secret: 'sixteen bytes or more\n',
  })
  const hashes: unknown[] = []
  for (const state of ['a', 'b']) {
    const flags = ['--record', '--record-masks', join(dir, 'masks.conf'), '--secret-file', join(dir, 'secret')]
    const { child, exited, webhooks } = await startService(t, dir, ...flags, '--state', join(dir, `.${state}`))
    await post(`${webhooks}/${command}`, sample)
    child.kill('SIGTERM')
    await exited
    hashes.push((await onRecord(join(dir, `.${state}`))).decisions[0]?.users[0])
  }
  t.is(hashes[0], hashes[1])
  writeFileSync(join(dir, 'secret'), 'short\n')
  const { code, err } = await runToEnd(t, [
    'serve',
    '--rules',
    dir,
    '--state',
    join(dir, '.c'),
    '--record',
    '--secret-file',
    join(dir, 'secret'),
  ])
  t.is(code, 2)
  t.regex(err, /has 5 bytes; write at least 16/)
})

test('a second process does not record in the same folder', async t => {
  const { dir, state } = await recording(t)
  const { code, err } = await runToEnd(t, ['serve', '--rules', dir, '--state', state, '--record', '--port', '0'])
  t.is(code, 2)
  t.regex(err, /is in use by process \d+\. Give each process its own folder with --state DIR/)
})

test('calls are answered and counted while the folder cannot be used', async t => {
  const dir = await makeRules(t, { 'names.yaml': names, file: '' })
  const { log, webhooks, admin } = await startService(t, dir, '--record', '--state', join(dir, 'file'))
  t.is((await post(`${webhooks}/${command}`, sample)).status, 200)
  await until(async () => (await statusOf(admin)).dropped !== undefined)
  t.like(await statusOf(admin), { written: 0, dropped: { failed: 1 } })
  t.regex(String((await statusOf(admin)).lastError), /Cannot use/)
  t.truthy(log.lines.find(({ msg }) => msg === 'cannot write the record'))
})

test('a refusal tells its id where the settings say so', async t => {
  const { webhooks } = await recording(t, { 'names.yaml': names }, '--id-in-detail')
  for (const body of [
    { ...sample, nickName: '://' },
    { ...sample, nickName: 7 },
  ]) {
    const response = await post(`${webhooks}/${command}`, body)
    const { errDlt } = (await response.json()) as { errDlt: string }
    t.true(errDlt.includes(`id ${response.headers.get('x-request-id')}`), errDlt)
  }
  const allowed = await post(`${webhooks}/${command}`, sample)
  t.is(((await allowed.json()) as { errDlt: string }).errDlt, '')
})

/** A record with two refusals by one rule and one of another user. */
async function smallRecord(t: ExecutionContext): Promise<string> {
  const { dir, state, child, exited, webhooks } = await recording(t)
  for (const [userID, nickName] of [
    ['u-1', '://a'],
    ['u-2', '://b'],
    ['u-1', 'fine'],
  ]) {
    await post(`${webhooks}/${command}`, { ...sample, userID, nickName })
  }
  child.kill('SIGTERM')
  await exited
  const [day = ''] = readdirSync(join(state, 'record'))
  t.teardown(() => rmSync(state, { recursive: true, force: true }))
  return `${dir}\n${day}`
}

function recipes(language: string): string[] {
  const page = readFileSync('src/state/README.md', 'utf8')
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code)
}

test('the recipes of the chapter for zcat and jq work', async t => {
  const [dir = '', day = ''] = (await smallRecord(t)).split('\n')
  const [byRule = '', ofUser = ''] = recipes('sh')
  const run = (code: string) =>
    execFileSync('sh', ['-c', code.replaceAll('2026-12-01', day)], { cwd: dir, encoding: 'utf8' })
  try {
    execFileSync('jq', ['--version'])
  } catch {
    t.log('skipped: jq is not installed')
    return t.pass()
  }
  t.regex(run(byRule), /^ *2 no-links\n$/)
  t.regex(run(ofUser), /^\["[0-9a-z]{20}","no-links","No links"\]\n$/)
})

type DuckDb = {
  DuckDBInstance: {
    create(): Promise<{ connect(): Promise<{ runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }> }> }>
  }
}

function duckDb(): DuckDb | undefined {
  try {
    return createRequire(import.meta.url)('@duckdb/node-api') as DuckDb
  } catch (error) {
    if ((error as { code?: string }).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

test('the recipes of the chapter for DuckDB work', async t => {
  const found = duckDb()
  if (found === undefined) {
    t.log('skipped: @duckdb/node-api is not installed')
    return t.pass()
  }
  const [dir = ''] = (await smallRecord(t)).split('\n')
  const connection = await (await found.DuckDBInstance.create()).connect()
  const ask = async (sql: string) =>
    (await connection.runAndReadAll(sql.replaceAll("'.hookwarden", `'${dir}/.hookwarden`))).getRows()
  const [byRule = '', contents = ''] = recipes('sql')
  t.deepEqual(
    (await ask(byRule)).map(([rule, refused]) => [rule, Number(refused)]),
    [['no-links', 2]],
  )
  t.is((await ask(contents)).length, 2)
})
