import type { Judged, Verdict } from '../compile/evaluate.ts'
import type { CompiledRule, RuleSet, Stage } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import { clockText } from '../language/clock.ts'
import type { Test } from '../language/condition.ts'
import { lineStarts, placeAt, type Span } from '../language/source.ts'
import type { ReadAs } from '../text/explain.ts'
import type { Call } from './call.ts'
import { decide, noStages } from './decide.ts'
import type { Decision, Match, Value } from './decision.ts'
import { isInForce } from './judge.ts'
import { type Otherwise, otherwise, type Told } from './near-miss.ts'
import { changed } from './rewrite.ts'

/** What became of one rule: it fired, it did not, it could not tell, something exempted, or its time is not now. */
export type Result = 'matched' | 'not matched' | 'unknown' | 'exempted' | 'not in force'

/** One rule, with why. `changes` is what it rewrote, or in shadow would have. */
export type ExplainedRule = {
  rule: string
  stage: Stage
  mode: CompiledRule['mode']
  result: Result
  conditions: Trace
  changes?: readonly { field: string; from: Value; to: Value }[]
}

/**
 * One condition with the value it saw. `line` is 1-based; `actual` is null for an absent value and for groups, and
 * for the time what the clock of its zone shows.
 */
export type Trace = {
  text: string
  file: string
  line: number
  actual: unknown
  /** The name of an actual number that has one. */
  named?: string
  verdict: boolean | 'unknown'
  found?: FoundEntry
  children?: readonly Trace[]
}

/**
 * What a word that looks for texts or values found: the entry, and where it stands if it is one of a named list.
 * `text` is the part of the value; `read` are its characters that were read as others, and those passed over.
 */
export type FoundEntry = { entry: string; file?: string; line?: number; text?: string; read?: readonly ReadAs[] }

/**
 * A decision, of every rule for the callback why it fired or not, in the order in which they run, and what would have
 * decided otherwise.
 */
export type Explanation = { decision: Decision; rules: readonly ExplainedRule[]; otherwise: Otherwise }

/**
 * Decide a call and say why.
 *
 * The decision is `decide`'s own; what follows only looks at the same views again. Throws what a look-up throws.
 */
export async function explain(ruleSet: RuleSet, call: Call, at: number): Promise<Explanation> {
  const received = await new View(call.values, at).settled()
  const decision = await decide(ruleSet, { ...call, values: received.values as Call['values'] }, at)
  const stages = ruleSet.stages.get(call.callback.command) ?? noStages
  const teller = tellerOf(ruleSet, decision)
  let view = received
  const rewrites = stages.rewrite.rules.map(rule => {
    const seen = view
    const changes = decision.changes.filter(change => change.rule === rule.id)
    for (const change of changes) view = changed(view, call.callback, change)
    const told = changes.map(({ field, from, to }) => ({ field, from, to }))
    return { ...teller.rule(rule, seen), ...(told.length > 0 && { changes: told }) }
  })
  const others = [...stages.exempt.rules, ...stages.reject.rules].map(rule => teller.rule(rule, view))
  return { decision, rules: [...rewrites, ...others], otherwise: otherwise(stages, view, decision, teller.tell(view)) }
}

type Teller = { rule(rule: CompiledRule, view: View): ExplainedRule; tell(view: View): (judged: Judged) => Told }

function tellerOf(ruleSet: RuleSet, decision: Decision): Teller {
  const matches = new Map(decision.matches.map(match => [match.rule, match]))
  const lines = linesOf(ruleSet)
  return {
    rule(rule, view) {
      const { id, stage, mode } = rule
      const result = resultOf(rule, view, matches.get(id))
      return { rule: id, stage, mode, result, conditions: traceRule(rule, ruleSet, view, lines) }
    },
    tell: view => judged => {
      const { verdict, children, found, ...told } = trace(judged, ruleSet, view, lines)
      return told
    },
  }
}

