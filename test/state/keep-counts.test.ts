import { execFile } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { folder, keeping } from './_process.ts'

test('counts last over a clean end and are whole', async t => {
  const dir = folder(t)
  const first = keeping(t, dir)
  t.is(await first.told(), 'ready')
  first.say('count a')
  first.say('count a')
  t.is(await first.end(), 'ended')
  const second = keeping(t, dir)
  t.is(await second.told(), 'ready')
  t.deepEqual(await second.ask('ask a'), { count: 2, isWhole: true })
  t.deepEqual(await second.ask('ask b'), { count: 0, isWhole: true })
})

test('after SIGKILL the lock is taken over, and counts are lower bounds', async t => {
  const dir = folder(t)
  const first = keeping(t, dir, { everyMs: 20 })
  t.is(await first.told(), 'ready')
  first.say('count a')
  await first.untilSaved()
  await first.kill()
  t.true(existsSync(join(dir, 'lock')))
  const second = keeping(t, dir)
  t.is(await second.told(), 'ready')
  t.deepEqual(await second.ask('ask a'), { count: 1, isWhole: false })
})

test('a clean end before a crash does not make what comes after it whole', async t => {
  const dir = folder(t)
  const first = keeping(t, dir)
  t.is(await first.told(), 'ready')
  first.say('count a')
  await first.end()
  const second = keeping(t, dir)
  t.is(await second.told(), 'ready')
  second.say('count a')
  t.deepEqual(await second.ask('ask a'), { count: 2, isWhole: true })
  await second.kill()
  const third = keeping(t, dir)
  t.is(await third.told(), 'ready')
  t.deepEqual(await third.ask('ask a'), { count: 1, isWhole: false })
})

test('a second process on the folder is refused and told the flag', async t => {
  const dir = folder(t)
  const first = keeping(t, dir)
  t.is(await first.told(), 'ready')
  const second = keeping(t, dir)
  const { StateInUse: message } = (await second.told()) as { StateInUse: string }
  t.regex(
    message,
    /^The state folder \S+ is in use by process \d+\. Give each process its own folder with --state DIR$/,
  )
  t.deepEqual(await second.exited, [2, null])
  t.deepEqual(await first.ask('ask a'), { count: 0, isWhole: true })
  await first.end()
  t.is(await keeping(t, dir).told(), 'ready')
})

test('of many processes that take over a lock one gets it', async t => {
  const dir = folder(t)
  const killed = keeping(t, dir)
  t.is(await killed.told(), 'ready')
  await killed.kill()
  const all = Array.from({ length: 4 }, () => keeping(t, dir))
  const told = await Promise.all(all.map(each => each.told()))
  t.is(told.filter(each => each === 'ready').length, 1)
  t.is(told.filter(each => Object.hasOwn(each as object, 'StateInUse')).length, 3)
})

test('only its owner can read the folder, and git ignores it', async t => {
  const dir = folder(t)
  const first = keeping(t, dir)
  t.is(await first.told(), 'ready')
  await first.end()
  t.is(statSync(dir).mode & 0o777, 0o700)
  for (const file of ['secret', 'counts.end']) t.is(statSync(join(dir, file)).mode & 0o777, 0o600)
  t.is(statSync(join(dir, 'secret')).size, 32)
  t.is(readFileSync(join(dir, '.gitignore'), 'utf8'), '*\n')
  t.deepEqual(readdirSync(dir).sort(), ['.gitignore', 'counts.end', 'format', 'secret'])
})

test('a folder that cannot be made is an error of its own', async t => {
  const dir = folder(t)
  mkdirSync(dirname(dir), { recursive: true })
  writeFileSync(dir, 'a file')
  const first = keeping(t, dir)
  t.deepEqual(await first.told(), { StateUnusable: `Cannot use ${dir}: it is not a folder` })
  const below = keeping(t, join(dir, 'below'))
  t.deepEqual(await below.told(), { StateUnusable: `Cannot use ${join(dir, 'below')}: it is not in a folder` })
})

