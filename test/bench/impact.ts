/**
 * How long it takes to tell whom a draft would hit, and how much memory: a week of made traffic with the shipped rules,
 * a million calls, from gzipped segments; against a draft that changes about one call in 300, one of 1,000 rules, and one that
 * changes nearly every fourth call.
 *
 *   node --import tsx test/bench/impact.ts [calls]
 *
 * Each command runs in a process of its own, from start to end. Seconds of the clock and of CPU time over all cores, and
 * the peak of resident memory; then the same on one core, and as eight parts at once with the time to join them.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCommand } from './_command.ts'
import { makeTraffic } from './_made-traffic.ts'
import { tableOf } from './_table.ts'

const calls = Number(process.argv[2] ?? 1_000_000)

/** The shipped rules with a lower limit of the flood, a new rule for some words, and others that rarely match. */
async function draftOf(words: readonly string[], others: number): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  await cp('rules', dir, { recursive: true })
  const floods = await readFile(join(dir, 'floods.yaml'), 'utf8')
  await writeFile(
    join(dir, 'floods.yaml'),
    floods.replace('in: 10 seconds, more than: 30', 'in: 1 minute, more than: 3'),
  )
  const rules = Array.from({ length: others }, (_, at) => ({ rule: `made-${at}`, ...bodyOf(at, words) }))
  await writeFile(join(dir, 'made.yaml'), JSON.stringify({ rules }))
  return dir
}

function bodyOf(at: number, words: readonly string[]): object {
  const callback = ['beforeSendGroupMsg', 'beforeSendSingleMsg']
  const reject = 5900
  if (at === 0) return { callback, when: { 'message text': { 'has word in': words } }, reject }
  switch (at % 4) {
    case 1:
      return { callback, when: { 'message text': { contains: `seller ${at} of` } }, reject }
    case 2:
      return { callback, when: { 'message text': { 'has word in': [`word${at}`, `sign${at}`] } }, reject }
    case 3:
      return { callback: 'beforeSendGroupMsg', when: { groupID: `x-${at}`, sendID: `y-${at}` }, reject }
    default:
      return { callback: 'beforeSetGroupMemberInfo', when: { nickName: { contains: `name ${at}` } }, reject }
  }
}

/** Eight parts at once, and then joined: seconds of the clock and of CPU, the most memory of one, µs a call. */
async function inParts(args: readonly string[]): Promise<number[]> {
  const began = performance.now()
  const runs = await Promise.all(
    Array.from({ length: 8 }, (_, at) => measureCommand([...args, '--part', `${at + 1}/8`])),
  )
  const files = runs.map((_, at) => join(dir, `part-${at + 1}.json`))
  for (const [at, { out }] of runs.entries()) await writeFile(files[at] as string, out)
  const joined = await measureCommand(['impact', '--merge', ...files])
  const seconds = (performance.now() - began) / 1000
  const all = [...runs, joined]
  const cpu = all.reduce((sum, run) => sum + run.cpu, 0)
  return [seconds, cpu, Math.max(...all.map(({ memory }) => memory)), (seconds / calls) * 1e6]
}

const { dir, end } = await makeTraffic(calls)
const rare = ['free bitcoin for all']
const drafts = {
  'shipped rules': await draftOf(rare, 1),
  '1,000 rules': await draftOf(rare, 940),
  'changing 23 %': await draftOf(['damn', 'shit'], 1),
}
try {
  const rows: (string | number)[][] = [['draft', 'how', 'seconds', 'of CPU', 'MB peak', 'µs a call']]
  for (const [name, draft] of Object.entries(drafts)) {
    const args = ['impact', draft, '--state', dir, '--until', new Date(end).toISOString()]
    for (const [how, cores] of [
      ['two cores', '0,1'],
      ['one core', '0'],
    ] as const) {
      const { seconds, cpu, memory } = await measureCommand(args, { cores })
      rows.push([name, how, seconds, cpu, memory, (seconds / calls) * 1e6])
    }
    rows.push([name, 'eight parts, joined', ...(await inParts(args))])
  }
  console.log(`${calls.toLocaleString('en')} calls\n`)
  console.log(tableOf(rows))
} finally {
  for (const each of [dir, ...Object.values(drafts)]) await rm(each, { recursive: true, force: true })
}
