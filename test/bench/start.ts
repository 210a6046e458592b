/**
 * How long commands take from start to end, as processes, beside Node that does nothing: medians, interleaved.
 *
 *   npm run bench:start
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startHookwarden } from './_http.ts'
import { median, tableOf } from './_table.ts'

const rounds = 15

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const commands: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  '--version': [cli, '--version'],
  '--help': [cli, '--help'],
  'check rules': [cli, 'check', 'rules'],
  'try beforeAddFriend': [cli, 'try', 'beforeAddFriend', 'fromUserID=u-1'],
  'test rules': [cli, 'test', 'rules'],
}

const times = new Map(Object.keys(commands).map(name => [name, [] as number[]]))
const untilListening: number[] = []
for (let round = 0; round <= rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const startMs = performance.now()
    const { status } = spawnSync(process.execPath, args)
    if (status !== 0) throw new Error(`${name} ended with ${status}`)
    // The first round reads what the disk has not been asked for yet.
    if (round > 0) times.get(name)?.push(performance.now() - startMs)
  }
  const startMs = performance.now()
  const served = await startHookwarden(10)
  if (round > 0) untilListening.push(performance.now() - startMs)
  await served.stop()
}
times.set('serve, until it listens', untilListening)
const node = median(times.get('node -e 0') ?? [])
const rows = [...times].map(([name, all]) => [name, median(all), median(all) / node])
process.stdout.write(tableOf([['command', 'ms', 'to Node'], ...rows]))