test('a path too long for a socket is an error of its own', async t => {
  const dir = join(folder(t), 'x'.repeat(120))
  const { StateUnusable: message } = (await keeping(t, dir).told()) as { StateUnusable: string }
  t.regex(message, /its path is longer than 98 bytes$/)
})

test('a damaged file is set aside, and counting starts over', async t => {
  const dir = folder(t)
  const first = keeping(t, dir)
  t.is(await first.told(), 'ready')
  first.say('count a')
  await first.end()
  truncateSync(join(dir, 'counts.end'), statSync(join(dir, 'counts.end')).size - 10)
  copyFileSync(join(dir, 'counts.end'), join(dir, 'copy'))
  const second = keeping(t, dir)
  t.deepEqual(await second.told(), {
    problem: `Cannot use ${join(dir, 'counts')}: The file is damaged or cut off. Counting starts over`,
  })
  t.is(await second.told(), 'ready')
  t.like(await second.ask('ask a'), { count: 0 })
  t.deepEqual(readFileSync(join(dir, 'counts.refused')), readFileSync(join(dir, 'copy')))
  await second.end()
  t.is(await keeping(t, dir).told(), 'ready')
})

test('another secret makes counts of no use', async t => {
  const dir = folder(t)
  const first = keeping(t, dir)
  t.is(await first.told(), 'ready')
  await first.end()
  writeFileSync(join(dir, 'secret'), 'x'.repeat(32))
  const second = keeping(t, dir)
  t.deepEqual(await second.told(), {
    problem: `Cannot use ${join(dir, 'counts')}: They were made with another secret. Counting starts over`,
  })
})

test('a secret of another length is not replaced', async t => {
  const dir = folder(t)
  const first = keeping(t, dir)
  t.is(await first.told(), 'ready')
  await first.end()
  writeFileSync(join(dir, 'secret'), 'x')
  t.deepEqual(await keeping(t, dir).told(), {
    StateUnusable: `Cannot use ${join(dir, 'secret')}: it has 1 bytes, not 32. Remove it to start over`,
  })
})

/** Mounts a disk as told and runs the command. */
const onDisk = ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o "$1" tmpfs "$2" || exit 3; shift 2; exec "$@"', 'sh']

const hasDisks = isRun('unshare', '-rm', 'true')

test('a full disk is told once, and the counts saved before stay', async t => {
  if (!(await hasDisks)) return skip(t, 'no disk may be mounted here: unshare -rm')
  const disk = folder(t)
  mkdirSync(disk)
  const dir = join(disk, 'state')
  const first = keeping(t, dir, { everyMs: 20, under: [...onDisk, 'size=1m', disk] })
  t.is(await first.told(), 'ready')
  first.say('count a')
  await first.untilSaved()
  first.say('many 60000')
  t.deepEqual(await first.told(), { problem: `Cannot use ${join(dir, 'counts')}: no space left on the device` })
  t.like(await first.ask('ask u-59999'), { count: 1 })
  t.is(await first.ask('end'), 'ended')
  t.deepEqual(await first.ask('files'), ['.gitignore', 'counts', 'format', 'secret'])
  t.deepEqual(await first.ask('reload a'), { count: 1, isWhole: false })
})

test('a folder on a disk that is read-only is an error of its own', async t => {
  if (!(await hasDisks)) return skip(t, 'no disk may be mounted here: unshare -rm')
  const disk = folder(t)
  mkdirSync(disk)
  const below = keeping(t, join(disk, 'state'), { under: [...onDisk, 'ro', disk] })
  t.deepEqual(await below.told(), {
    StateUnusable: `Cannot use ${join(disk, 'state')}: the file system is read-only`,
  })
  const there = keeping(t, disk, { under: [...onDisk, 'ro', disk] })
  t.deepEqual(await there.told(), { StateUnusable: `Cannot use ${join(disk, 'lock')}: the file system is read-only` })
})

/** What cannot be tried on a machine is said there. */
function skip(t: ExecutionContext, why: string): void {
  t.log(`not tried: ${why}`)
  t.pass()
}

async function isRun(command: string, ...args: string[]): Promise<boolean> {
  const [code] = await once(
    execFile(command, args, () => {}),
    'close',
  )
  return code === 0
}
