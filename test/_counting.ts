import test from 'ava'
import { findCallback } from '../src/callbacks/catalogue.ts'
import { withImplied } from '../src/callbacks/derived.ts'
import { compile } from '../src/compile/compile.ts'
import { startedOver } from '../src/compile/counting.ts'
import type { RuleSet } from '../src/compile/ruleset.ts'
import { CallCounts, type CallOutcome, countedCall } from '../src/count/call-counts.ts'
import type { CountStore } from '../src/count/count-store.ts'
import { MemoryCounts } from '../src/count/memory-counts.ts'
import type { Call, Value } from '../src/decide/call.ts'
import { decide } from '../src/decide/decide.ts'
import type { Decision } from '../src/decide/decision.ts'
import { noon } from './_rules.ts'

/** Rule files by path, or the text of one. */
type Files = Record<string, string> | string

/** Compiles rules as a reload does: what is the same as before is used again. */
export function counting(files: Files, before: RuleSet | null = null): RuleSet {
  const named = typeof files === 'string' ? { 'rules.yaml': files } : files
  const sources = Object.entries(named).map(([file, content]) => ({ file, content }))
  const { ruleSet, diagnostics } = compile(sources, { before, isReload: before !== null })
  if (ruleSet === null) throw new Error(`The rules of this test are wrong: ${JSON.stringify(diagnostics, null, 2)}`)
  return ruleSet
}

/**
 * A call as it is given in a table: `key=text` or `key:=JSON`, separated by spaces; in a key `_`, and in a text `+`, is a
 * space. `callback=NAME` names another callback than a message to a group. A message is one of u in g unless given.
 */
export function given(text: string): Call {
  const values = new Map<string, Value>()
  for (const [, key = '', sign, value = ''] of text.matchAll(/(\S+?)(:?=)(\S*)/g)) {
    values.set(key.replaceAll('_', ' '), sign === '=' ? value.replaceAll('+', ' ') : JSON.parse(value))
  }
  const name = String(values.get('callback') ?? 'beforeSendGroupMsg')
  values.delete('callback')
  const callback = findCallback(name)
  if (callback === undefined) throw new Error(`No callback ${name}`)
  const all = callback.fields.some(field => field.name === 'sendID')
    ? new Map<string, Value>([...ofUser, ...values])
    : values
  return { callback, values: withImplied<Value>(callback, all) }
}

const ofUser: readonly [string, Value][] = [
  ['sendID', 'u'],
  ['groupID', 'g'],
  ['msgFrom', 100],
]

type Started = { since?: number; store?: CountStore }

/** A call that is judged and not yet settled. */
export type Begun = { decision: Decision; settle(outcome?: CallOutcome): void }

/**
 * A service that counts, without HTTP: each call is judged and settled as there, at a time in seconds. `since`: when
 * counting began, in seconds; by default nothing was ever missed.
 */
export function service(files: Files, { since = Number.NEGATIVE_INFINITY, store }: Started = {}) {
  let ruleSet = counting(files)
  const at = (seconds: number) => noon + seconds * 1000
  const counts = store ?? new MemoryCounts({ secret: 'x', since: at(since) })
  counts.use([...ruleSet.counters.values()], at(Math.max(since, 0)))
  /** Judges a call; it is under way until it is settled, as it was answered unless something else is said. */
  const begin = async (call: Call | string, seconds: number, requestId?: string): Promise<Begun> => {
    const each = typeof call === 'string' ? given(call) : call
    const own = new CallCounts(counts, ruleSet.counters, countedCall(each, at(seconds), requestId))
    const decision = await decide(ruleSet, each, at(seconds), { counts: own })
    const isRefused = decision.kind === 'reject' && each.callback.phase === 'before'
    return {
      decision,
      settle: (outcome = isRefused ? 'refused' : 'let through') => own.settle(outcome, decision.effects),
    }
  }
  return {
    counts,
    begin,
    /** Judges and settles a call. */
    call: async (call: Call | string, seconds: number, requestId?: string): Promise<Decision> => {
      const { decision, settle } = await begin(call, seconds, requestId)
      settle()
      return decision
    },
    /** Other rules from now on; the names of the counters that start over. */
    reload: (next: Files, seconds: number): readonly string[] => {
      const before = ruleSet
      ruleSet = counting(next, before)
      counts.use([...ruleSet.counters.values()], at(seconds))
      return startedOver(before.counters.values(), ruleSet.counters.values())
    },
  }
}

/** What became of a call, as one sign: `.` nothing, `x` refused, `s` refused but for the shadow, `r` rewritten. */
export function sign({ kind, matches, ...decision }: Decision): string {
  if (kind === 'reject') return 'x'
  if ('rewrites' in decision && decision.rewrites.size > 0) return 'r'
  return matches.some(({ mode, stage, exempted }) => mode === 'shadow' && stage === 'reject' && !exempted) ? 's' : '.'
}

/**
 * A macro for tables of calls, one after another: `SECONDS  CALL  SIGNS`, as many calls as there are signs, see `given`
 * and `sign`. A line without a time is at that of the line before.
 */
export const follows = test.macro<[Files, string, Started?]>(async (t, files, table, started = {}) => {
  const { call } = service(files, started)
  let seconds = 0
  const lines: string[] = []
  for (const line of table.trim().split('\n')) {
    const [, time = '', values = '', expected = ''] = /^([\d.]*)(.*?)([.xsr]+)$/.exec(line.trim()) ?? []
    if (time !== '') seconds = Number(time)
    let signs = ''
    for (const _ of expected) signs += sign(await call(given(values), seconds))
    lines.push(`${line.slice(0, line.length - expected.length)}${signs}`)
  }
  t.is(lines.join('\n'), table.trim())
})

/** The same store, when others that share it cannot be asked. */
export function alone(store: CountStore): CountStore {
  const partial: CountStore['ask'] = async (call, questions) => {
    const answers = await store.ask(call, questions)
    return new Map(Array.from(answers, ([id, all]) => [id, all.map(each => ({ ...each, isPartial: true }))]))
  }
  return {
    use: (counters, at) => store.use(counters, at),
    take: (call, places) => store.take(call, places),
    ask: partial,
    peek: (call, questions) => store.peek(call, questions),
    settle: (call, settled) => store.settle(call, settled),
  }
}