function resultOf(rule: CompiledRule, view: View, match: Match | undefined): Result {
  if (!isInForce(rule, view)) return 'not in force'
  if (match !== undefined) return match.exempted ? 'exempted' : 'matched'
  const verdict = rule.when.judge(view)
  if (verdict === null) return 'unknown'
  return verdict ? 'exempted' : 'not matched'
}

/** Tells on which line something stands. */
type Lines = (span: Span) => number

/** The line of a place, each file's lines found once. */
function linesOf({ sources }: RuleSet): Lines {
  const starts = new Map<string, number[]>()
  return ({ file, start }) => {
    const known = starts.get(file) ?? lineStarts(sources.get(file) ?? '')
    starts.set(file, known)
    return placeAt(known, start).line
  }
}

function traceRule(rule: CompiledRule, ruleSet: RuleSet, view: View, line: Lines): Trace {
  const when = trace(rule.when, ruleSet, view, line)
  if (rule.unless === undefined) return when
  const unless = trace(rule.unless, ruleSet, view, line)
  const verdict = unless.verdict === true ? false : when.verdict
  const { file } = when
  const exemption = { text: 'unless', file: unless.file, line: unless.line, actual: null, verdict: unless.verdict }
  const children = [when, { ...exemption, children: [unless] }]
  return { text: 'when and unless', file, line: when.line, actual: null, verdict, children }
}

function trace(judged: Judged, ruleSet: RuleSet, view: View, line: Lines): Trace {
  const { condition, parts } = judged
  const { text, span } = condition
  const children = parts.map(part => trace(part, ruleSet, view, line))
  const verdict = toldVerdict(judged.judge(view))
  const actual = actualOf(judged, ruleSet, view)
  const named = nameOf(judged, actual)
  const found = foundBy(judged, view, actual, line)
  return {
    text,
    file: span.file,
    line: line(span),
    actual,
    ...(named !== undefined && { named }),
    verdict,
    ...(found && { found }),
    ...(children.length > 0 && { children }),
  }
}

/** Told whether it was wanted or not: `not in list` fails by the entry that it found. */
function foundBy({ condition, leaf }: Judged, view: View, actual: unknown, line: Lines): FoundEntry | undefined {
  if (condition.kind !== 'test' || leaf?.find === undefined || leaf.slot === 'time') return undefined
  const judged = view.value(leaf.slot)
  const finding = judged === null ? undefined : leaf.find(judged, actual)
  if (finding === undefined) return undefined
  const { number, start, end, read } = finding
  const span = placeOf(condition, number)
  return {
    entry: entryOf(condition, number),
    ...(span && { file: span.file, line: line(span) }),
    ...(start !== undefined && typeof actual === 'string' && { text: actual.slice(start, end) }),
    ...(read && read.length > 0 && { read }),
  }
}

function entryOf({ operand }: Test, number: number): string {
  if (operand.kind === 'value') return String(operand.value)
  if (operand.kind === 'values') return String(operand.list?.texts[number] ?? operand.values[number])
  return operand.kind === 'hosts' ? (operand.hosts[number] as string) : ''
}

/** Where an entry of a named list stands; any other stands in the condition itself. */
function placeOf({ operand }: Test, number: number): Span | undefined {
  return 'list' in operand ? operand.list?.entries[number]?.span : undefined
}

function nameOf({ condition }: Judged, actual: unknown): string | undefined {
  const names =
    condition.kind === 'test' && condition.field.part.kind === 'whole' ? condition.field.field.names : undefined
  return [...(names ?? [])].find(([, number]) => number === actual)?.[0]
}

function actualOf({ condition }: Judged, { slots }: RuleSet, view: View): unknown {
  if (condition.kind === 'time') return clockText(condition.zone, view.at)
  return condition.kind === 'test' ? view.value(slots.valueOf(condition.field)) : null
}

function toldVerdict(verdict: Verdict): Trace['verdict'] {
  return verdict ?? 'unknown'
}
