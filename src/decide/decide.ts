import type { Callback } from '../callbacks/callback.ts'
import { noPause, type Pause, withPauses } from '../compile/pause.ts'
import type { CompiledRule, RuleSet, StageRules, Stages } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import type { Outcome } from '../language/rule.ts'
import type { Call, Value } from './call.ts'
import { canApply } from './can-apply.ts'
import type { Change, Decision, Match } from './decision.ts'
import { foundFirst } from './found.ts'
import { type Gather, nobody, settled } from './gather.ts'
import { judge } from './judge.ts'
import { changed, lookupIn, rewriteBy } from './rewrite.ts'
import { fillMessage } from './steps.ts'

/** The stages of a callback without rules. */
export const noStages: Stages = { rewrite: noRules(), exempt: noRules(), reject: noRules() }

function noRules(): StageRules {
  return { rules: [], mayFire: () => [] }
}

/** What deciding needs from its caller. */
export type Edge = {
  /** Called between pieces of long work. */
  pause?: Pause
  /** Called for facts that are not in the call; without it, these are unsure. */
  gather?: Gather
}

/**
 * Judge one webhook call against one rule set.
 *
 * Pure except for `gather`: the same rules, facts and time give the same decision. `at` is in ms since 1970. Throws
 * what `pause` and `gather` throw; the caller applies the failure policy.
 */
export async function decide(ruleSet: RuleSet, call: Call, at: number, edge: Edge = {}): Promise<Decision> {
  const { pause = noPause, gather = nobody } = edge
  const stages = ruleSet.stages.get(call.callback.command) ?? noStages
  const received = new View(call.values, at)
  const candidates = await stages.rewrite.mayFire(received, pause)
  // Nearly every call matches no rule, and skips what only a match needs.
  const rewritten =
    candidates.length === 0
      ? { view: received, changes: [], matches: [] }
      : await rewrite(stages.rewrite, candidates, { ruleSet, callback: call.callback, received, pause, gather })
  const { changes } = rewritten
  const [exempt, reject] = [
    await stages.exempt.mayFire(rewritten.view, pause),
    await stages.reject.mayFire(rewritten.view, pause),
  ]
  const others = exempt.length === 0 ? reject : [...exempt, ...reject]
  const view = await settled(others, rewritten.view, gather)
  const fired = others.length === 0 ? others : await judge(others, view, pause)
  const exempted = exemptions(fired)
  const first = fired.find(rule => rule.stage === 'reject' && rule.mode === 'enforce' && !exempted(rule.id))
  const matches = [
    ...rewritten.matches,
    ...fired.map(rule => matchOf(rule, rule.stage === 'reject' && exempted(rule.id))),
  ]
  if (first !== undefined) return rejected(first, ruleSet, view, { matches, changes, pause })
  const rewrites = changes.length === 0 ? nothing : differences(received, view, changes)
  return { kind: 'allow', rewrites, matches, changes }
}

const nothing: ReadonlyMap<string, Value> = new Map()

type Rewriting = { ruleSet: RuleSet; callback: Callback; received: View; pause: Pause; gather: Gather }

type Rewritten = { view: View; changes: readonly Change[]; matches: readonly Match[] }

/** Run rewrite rules one after another, each on the result of the one before. `first` may fire at the start. */
async function rewrite(
  stage: StageRules,
  first: readonly CompiledRule[],
  { ruleSet, callback, received, pause, gather }: Rewriting,
): Promise<Rewritten> {
  let view = await settled(first, received, gather)
  let waiting = first
  const changes: Change[] = []
  const matches: Match[] = []
  while (waiting.length > 0) {
    await pause()
    const some = waiting.slice(0, judgedTogether)
    waiting = waiting.slice(judgedTogether)
    for (const rule of await judge(some, view, pause)) {
      matches.push(matchOf(rule, false))
      const made = rule.mode === 'enforce' ? await changesBy(rule, view, { ruleSet, callback, pause }) : []
      if (made.length === 0) continue
      for (const change of made) view = changed(view, callback, change)
      changes.push(...made)
      waiting = (await stage.mayFire(view, pause)).filter(({ place }) => place > rule.place)
      // Later rules may now need other facts.
      view = await settled(waiting, view, gather)
      break
    }
  }
  return { view, changes, matches }
}

/** The changes of a rule in force that the server would apply. */
async function changesBy(
  rule: CompiledRule,
  view: View,
  { ruleSet, callback, pause }: Pick<Rewriting, 'ruleSet' | 'callback' | 'pause'>,
): Promise<Change[]> {
  return (await rewriteBy(rule, ruleSet, view, pause)).filter(change => canApply(callback, view.values, change))
}

/** How many rules are judged together: most change nothing, so the results of the others stay valid. */
const judgedTogether = 8

/** Tells which reject rules are exempted by the exempt rules that fired. Those in shadow exempt none. */
function exemptions(fired: readonly CompiledRule[]): (id: string) => boolean {
  const ids = new Set<string>()
  for (const { outcome, mode } of fired) {
    if (outcome.kind !== 'allow' || mode !== 'enforce') continue
    if (outcome.rules === 'everything') return () => true
    for (const { id } of outcome.rules) ids.add(id)
  }
  return id => ids.has(id)
}

function matchOf(rule: CompiledRule, exempted: boolean): Match {
  return { rule: rule.id, stage: rule.stage, mode: rule.mode === 'shadow' ? 'shadow' : 'enforce', exempted }
}

async function rejected(
  rule: CompiledRule,
  ruleSet: RuleSet,
  view: View,
  { matches, changes, pause }: Pick<Decision, 'matches' | 'changes'> & { pause: Pause },
): Promise<Decision> {
  const { code, message, detail } = rule.outcome as Extract<Outcome, { kind: 'reject' }>
  const lookup = message === undefined && detail === undefined ? () => null : lookupIn(ruleSet, view)
  const isNamed = [...(message ?? []), ...(detail ?? [])].some(piece => typeof piece === 'object' && 'group' in piece)
  const found = isNamed ? await withPauses(foundFirst(rule.when, ruleSet.slots, view), pause) : undefined
  return {
    kind: 'reject',
    code,
    rule: rule.id,
    message: message === undefined ? '' : fillMessage(message, lookup, found),
    detail: detail === undefined ? '' : fillMessage(detail, lookup, found),
    ...(found?.entry !== undefined && { entry: found.entry }),
    matches,
    changes,
  }
}

/** The fields whose final values differ, whatever happened in between. */
function differences(received: View, final: View, changes: readonly Change[]): ReadonlyMap<string, Value> {
  const rewrites = new Map<string, Value>()
  for (const name of namesOf(changes)) {
    const [before, after] = [valueIn(received, name), valueIn(final, name)]
    if (!isSame(before, after)) rewrites.set(name, after)
  }
  return rewrites
}

function valueIn({ values }: View, field: string): Value {
  return (values.get(field) ?? null) as Value
}

/** The fields that changed. If more of a message changed than its text, the text counts as part of its content. */
function namesOf(changes: readonly Change[]): ReadonlySet<string> {
  const names = new Set(changes.map(({ field }) => field))
  if (!names.has('content') && !names.has('contentType')) return names
  if (names.delete('message text')) names.add('content')
  return names
}

/** Whether values are the same, lists item by item. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
