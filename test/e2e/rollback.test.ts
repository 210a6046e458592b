import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { run } from '../cli/_run.ts'
import { command, post, sample } from '../serve/_http.ts'
import { commandOf, makeRules, startService, writeRule } from './_service.ts'

const names = (code: number) => `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: { code: ${code}, message: No links }
`
const why = ['--why', 'refuses honest names']
const link = { ...sample, nickName: 'http://x' }

async function codeOf(url: string): Promise<number> {
  return ((await (await post(`${url}/${command}`, link)).json()) as { errCode: number }).errCode
}

type Version = { version: string; before: string | null; source: string; who: string; why: string; replaced?: string }

/** The history of a state folder, the newest first, once it has as many lines. */
async function historyOf(state: string, count: number): Promise<Version[]> {
  for (;;) {
    const { versions } = JSON.parse((await run(['history', '--json', '--state', state])).out)
    if (versions.length >= count) return versions
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** A service on two versions: `before` and the one in force, which has another file, too. */
async function onTwo(t: ExecutionContext) {
  const root = await makeRules(t, { 'rules/names.yaml': names(5001), 'rules/lists/old.txt': 'a\n', 'rules/NOTES': 'x' })
  const [dir, state] = [join(root, 'rules'), join(root, 'state')]
  // Long enough for three edits to be one version.
  const service = await startService(t, dir, '--state', state, '--settle-ms', '1500')
  await historyOf(state, 1)
  rmSync(join(dir, 'lists/old.txt'))
  await writeRule(dir, 'more/others.yaml', names(5003).replace('no-links', 'others'))
  await writeRule(dir, 'names.yaml', names(5002))
  chmodSync(join(dir, 'names.yaml'), 0o640)
  const [second, first] = await historyOf(state, 2)
  if (first === undefined || second === undefined) throw new Error('There is no history')
  return { root, dir, state, first: first.version, second: second.version, ...service }
}

/** The files of a folder with their contents. */
function contentsOf(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort()
  return Object.fromEntries(paths.map(path => [path.slice(dir.length + 1), readFileSync(path, 'utf8')]))
}

const firstFiles = { NOTES: 'x', 'lists/old.txt': 'a\n', 'names.yaml': names(5001) }

test('a rollback under load changes files and rules together, and no call fails', async t => {
  const { dir, state, webhooks, first, second } = await onTwo(t)
  const codes: number[] = []
  let isOver = false
  const clients = Array.from({ length: 4 }, async () => {
    while (!isOver) codes.push(await codeOf(webhooks))
  })
  const { out, code } = await run(['rollback', ...why, '--state', state])
  t.is(code, 0)
  const short = [first, second].map(version => version.slice(0, 8))
  t.true(
    out.startsWith(`${dir} has the files of version ${short[0]} again. Those before are kept as ${short[1]}:
`),
    out,
  )
  t.regex(out, /\n {2}written {2}lists\/old\.txt\n {2}written {2}names\.yaml\n {2}removed {2}more\/others\.yaml\n/)
  t.regex(out, /\nIn force in http:.*\n$/)
  t.is(await codeOf(webhooks), 5001)
  isOver = true
  await Promise.all(clients)
  t.deepEqual(new Set(codes), new Set([5003, 5001]))
  t.deepEqual(contentsOf(dir), firstFiles)
  t.is(statSync(join(dir, 'names.yaml')).mode & 0o777, 0o640)
  const [line] = await historyOf(state, 3)
  t.like(line, { version: first, before: second, source: 'rollback', why: 'refuses honest names', replaced: second })
  t.false(existsSync(join(state, 'reason.json')))
  const shown = await run(['history', '--state', state])
  t.regex(shown.out, /^.* {2}\w+@.* rolled back: refuses honest names {2}\(in force\)\n/)
  // There is nothing before the version that was gone back to; the other one can be named.
  t.regex((await run(['rollback', ...why, '--state', state])).err, /There is no version before the one in force/)
  t.is((await run(['rollback', second.slice(0, 6), ...why, '--state', state])).code, 0)
  t.is(await codeOf(webhooks), 5003)
})

test('a broken edit is no obstacle, and is kept', async t => {
  const { dir, state, webhooks, log, first, second } = await onTwo(t)
  const broken = names(5009).replace('when:', 'wehn:')
  await writeRule(dir, 'names.yaml', broken)
  await log.until('rules not loaded; the previous rules stay in force')
  const { out } = await run(['rollback', ...why, '--state', state])
  const [, kept = ''] = /which have errors, are kept as (\w+):/.exec(out) ?? []
  t.deepEqual(contentsOf(dir), firstFiles)
  t.is(await codeOf(webhooks), 5001)
  const [line] = await historyOf(state, 3)
  t.true(line?.replaced?.startsWith(kept))
  t.not(line?.replaced, second)
  const back = await run(['rollback', kept, ...why, '--state', state])
  t.is(back.code, 1)
  t.regex(back.out, /unknown-key[\s\S]*No file was changed: this hookwarden cannot load version/)
  t.deepEqual(contentsOf(dir), firstFiles)
  // What is in force can be named, too: that undoes an edit.
  await writeRule(dir, 'names.yaml', broken)
  await log.until('rules not loaded; the previous rules stay in force')
  t.is((await run(['rollback', first, ...why, '--state', state])).code, 0)
  t.deepEqual(contentsOf(dir), firstFiles)
  t.is((await historyOf(state, 3)).length, 3)
})

test('without a service the files are written, and the next one to start says why', async t => {
  const { dir, state, child, exited, first } = await onTwo(t)
  child.kill('SIGTERM')
  await exited
  const at = ['--rules', dir, '--state', state]
  const { code, err } = await run(['rollback', ...why, ...at])
  t.is(code, 0)
  t.regex(err, /No service runs/)
  t.regex((await run(['rollback', ...why, ...at])).out, /are those of version \w+ already/)
  const { webhooks } = await startService(t, dir, '--state', state)
  t.is(await codeOf(webhooks), 5001)
  t.like((await historyOf(state, 3))[0], { version: first, source: 'rollback', why: 'refuses honest names' })
})

test('in git, the change is to be committed, and a commit takes it over', async t => {
  const root = await makeRules(t, { 'names.yaml': names(5001) })
  const state = join(root, '.hookwarden')
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=Ann', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' })
  git('init', '-q')
  git('add', 'names.yaml')
  git('commit', '-qm', 'One')
  const { log } = await startService(t, root, '--state', state)
  await historyOf(state, 1)
  writeFileSync(join(root, 'names.yaml'), names(5002))
  git('commit', '-qam', 'Two')
  await log.until('rules loaded')
  t.like((await historyOf(state, 2))[1], { source: 'git', why: 'One' })
  const { err, code } = await run(['rollback', ...why, '--state', state])
  t.is(code, 0)
  t.regex(err, /These files are in git: commit them/)
  t.is(git('status', '--porcelain').trim(), 'M names.yaml')
  t.like((await historyOf(state, 3))[0], { source: 'rollback' })
})

