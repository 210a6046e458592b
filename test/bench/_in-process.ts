/** Decisions in this process: hookwarden, the same rules as plain closures, json-rules-engine alone. */
import type { RuleSet } from '../../src/compile/ruleset.ts'
import type { Call } from '../../src/decide/call.ts'
import { type Body, bodiesOf, closuresOf, engineOf, type Kind, kinds, yamlOf } from './_policy.ts'
import { built } from './_process.ts'
import { median } from './_table.ts'

/** Microseconds a decision; `engineOnMatched` is what the engine takes for the rules that match, and nothing else. */
export type InProcess = {
  rules: number
  calls: Kind
  hookwarden: number
  closures: number
  engine: number
  engineOnMatched: number
}

const { compile } = await built<typeof import('../../src/compile/compile.ts')>('compile/compile.js')
const { decide } = await built<typeof import('../../src/decide/decide.ts')>('decide/decide.js')
const { run } = await built<typeof import('../../src/decide/judge.ts')>('decide/judge.js')
const { View } = await built<typeof import('../../src/compile/view.ts')>('compile/view.js')
const { findCallback } = await built<typeof import('../../src/callbacks/catalogue.ts')>('callbacks/catalogue.js')
const { readCall } = await built<typeof import('../../src/protocol/request.ts')>('protocol/request.js')

/** Measure one size, each contestant once a round, so that what disturbs one disturbs all. */
export async function inProcess(rules: number, rounds: number): Promise<InProcess[]> {
  const { ruleSet } = compile(yamlOf(rules))
  if (ruleSet === null) throw new Error('The rules of the benchmark have mistakes')
  const [closure, engine] = [closuresOf(rules), engineOf(rules)]
  const measured: InProcess[] = []
  for (const calls of kinds) {
    const bodies = bodiesOf(calls)
    const read = bodies.map(callOf)
    const matched = await matchedBy(ruleSet, read[0] as Call)
    const times: [number, number, number, number][] = []
    for (let round = 0; round < rounds; round++) {
      times.push([
        await microseconds(at => decide(ruleSet, read[at] as Call, noon), 300),
        await microseconds(at => closure(bodies[at] as Body), 300),
        await microseconds(at => engine(bodies[at] as Body), 300),
        matched.length === 0 ? 0 : await microseconds(at => onMatched(matched, read[at] as Call), 300),
      ])
    }
    const [ours = 0, plain = 0, native = 0, onOnes = 0] = [0, 1, 2, 3].map(which =>
      median(times.map(each => each[which] as number)),
    )
    measured.push({ rules, calls, hookwarden: ours, closures: plain, engine: native, engineOnMatched: onOnes })
  }
  return measured
}

/** One run for each rewrite, one for all that refuse: as a decision does. */
async function onMatched(matched: Awaited<ReturnType<typeof matchedBy>>, call: Call): Promise<void> {
  for (const group of matched) await run(group, new View(call.values, noon))
}

const noon = Date.UTC(2026, 0, 1, 12)

function callOf(body: Body): Call {
  const callback = findCallback(body.callbackCommand)
  const read = callback && readCall(callback, body)
  if (!read?.ok) throw new Error('The calls of the benchmark are malformed')
  return read.call
}

async function matchedBy(ruleSet: RuleSet, call: Call) {
  const { matches } = await decide(ruleSet, call, noon)
  const stages = ruleSet.stages.get(call.callback.command)
  const [rewrites, rejects] = (['rewrite', 'reject'] as const).map(stage => {
    return (stages?.[stage].rules ?? []).filter(rule => matches.some(match => match.rule === rule.id))
  })
  return [...(rewrites ?? []).map(rule => [rule]), ...(rejects?.length ? [rejects] : [])]
}

async function microseconds(decideOne: (at: number) => unknown, forMs: number): Promise<number> {
  const warmUntilMs = performance.now() + forMs / 3
  for (let at = 0; performance.now() < warmUntilMs; at = (at + 1) % 64) await decideOne(at)
  const startMs = performance.now()
  let count = 0
  while (performance.now() - startMs < forMs) {
    for (let more = 0; more < 8; more++) await decideOne(count++ % 64)
  }
  return ((performance.now() - startMs) * 1000) / count
}
