import type { Literal } from '../compile/needed.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { impliesCount, oftenIn } from './count-range.ts'
import { type Examined, warning } from './finding.ts'
import { implies } from './implied.ts'
import { NeedNumbers } from './keys.ts'
import { isNegative, keyOf, rootOf } from './literal.ts'

/** How many rules that might hide another are checked. */
const maxTried = 200

/** How many pairs of tests of two rules are compared. */
const maxPairs = 500

/** How many rules with a wider need are kept for each test. */
const maxWider = 50

/**
 * Reject rules that can never decide, because an earlier one needs nothing that they do not need too.
 *
 * `all` are in their total order. Each rule is filed under its rarest need, so that few pairs are compared.
 */
export function* hiddenRules(all: readonly Examined[], place: ShowPlace): Generator<undefined, Diagnostic[]> {
  const rules = all.filter(({ rule }) => rule.stage === 'reject' && rule.mode === 'enforce')
  const needs = new NeedNumbers()
  const needsOf = new Map<Examined, ReadonlySet<number>>()
  const counts = new Map<number, number>()
  const wideCounts = new Map<string, number>()
  for (const rule of rules) {
    const own = needs.of(rule.needed)
    needsOf.set(rule, own)
    for (const need of own) counts.set(need, (counts.get(need) ?? 0) + 1)
    for (const key of keysOf(rule)) wideCounts.set(key, (wideCounts.get(key) ?? 0) + 1)
    yield
  }
  const filed = new Map<number, Examined[]>()
  const wider = new Map<string, Examined[]>()
  const named = exemptedByName(all)
  const found: Diagnostic[] = []
  for (const rule of rules) {
    const own = needsOf.get(rule) as ReadonlySet<number>
    const hiding =
      candidates(own, filed).find(other => isHiding(other, rule, needsOf)) ??
      widerThan(rule, wider).find(other => isHiding(other, rule, needsOf))
    if (hiding !== undefined) found.push(warned(rule, hiding, place))
    else if (mayHide(rule, named)) {
      file(rule, rarest(own, counts), filed)
      fileWide(rule, wideCounts, wider)
    }
    yield
  }
  return found
}

/** Rules with one or two tests are the ones that can be wider: filed by what the fewest rules look at. */
function fileWide(rule: Examined, counts: ReadonlyMap<string, number>, wider: Map<string, Examined[]>): void {
  const { literals, choices } = rule.needed
  if (choices.length > 0 || literals.length > 2) return
  const key = rarest(literals.map(wideKey), counts)
  if (key === undefined) return
  const rules = wider.get(key)
  if (rules === undefined) wider.set(key, [rule])
  else if (rules.length < maxWider) rules.push(rule)
}

function widerThan(rule: Examined, wider: ReadonlyMap<string, readonly Examined[]>): readonly Examined[] {
  return [...keysOf(rule)].flatMap(key => wider.get(key) ?? [])
}

/** The possible wide keys of rules that hide this one. */
function keysOf({ needed }: Examined): ReadonlySet<string> {
  return new Set(needed.literals.flatMap(literal => [wideKey(literal), `a ${rootOf(literal)}`]))
}

/** A field, or the single value of it that passes: then only rules that need the same value can be hidden. */
function wideKey(literal: Literal): string {
  const { needs } = literal.judged.leaf
  const isOne = needs?.kind === 'equals' && needs.values.size === 1 && !isNegative(literal)
  return isOne ? `b ${keyOf(literal)}` : `a ${rootOf(literal)}`
}

/** A rule that an exemption names does not hide others, since it may be exempted. */
function exemptedByName(all: readonly Examined[]): ReadonlySet<string> {
  return new Set(
    all.flatMap(({ rule: { outcome } }) =>
      outcome.kind === 'allow' && outcome.rules !== 'everything' ? outcome.rules.map(({ id }) => id) : [],
    ),
  )
}

/** Whether nothing keeps a rule from rejecting what it would: one with a share rejects only a part. */
export function mayHide({ rule }: Examined, named: ReadonlySet<string>): boolean {
  if (rule.share !== undefined) return false
  return rule.unless === undefined && rule.from === undefined && rule.until === undefined && !named.has(rule.id)
}

function candidates(own: ReadonlySet<number>, filed: ReadonlyMap<number, readonly Examined[]>): readonly Examined[] {
  return [...own].flatMap(need => (filed.get(need) ?? []).slice(0, maxTried)).slice(0, maxTried)
}

/** Whether one rule rejects every call that another would. */
export function isHiding(
  other: Examined,
  rule: Examined,
  needsOf: ReadonlyMap<Examined, ReadonlySet<number>>,
): boolean {
  const callbacks = other.rule.rule.callbacks
  if (!rule.rule.rule.callbacks.every(callback => callbacks.includes(callback))) return false
  if (!isCountAtMost(rule, other)) return false
  if (isWithin(needsOf.get(other) as ReadonlySet<number>, needsOf.get(rule) as ReadonlySet<number>)) return true
  const { literals, choices } = other.needed
  if (literals.length * rule.needed.literals.length > maxPairs) return false
  return choices.length === 0 && literals.every(wide => rule.needed.literals.some(literal => isAtMost(literal, wide)))
}

/** Whether the own count of a rule, if it has one, holds whenever that of a narrower rule does. */
function isCountAtMost(narrow: Examined, wide: Examined): boolean {
  const [own, other] = [ownCountOf(narrow), ownCountOf(wide)]
  return other === undefined || (own !== undefined && impliesCount(own, other))
}

/** The test of what a rule counts of its own calls. */
export function ownCountOf({ needed: { literals } }: Examined): Literal | undefined {
  return literals.find(literal => oftenIn(literal)?.of.kind === 'rule')
}

function isWithin(some: ReadonlySet<number>, all: ReadonlySet<number>): boolean {
  for (const each of some) if (!all.has(each)) return false
  return true
}

function isAtMost(literal: Literal, wide: Literal): boolean {
  return implies(literal, wide) || keyOf(literal) === keyOf(wide)
}

function rarest<T>(some: Iterable<T>, counts: ReadonlyMap<T, number>): T | undefined {
  return [...some].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))[0]
}

function file(rule: Examined, need: number | undefined, filed: Map<number, Examined[]>): void {
  if (need === undefined) return
  const rules = filed.get(need)
  if (rules === undefined) filed.set(need, [rule])
  else rules.push(rule)
}

function warned({ rule }: Examined, { rule: hiding }: Examined, place: ShowPlace): Diagnostic {
  const message = `"${rule.id}" can never decide: "${hiding.id}" runs first and already rejects every call "${rule.id}" would reject`
  const isCounted = rule.count?.often.of.counting === 'let through' && hiding.count !== undefined
  const order = isCounted ? 'count refused calls, too (counting: all), and give this one' : 'give this one'
  const hint = `"${hiding.id}" is at ${place(hiding.rule.span)}: remove one of them, or ${order} a lower order`
  return warning('hidden-rule', rule.rule.span, message, hint)
}
