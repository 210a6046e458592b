import type { Judged } from '../compile/judged.ts'
import { neededBy } from '../compile/needed.ts'
import type { CompiledRule, Stages } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import { demand, subjectOf } from '../language/show/phrase.ts'
import type { Decision } from './decision.ts'
import { isInForce } from './judge.ts'

/** A condition as reports show it: its place, and the value that it tested. */
export type Told = { text: string; file: string; line: number; actual: unknown; named?: string }

/** A condition and what it needs. `subject` is the field or the time that it tests; a group has none. */
export type NeededCondition = Told & { subject?: string; needs: string }

/**
 * A rule with only one condition that did not hold, and that would have changed the decision.
 *
 * `held` of its `of` conditions hold; the one at `position`, counted from 1, does not. `then` is what would follow.
 */
export type NearMiss = {
  rule: string
  stage: 'exempt' | 'reject'
  held: number
  of: number
  position: number
  missing: NeededCondition
  then: string
}

/**
 * What would change the decision: rules that nearly fired; each condition that would have kept the deciding rule from
 * firing; and the rule that would then have rejected the call.
 */
export type Otherwise = {
  nearMisses: readonly NearMiss[]
  escapes?: readonly NeededCondition[]
  next?: { rule: string; code: number }
}

/** How many are shown, the closest first. */
const maxShown = 5

/** How a condition is shown, and a rule in its mode for the call. */
export type Showing = { show(judged: Judged, view: View): Told; drawn(rule: CompiledRule): CompiledRule }

/** What would change a decision. `view` is the call as exempt and reject rules saw it. */
export function otherwise(stages: Stages, view: View, decision: Decision, shown: Showing): Otherwise {
  const show = (judged: Judged) => shown.show(judged, view)
  const answer = answerOf(stages, decision)
  const nearMisses = [...stages.exempt.rules, ...stages.reject.rules].flatMap(rule => {
    if (shown.drawn(rule).mode !== 'enforce' || !isInForce(rule, view)) return []
    const then = consequenceOf(rule, answer)
    const missed = then === undefined ? undefined : missedBy(rule, view, show)
    return then === undefined || missed === undefined
      ? []
      : [{ rule: rule.id, stage: nearStage(rule), ...missed, then }]
  })
  const closest = nearMisses.sort((a, b) => b.held / b.of - a.held / a.of).slice(0, maxShown)
  const { deciding, others } = answer
  const [next] = others
  return {
    nearMisses: closest,
    ...(deciding && { escapes: escapesFrom(deciding, show) }),
    ...(next && { next: { rule: next.id, code: codeOf(next) } }),
  }
}

/** The conditions of a rule that fired, each of which could have kept it from firing. */
function escapesFrom(rule: CompiledRule, show: (judged: Judged) => Told): NeededCondition[] {
  const { conditions, exception } = requirementsOf(rule)
  const all = exception === undefined ? conditions : [...conditions, exception]
  return all.slice(0, maxShown).map(({ judged, wanted }) => needed(judged, !wanted, show))
}

function nearStage({ stage }: CompiledRule): NearMiss['stage'] {
  return stage === 'exempt' ? 'exempt' : 'reject'
}

/** The rule that rejected the call, those that would otherwise reject it, in order, and the exempt rules that fired. */
type Answer = {
  deciding: CompiledRule | undefined
  others: readonly CompiledRule[]
  exemptions: readonly CompiledRule[]
}

function answerOf({ exempt, reject }: Stages, decision: Decision): Answer {
  const enforced = decision.matches.filter(({ mode }) => mode === 'enforce')
  const fired = new Set(enforced.map(({ rule }) => rule))
  const able = new Set(enforced.filter(({ exempted }) => !exempted).map(({ rule }) => rule))
  const [deciding, ...others] = reject.rules.filter(({ id }) => able.has(id))
  return { deciding, others, exemptions: exempt.rules.filter(({ id }) => fired.has(id)) }
}

/** The decision if a rule also fired; undefined if that changes nothing. */
function consequenceOf(rule: CompiledRule, { deciding, others, exemptions }: Answer): string | undefined {
  if (rule.stage === 'reject') {
    if (exemptions.some(exemption => isExempted(rule, exemption))) return undefined
    if (deciding === undefined) return `it would be rejected with ${codeOf(rule)}`
    return rule.place < deciding.place ? `it would be rejected with ${codeOf(rule)} instead` : undefined
  }
  if (deciding === undefined || !isExempted(deciding, rule)) return undefined
  const next = others.find(other => !isExempted(other, rule))
  return next === undefined ? 'it would be allowed' : `${next.id} would reject it instead, with ${codeOf(next)}`
}

function isExempted({ id }: CompiledRule, { outcome }: CompiledRule): boolean {
  if (outcome.kind !== 'allow') return false
  return outcome.rules === 'everything' || outcome.rules.some(rule => rule.id === id)
}

function codeOf({ outcome }: CompiledRule): number {
  return outcome.kind === 'reject' ? outcome.code : 0
}

/** A condition that must be definitely true, or definitely false. */
type Requirement = { judged: Judged; wanted: boolean }

/** The one condition that kept a rule from firing, if it was one and others held. */
function missedBy(
  rule: CompiledRule,
  view: View,
  show: (judged: Judged) => Told,
): Pick<NearMiss, 'held' | 'of' | 'position' | 'missing'> | undefined {
  const { conditions, exception } = requirementsOf(rule)
  // An exception is shown only if it held.
  const isExcepted = exception !== undefined && exception.judged.judge(view) === true
  const all = isExcepted ? [...conditions, exception] : conditions
  const [missing, another] = all.filter(({ judged, wanted }) => judged.judge(view) !== wanted)
  // A reject rule with a single condition is never near; an exempt rule with one is still a way out.
  const isNear = all.length > 1 || rule.stage === 'exempt'
  if (missing === undefined || another !== undefined || !isNear) return undefined
  const { judged, wanted } = missing
  const position = all.indexOf(missing) + 1
  return { held: all.length - 1, of: all.length, position, missing: needed(judged, wanted, show) }
}

function needed(judged: Judged, wanted: boolean, show: (judged: Judged) => Told): NeededCondition {
  const { condition } = judged
  const subject =
    condition.kind === 'test' ? subjectOf(condition.field) : condition.kind === 'time' ? 'the time' : undefined
  return { ...show(judged), ...(subject !== undefined && { subject }), needs: demand(condition, !wanted) }
}

function requirementsOf({ when, unless }: CompiledRule): { conditions: Requirement[]; exception?: Requirement } {
  const { literals, choices } = neededBy(when)
  const exception = unless && { judged: innermost(unless), wanted: false }
  return { conditions: [...literals, ...choices], ...(exception && { exception }) }
}

/** The condition that a reference to a named condition stands for. */
function innermost(judged: Judged): Judged {
  return judged.condition.kind === 'use' ? innermost(judged.parts[0] as Judged) : judged
}
