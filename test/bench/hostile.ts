/**
 * How long folders that are made for it hold up the calls that are decided while they are loaded.
 *
 *   node --import tsx test/bench/hostile.ts [part of a name]
 *
 * Each is loaded as a reload is, beside rules in force. `step` is the time of the processor that the longest step of the
 * compiler took, and `hold` that of the longest turn of the loop, parsing included: what else the machine does counts
 * little. Both are the least of three rounds, and given as multiples of a slice of work, which is 3 ms.
 */
import { existsSync, readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { type Compiled, compile, compileInSteps } from '../../src/compile/compile.ts'
import { inSlices } from '../../src/serve/turn.ts'
import { ParsedFiles } from '../../src/store/parsed-files.ts'
import type { SourceFile } from '../../src/yaml/source.ts'
import { hostile } from './_hostile.ts'
import { print } from './_measure.ts'

/** Where Linux tells how long this thread has run, in ns. */
const schedule = `/proc/self/task/${process.pid}/schedstat`

const isKnown = existsSync(schedule)
const sliceMs = 3
const rounds = 3
const worker = new URL('../store/_parse-worker.mjs', import.meta.url)
const good = 'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, when: { nickName: x }, reject: 5001 }\n'
const { ruleSet: before } = compile([{ file: 'a.yaml', content: good }])

const [part = ''] = process.argv.slice(2)
let [mostStep, mostHold] = [0, 0]
print('slices'.padEnd(44), 'step', 'hold', 'steps', 'in ms', 'told')
for (const { name, files } of hostile.filter(each => each.name.includes(part))) {
  const loads: Load[] = []
  for (let round = 0; round < rounds; round++) loads.push(await load(files()))
  const least = (of: (load: Load) => number) => Math.min(...loads.map(of))
  const [step, hold] = [least(each => each.stepMs) / sliceMs, least(each => each.holdMs) / sliceMs]
  mostStep = Math.max(mostStep, step)
  mostHold = Math.max(mostHold, hold)
  print(
    name.padEnd(44),
    step,
    hold,
    least(each => each.steps),
    Math.round(least(each => each.tookMs)),
    least(each => each.told),
  )
}
print('the most of all'.padEnd(44), mostStep, mostHold)

type Load = { stepMs: number; holdMs: number; steps: number; tookMs: number; told: number }

async function load(files: readonly SourceFile[]): Promise<Load> {
  globalThis.gc?.()
  const loop = watchLoop()
  const startMs = performance.now()
  const parsed = await new ParsedFiles({ worker, onError: fail, isAwaited: () => true }).parse(files)
  const seen = { stepMs: 0, steps: 0 }
  const { diagnostics } = await inSlices(timed(compileInSteps(files, { parsed, before, isReload: true }), seen))
  return { ...seen, tookMs: performance.now() - startMs, holdMs: await loop.end(), told: diagnostics.length }
}

/** Steps, of which the longest is kept. */
function* timed(
  steps: Generator<undefined, Compiled>,
  seen: { stepMs: number; steps: number },
): Generator<undefined, Compiled> {
  for (;;) {
    const startMs = threadMs()
    const step = steps.next()
    seen.stepMs = Math.max(seen.stepMs, threadMs() - startMs)
    seen.steps += 1
    if (step.done) return step.value
    yield
  }
}

/** Time that this thread has run, in ms; elsewhere by the clock. */
function threadMs(): number {
  return isKnown ? Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e6 : performance.now()
}

/** The longest turn of the loop, until it is asked for. */
function watchLoop(): { end: () => Promise<number> } {
  let isOver = false
  let mostMs = 0
  const watching = (async () => {
    for (let lastMs = threadMs(); !isOver; ) {
      await setImmediate()
      const nowMs = threadMs()
      mostMs = Math.max(mostMs, nowMs - lastMs)
      lastMs = nowMs
    }
  })()
  const end = async () => {
    isOver = true
    await watching
    return mostMs
  }
  return { end }
}

function fail(error: unknown): never {
  throw error
}
