/**
 * How long it takes to ask a record of a million decisions, and how much memory: a week of two instances, gzipped.
 *
 *   node --import tsx test/bench/records.ts [decisions]
 *
 * Each command runs in a process of its own, from start to end. Seconds of the clock and of CPU time over all cores, and
 * the peak of resident memory, each the median of three runs.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { RecordIds } from '../../src/record/record-ids.ts'
import { contentLine, envelopeLine, type RecordedDecision } from '../../src/record/record-line.ts'
import { median } from './_table.ts'

const decisions = Number(process.argv[2] ?? 1_000_000)
const hours = 168
const instances = ['edge-1', 'edge-2']
const hourMs = 3_600_000
const end = Math.floor(Date.now() / hourMs) * hourMs
const start = end - hours * hourMs

/** The same numbers in every run. */
let seed = 1
function random(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}

const rules = Array.from({ length: 60 }, (_, at) => `rule-${at}`)
const callbacks = ['beforeSendGroupMsg', 'beforeSendSingleMsg', 'beforeSetGroupMemberInfo', 'beforeAddFriend']

function decision(id: string, at: number, instance: string): RecordedDecision {
  const isMatch = random(100) < 8
  const rule = rules[Math.min(random(50), random(50))] as string
  const isShadow = isMatch && random(4) === 0
  const isReject = isMatch && !isShadow
  return {
    ...{ v: 1, id, at, instance, kind: 'decision', rules: '411257634941436e', app: '0.2.0', language: 2 },
    ...{ callback: callbacks[random(4)] as string, operationID: `${at}${random(1e9)}` },
    ...{ users: [`u-${random(50_000)}`, `u-${random(50_000)}`], groups: [`g-${random(2000)}`] },
    decision: isReject ? 'reject' : 'allow',
    ...(isReject && { code: 5000 + random(100), rule, message: 'This is not allowed here' }),
    changes: [],
    matches: isMatch ? [{ rule, stage: 'reject', mode: isShadow ? 'shadow' : 'enforce', exempted: false }] : [],
    us: 40 + random(500),
  } as RecordedDecision
}

/** A state folder with made traffic: segments by hour, as the service leaves them. */
async function makeRecord(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  await writeFile(join(dir, 'format'), '{"format":1}\n')
  const each = Math.ceil(decisions / hours / instances.length)
  for (const [number, instance] of instances.entries()) {
    const ids = new RecordIds(Buffer.from([number, 2, 3, 4, 5]))
    for (let hour = start; hour < end; hour += hourMs) {
      const folder = join(dir, 'record', new Date(hour).toISOString().slice(0, 13).replace('T', '/'))
      await mkdir(folder, { recursive: true })
      const times = Array.from({ length: each }, () => hour + random(hourMs)).sort((a, b) => a - b)
      const made = times.map(at => decision(ids.next(at), at, instance))
      const call = { content: 'what people write, again and again', sendID: 'u-1', groupID: 'g-1', contentType: 101 }
      const lines = {
        envelope: made.map(one => `${envelopeLine(one)}\n`),
        content: made.map(({ id, at }) => `${contentLine({ v: 1, id, at, call, changes: [] })}\n`),
      }
      for (const [part, texts] of Object.entries(lines)) {
        const file = createWriteStream(join(folder, `${instance}-1.${part}.jsonl.gz`))
        await pipeline([texts.join('')], createGzip({ level: 1 }), file)
      }
    }
  }
  return dir
}

type Measured = { seconds: number; cpu: number; memory: number; lines: number }

/** One run of the command: seconds of the clock and of CPU time, and the peak of memory in MB. */
async function measure(args: readonly string[]): Promise<Measured> {
  const script = `
    const { resourceUsage } = process
    process.on('exit', () => {
      const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage()
      require('node:fs').writeSync(2, JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024]))
    })`
  const preload = join(tmpdir(), `hookwarden-usage-${process.pid}.cjs`)
  await writeFile(preload, script)
  const began = performance.now()
  const child = spawn(process.execPath, ['--require', preload, 'dist/cli.js', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [lines, told] = [0, '']
  child.stdout.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1
  })
  child.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString()
  })
  const [code] = await once(child, 'close')
  const seconds = (performance.now() - began) / 1000
  const [cpu = Number.NaN, memory = Number.NaN] = /\[[\d.,]+\]$/.exec(told)?.map(text => JSON.parse(text))[0] ?? []
  if (code === 2) throw new Error(told)
  return { seconds, cpu, memory, lines }
}

const dir = await makeRecord()
try {
  const iso = (at: number) => new Date(at).toISOString()
  const asked = [
    ['log', '--user', 'u-77'],
    ['log', '--user', 'u-77', '--since', iso(end - 24 * hourMs)],
    ['log', '--rule', 'rule-40'],
    ['log', '--last', '10'],
    ['log'],
    ['stats', '--since', iso(start)],
    ['timeline', '--since', iso(end - hourMs)],
    ['forget', 'userID=u-77'],
  ]
  console.log(`${decisions} decisions\n`)
  console.log('seconds | of CPU | MB peak | lines | command')
  for (const args of asked) {
    const runs: Measured[] = []
    for (let round = 0; round < (args[0] === 'forget' ? 1 : 3); round++) {
      runs.push(await measure([...args, '--state', dir, ...(args[0] === 'forget' ? [] : ['--until', iso(end)])]))
    }
    const of = (key: 'seconds' | 'cpu' | 'memory' | 'lines') => median(runs.map(one => one[key]))
    const figures = [of('seconds').toFixed(2), of('cpu').toFixed(2), of('memory').toFixed(0), of('lines')]
    console.log(`${figures.join(' | ')} | ${args.join(' ')}`)
  }
} finally {
  await rm(dir, { recursive: true, force: true })
}
