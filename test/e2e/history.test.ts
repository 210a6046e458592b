import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { readRules } from '../../src/state/kept-rules.ts'
import { run } from '../cli/_run.ts'
import { makeRules, startService, writeRule } from './_service.ts'

const noLinks = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: { code: 5001, message: No links }
`
const stricter = noLinks.replace('contains: "://"', 'contains any: ["://", "www."]')

function git(dir: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ann Chen', '-c', 'user.email=ann@example.org', '-c', 'commit.gpgsign=false']
  return execFileSync('git', ['-C', dir, ...who, ...args], { encoding: 'utf8' }).trim()
}

/** The history of a service's folder, the newest first, once it has as many lines. */
async function historyOf(state: string, count: number) {
  for (;;) {
    const { out } = await run(['history', '--json', '--state', state])
    const { versions } = JSON.parse(out)
    if (versions.length >= count) return versions as { [key: string]: unknown; version: string }[]
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

async function serving(t: ExecutionContext, dir: string) {
  const state = join(dir, '.hookwarden')
  return { state, ...(await startService(t, dir, '--state', state)) }
}

test('each version is kept with its sentences, and a restart adds none', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks, 'lists/l.txt': 'a\n' })
  const first = await serving(t, dir)
  const [one] = await historyOf(first.state, 1)
  t.like(one, { v: 1, before: null, who: null, why: null, source: 'file', sentences: [] })
  await writeRule(dir, 'names.yaml', stricter)
  const [two] = await historyOf(first.state, 2)
  t.is(two?.before, one?.version)
  t.regex(String(two?.sentences), /^May reject calls that passed before:,~ no-links changed\n {2}- .*\n {2}\+ .*www/)
  first.child.kill('SIGTERM')
  t.is(await first.exited, 0)

  const again = await serving(t, dir)
  await writeRule(dir, 'names.yaml', noLinks)
  const all = await historyOf(again.state, 3)
  t.deepEqual(
    all.map(({ version }) => version),
    [one?.version, two?.version, one?.version],
  )
  t.is(readdirSync(join(again.state, 'rules')).length, 2)
  const kept = await readRules(again.state, String(one?.version))
  t.deepEqual(
    kept?.files.map(({ file, content }) => [file, Buffer.from(content).toString()]),
    [
      ['lists/l.txt', 'a\n'],
      ['names.yaml', noLinks],
    ],
  )
  again.child.kill('SIGTERM')
  await again.exited
  t.false(existsSync(join(again.state, 'lock')))
})

test('what changed while the service was down is described when it starts', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks })
  const first = await serving(t, dir)
  await historyOf(first.state, 1)
  first.child.kill('SIGKILL')
  await first.exited
  writeFileSync(join(dir, 'names.yaml'), stricter)
  const second = await serving(t, dir)
  const [line] = await historyOf(second.state, 2)
  t.regex(String(line?.sentences), /no-links changed/)
})

test('in a work tree the commit tells who and why, unless files differ from it', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks })
  git(dir, 'init', '-q')
  git(dir, 'add', 'names.yaml')
  git(dir, 'commit', '-qm', 'Refuse links')
  // What a repository configures must not run.
  git(dir, 'config', 'core.fsmonitor', `touch ${join(dir, 'ran')}; false`)
  const { state } = await serving(t, dir)
  const [first] = await historyOf(state, 1)
  const commit = git(dir, 'rev-parse', 'HEAD')
  t.like(first, { source: 'git', who: 'Ann Chen', why: 'Refuse links', subject: 'Refuse links', commit })
  await writeRule(dir, 'names.yaml', stricter)
  t.like((await historyOf(state, 2))[0], { source: 'file', who: null, why: null })
  t.false(existsSync(join(dir, 'ran')))
})

test('files that were edited first and committed later have who and why of the commit', async t => {
  const dir = await makeRules(t, { 'repo/rules/names.yaml': noLinks, 'repo/NOTES': 'x' })
  const [repo, rules, state] = [join(dir, 'repo'), join(dir, 'repo/rules'), join(dir, 'state')]
  git(repo, 'init', '-q')
  git(repo, 'add', '.')
  git(repo, 'commit', '-qm', 'Refuse links')
  const { child, exited } = await startService(t, rules, '--state', state)
  await historyOf(state, 1)
  await writeRule(rules, 'names.yaml', stricter)
  t.like((await historyOf(state, 2))[0], { source: 'file', who: null })
  await writeRule(rules, 'names.yaml', stricter.replace('5001', '5002'))
  await historyOf(state, 3)
  await writeRule(rules, 'names.yaml', stricter)
  await historyOf(state, 4)
  git(repo, 'commit', '-qam', 'Refuse links without a scheme')
  const commit = git(repo, 'rev-parse', 'HEAD')
  await writeRule(rules, 'names.yaml', `${stricter}# why\n`)
  // What is committed after that is another version.
  const [, fourth, third, second, first] = await historyOf(state, 5)
  git(repo, 'commit', '-qam', 'Say why')
  const later = {
    source: 'git',
    who: 'Ann Chen',
    subject: 'Refuse links without a scheme',
    commit,
    isCommittedLater: true,
  }
  for (const line of [second, fourth]) t.like(line, later)
  t.like(third, { source: 'file', who: null })
  t.like(first, { source: 'git', subject: 'Refuse links' })
  t.is(first?.isCommittedLater, undefined)
  child.kill('SIGTERM')
  await exited
  const shown = await run(['history', '--state', state, '--rules', rules])
  t.true(
    shown.out.includes(`Ann Chen in ${commit.slice(0, 7)}, committed later: Refuse links without a scheme\n`),
    shown.out,
  )
  t.notRegex((await run(['history', '--state', state, '--rules', dir])).out, /committed later/)
})