test('a file that was empty is empty again, though one that is emptied by accident is refused', async t => {
  const dir = await makeRules(t, { 'names.yaml': names(5001), 'more.yaml': '' })
  const state = join(dir, '.hookwarden')
  const { webhooks, log } = await startService(t, dir, '--state', state)
  await writeRule(dir, 'more.yaml', names(5003).replace('no-links', 'more'))
  const [second, first] = await historyOf(state, 2)
  t.is(await codeOf(webhooks), 5003)
  await writeRule(dir, 'more.yaml', '')
  await log.until('rules not loaded; the previous rules stay in force')
  t.is((await run(['rollback', String(second?.version), ...why, '--state', state])).code, 0)
  const { out, code } = await run(['rollback', ...why, '--state', state])
  t.is(code, 0)
  t.regex(out, /\n {2}written {2}more\.yaml\n[\s\S]*\nIn force in http/)
  t.is(await codeOf(webhooks), 5001)
  t.is(readFileSync(join(dir, 'more.yaml'), 'utf8'), '')
  t.like((await historyOf(state, 3))[0], { version: first?.version, source: 'rollback' })
})

test('another folder than the one served is not written', async t => {
  const { state } = await onTwo(t)
  const other = await makeRules(t, { 'names.yaml': names(5007) })
  const { err, code } = await run(['rollback', ...why, '--state', state, '--rules', other])
  t.is(code, 2)
  t.regex(err, /The service that runs reads its rules from .*, not from/)
  t.deepEqual(contentsOf(other), { 'names.yaml': names(5007) })
})

test('if one file cannot be put in place, none is changed', async t => {
  const { dir, state, webhooks } = await onTwo(t)
  // A folder where a file is to be.
  mkdirSync(join(dir, 'lists/old.txt/taken'), { recursive: true })
  const before = contentsOf(dir)
  const { err, code } = await run(['rollback', ...why, '--state', state])
  t.is(code, 2)
  t.regex(err, /Cannot use .*\n.*No file was changed/)
  t.deepEqual(contentsOf(dir), before)
  t.is(await codeOf(webhooks), 5003)
  t.false(existsSync(join(state, 'reason.json')))
})

const readOnly = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
const canMount = spawnSync('unshare', ['-rm', 'sh', '-c', readOnly, '/tmp', 'true']).status === 0

test('where rule files cannot be written, rollback says what to do, and pause works', async t => {
  if (!canMount) {
    t.log('skipped: this user may not mount a folder read-only (unshare -rm)')
    return t.pass()
  }
  const { dir, state, webhooks } = await onTwo(t)
  const before = contentsOf(dir)
  const readOnlyRun = (...args: string[]) =>
    spawnSync('unshare', ['-rm', 'sh', '-c', readOnly, dir, ...commandOf(args)], { encoding: 'utf8' })
  const { status, stderr } = readOnlyRun('rollback', ...why, '--state', state)
  t.is(status, 2)
  t.regex(
    stderr,
    /Cannot use .*: the file system is read-only\nNo file was changed\. Roll back where the files come from/,
  )
  t.regex(stderr, /hookwarden pause RULE --why/)
  t.deepEqual(contentsOf(dir), before)
  t.is(await codeOf(webhooks), 5003)
  for (const rule of ['no-links', 'others']) {
    const paused = readOnlyRun('pause', rule, ...why, '--state', state)
    t.is(paused.status, 0, paused.stderr)
  }
  t.is(await codeOf(webhooks), 0)
})
