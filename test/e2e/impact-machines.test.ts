import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import test, { type ExecutionContext } from 'ava'
import { parse } from 'yaml'
import { given } from '../_counting.ts'
import { folderOf, run } from '../cli/_run.ts'
import { type Received, received, recordedBy } from '../impact/_recorded.ts'
import { commandOf } from './_service.ts'

const base =
  'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: no-staff, when: { nickName: staff }, reject: 5001 }\n'
const strict = `${base}  - { rule: no-shouting, when: { nickName: { contains: loud } }, reject: 5002 }\n`
const counting = `${base}  - rule: twice
    when: { nickName: present, how often: { same: userID, in: 6 hours, more than: 2 } }
    reject: 5004
`
const [since, until] = ['2026-03-02 00:00', '2026-03-04 00:00']

/** Calls of two days: every user changes a name now and then, three of them often. */
function calls(): Received[] {
  const start = Date.parse(`${since}Z`)
  return Array.from({ length: 600 }, (_, at) => {
    const user = at % 3 === 0 ? at % 9 : at % 151
    const name = ['quiet', 'loud', 'staff', 'plain', 'calm'][(at * 7) % 5]
    const call = given(`callback=beforeSetGroupMemberInfo userID=u-${user} groupID=g-${at % 4} nickName=${name}`)
    return received(start + at * 280_000, call)
  })
}

/** The folders that a recipe names, and `hookwarden` on its path. */
async function machine(t: ExecutionContext, draft: string) {
  const root = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  t.teardown(() => rm(root, { recursive: true, force: true }))
  const at = { records: join(root, 'records'), draft: join(root, 'my-draft'), out: join(root, 'out') }
  for (const dir of [at.records, at.out, join(root, 'bin')]) await mkdir(dir)
  await rename(await folderOf({ 'a.yaml': draft }), at.draft)
  await rename(await recordedBy(t, base, calls()), join(at.records, 'one'))
  const command = join(root, 'bin', 'hookwarden')
  await writeFile(
    command,
    `#!/bin/sh\nexec ${commandOf([])
      .map(each => `'${each}'`)
      .join(' ')} "$@"\n`,
  )
  await chmod(command, 0o755)
  const PATH = `${join(root, 'bin')}${delimiter}${process.env.PATH}`
  return { root, at, env: { ...process.env, PATH, HOOKWARDEN_STATE: join(at.records, 'one') } }
}

/** Runs a command as a process of its own, to its end. */
async function ends(t: ExecutionContext, [file = '', ...args]: readonly string[], env: NodeJS.ProcessEnv, cwd: string) {
  const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'inherit', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  t.is(code, 0, err)
}

/** What the parts found together is what one run over everything finds. */
async function isWhole(t: ExecutionContext, { records, draft }: { records: string; draft: string }, parts: string[]) {
  const read = async (...args: string[]) => JSON.parse((await run(['impact', ...args, '--json', '--zone', 'UTC'])).out)
  const whole = await read(draft, '--state', join(records, 'one'), '--since', since, '--until', until)
  t.true(whole.totals['newly refused'].calls > 20)
  t.deepEqual(await read('--merge', ...parts), whole)
}

const inJob = test.macro({
  title: (_, draft: string) =>
    `the parts of the Job find what one run finds ${draft === counting ? 'with counts' : 'without counts'}`,
  async exec(t, draft: string) {
    const { root, at, env } = await machine(t, draft)
    const job = parse(await readFile(new URL('../../src/impact/job.yaml', import.meta.url), 'utf8'))
    t.is(job.spec.completionMode, 'Indexed')
    const [{ command, args, env: told, volumeMounts }] = job.spec.template.spec.containers
    t.is(String(job.spec.completions), told.find(({ name }: { name: string }) => name === 'PARTS').value)
    const mounts = volumeMounts as { name: keyof typeof at; mountPath: string }[]
    // The folders of this machine are where those of the pod would be.
    const mounted = (words: string) =>
      mounts.reduce(
        (line, { name, mountPath }) =>
          line.replaceAll(` ${mountPath}`, ` ${at[name]}`).replaceAll(`"${mountPath}`, `"${at[name]}`),
        words,
      )
    const set = Object.fromEntries(told.map(({ name, value }: { name: string; value: string }) => [name, value]))
    const words = [...command, ...args.map(mounted)]
    const indexes = Array.from({ length: job.spec.completions }, (_, index) => String(index))
    t.is(indexes.length, 8)
    await Promise.all(
      indexes.map(index =>
        ends(t, words, { ...env, ...set, SINCE: since, UNTIL: until, JOB_COMPLETION_INDEX: index }, root),
      ),
    )
    const parts = await readdir(at.out)
    t.deepEqual(
      parts.sort(),
      indexes.map(index => `part-${index}.json`),
    )
    await isWhole(
      t,
      at,
      parts.map(each => join(at.out, each)),
    )
  },
})
test.serial(inJob, strict)
test.serial(inJob, counting)

/** The lines of the chapter that run parts, by what they begin with. */
async function recipe(start: string): Promise<string> {
  const chapter = await readFile(new URL('../../src/cli/README.md', import.meta.url), 'utf8')
  const found = chapter.split('\n').filter(line => line.startsWith(start))
  if (found.length !== 1) throw new Error(`${found.length} lines of the chapter begin with ${start}`)
  return found.join('')
}

test.serial('the line for one machine with many cores runs eight parts, and joins them', async t => {
  const { root, at, env } = await machine(t, counting)
  const line = await recipe('seq 8 | xargs')
  await ends(t, ['sh', '-euc', line], { ...env, SINCE: `${since}Z`, UNTIL: `${until}Z` }, root)
  const parts = (await readdir(root)).filter(name => name.startsWith('part-'))
  t.is(parts.length, 8)
  await isWhole(
    t,
    at,
    parts.map(each => join(root, each)),
  )
})

test.serial('the line for Slurm runs the part of its task', async t => {
  const { root, env } = await machine(t, strict)
  const [, count = '', script = ''] = /--array=1-(\d+) .*--wrap '(.*)'$/.exec(await recipe('sbatch')) ?? []
  const task = { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: count }
  await ends(t, ['sh', '-euc', script], { ...env, ...task, SINCE: since, UNTIL: until }, root)
  const { part } = JSON.parse(await readFile(join(root, 'part-3.json'), 'utf8'))
  t.like(part, { number: 3, of: 8 })
})