test('a service that starts removes old lines and rule sets, and keeps those that it needs', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks })
  const state = join(dir, '.hookwarden')
  const at = (minute: number) => Date.parse('2026-01-01T00:00:00Z') + minute * 60_000
  const lines = Array.from({ length: 1200 }, (_, minute) =>
    JSON.stringify({
      ...{ v: 1, at: new Date(at(minute)).toISOString(), version: `v${minute}`, before: null },
      ...{ who: null, why: null, source: 'file', sentences: [] },
    }),
  )
  await writeRule(state, 'history.jsonl', `${lines.join('\n')}\n`)
  for (const minute of [0, 150, 190, 1198]) {
    await writeRule(state, `rules/v${minute}.json.gz`, 'kept')
    utimesSync(join(state, `rules/v${minute}.json.gz`), at(0) / 1000, at(0) / 1000)
  }
  // Two and a half hours later something was decided, and is on record.
  await writeRule(state, 'record/2026-01-01/02/one-1.envelope.jsonl.gz', 'damaged')
  const { log } = await serving(t, dir)
  t.true(log.lines.some(({ msg }) => msg === 'listening'))
  let kept: readonly string[] = []
  do {
    await new Promise(resolve => setTimeout(resolve, 100))
    const { versions } = JSON.parse((await run(['history', '--json', '--state', state])).out)
    kept = versions.map(({ version }: { version: string }) => version)
  } while (existsSync(join(state, 'rules/v0.json.gz')) || kept.length >= 1200)
  for (const version of ['v150', 'v190', 'v1198']) {
    t.true(kept.includes(version), version)
    t.true(existsSync(join(state, `rules/${version}.json.gz`)), version)
  }
})

test('history is read by people and compares any two versions', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks })
  const { state } = await serving(t, dir)
  await historyOf(state, 1)
  await writeRule(dir, 'names.yaml', stricter)
  const [two, one] = await historyOf(state, 2)
  const shown = await run(['history', '--state', state])
  t.regex(shown.out, /^\d{4}-\d\d-\d\d \d\d:\d\d {2}[0-9a-f]{8} {2}unknown {2}\(in force\)\n {2}May reject/)
  const [a, b] = [one, two].map(line => String(line?.version).slice(0, 8))
  const back = await run(['history', '--diff', String(b), String(a), '--state', state])
  t.regex(back.out, /^~ no-links changed/)
  t.is(back.code, 1)
  const wrong = await run(['history', '--diff', 'zzz', String(a), '--state', state])
  t.is(
    wrong.err,
    `hookwarden: There is no version "zzz" in ${state}. The last ones are ${b}, ${a}; see hookwarden history\n`,
  )
  t.is(wrong.code, 2)
})

test('a state folder of a newer program is left as it is, and calls are decided', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks })
  const state = join(dir, 'kept')
  await writeRule(dir, 'kept/format', '{"format":2}\n')
  const { log, webhooks } = await startService(t, dir, '--state', state)
  const { reason } = await log.until('history is not kept')
  t.regex(String(reason), /kept\/format: its format 2 is that of a newer hookwarden/)
  t.is((await fetch(`${webhooks}/readyz`)).status, 200)
  t.deepEqual(readdirSync(state), ['format'])
  t.is(readFileSync(join(state, 'format'), 'utf8'), '{"format":2}\n')
  t.regex((await run(['history', '--state', state])).err, /newer hookwarden/)
})

test('rules that are written for a newer language leave those in force', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks })
  const { log, state } = await serving(t, dir)
  await writeRule(dir, 'language.yaml', 'language: 3\n')
  const { diagnostics } = await log.until('rules not loaded; the previous rules stay in force')
  t.regex(String(diagnostics), /language\.yaml:1:11 error newer-language These rules are written for language 3/)
  t.is((await historyOf(state, 1)).length, 1)
})

test('a damaged version keeps no later one from the history', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks })
  const first = await serving(t, dir)
  const [one] = await historyOf(first.state, 1)
  first.child.kill('SIGTERM')
  await first.exited
  writeFileSync(join(first.state, 'rules', `${one?.version}.json.gz`), 'no archive')
  await writeRule(dir, 'names.yaml', stricter)
  const again = await serving(t, dir)
  const [two] = await historyOf(again.state, 2)
  t.like(two, { before: one?.version, sentences: [] })
})
