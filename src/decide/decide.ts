import type { Callback } from '../callbacks/callback.ts'
import type { CountPlace } from '../compile/counter.ts'
import { noPause, type Pause, withPauses } from '../compile/pause.ts'
import type { Answers } from '../compile/question.ts'
import type { CompiledRule, RuleSet, StageRules, Stages } from '../compile/ruleset.ts'
import { asDrawn, type Drawing } from '../compile/share.ts'
import { View } from '../compile/view.ts'
import type { Outcome } from '../language/rule.ts'
import type { Call, Value } from './call.ts'
import { canApply } from './can-apply.ts'
import { countEffects, type FiredRule, waitOf } from './count-effects.ts'
import type { Change, Decision, Match, Verdict } from './decision.ts'
import { type FoundFirst, foundFirst } from './found.ts'
import { type Answering, settled } from './gather.ts'
import { judge } from './judge.ts'
import { changed, lookupIn, rewriteBy } from './rewrite.ts'
import { fillMessage, type MessageFacts } from './steps.ts'

/** The stages of a callback without rules. */
export const noStages: Stages = { rewrite: noRules(), exempt: noRules(), reject: noRules() }

function noRules(): StageRules {
  return { rules: [], mayFire: () => [] }
}

/** What deciding needs from its caller. */
export type Edge = {
  /** Called between pieces of long work. */
  pause?: Pause
  /** On which side of all shares the call is; without it, they are drawn by the call. */
  drawing?: Drawing
  /** The facts of the same call at the same time, where another rule set with the same slots decides it, too. */
  facts?: View
} & Answering

/** The call as it was received, with the places that it takes in named counters. */
export function receive({ named }: RuleSet, { callback, values }: Call, at: number, facts?: View): View {
  const view = facts ?? new View(values, at)
  const places = named.get(callback.command)?.(view) ?? noPlaces
  return places.length === 0 ? view : view.withPlaces(places)
}

const noPlaces: readonly CountPlace[] = []

/**
 * Judge one webhook call against one rule set.
 *
 * Pure except for `gather` and `counts`: the same rules, facts, counts and time give the same decision. `at` is in ms
 * since 1970. Throws what these and `pause` throw; the caller applies the failure policy.
 */
export async function decide(ruleSet: RuleSet, call: Call, at: number, edge: Edge = {}): Promise<Decision> {
  return (await judged(ruleSet, call, at, edge)).decision
}

/** A decision with all that was answered for it. */
export type Judgement = { decision: Decision; answers: Answers }

/** The same as `decide`, for callers that explain the decision. */
export async function judged(ruleSet: RuleSet, call: Call, at: number, edge: Edge = {}): Promise<Judgement> {
  const { pause = noPause, drawing, facts } = edge
  const answering = { ...edge, pause }
  const stages = ruleSet.stages.get(call.callback.command) ?? noStages
  const received = receive(ruleSet, call, at, facts)
  if (received.places.length > 0) answering.counts?.take(received.places)
  const candidates = await stages.rewrite.mayFire(received, pause)
  // Nearly every call matches no rule, and skips what only a match needs.
  const rewritten =
    candidates.length === 0
      ? { view: received, changes: [], matches: [], fired: [] }
      : await rewrite(stages.rewrite, candidates, {
          ruleSet,
          callback: call.callback,
          received,
          pause,
          answering,
          drawing,
        })
  const { changes } = rewritten
  const [exempt, reject] = [
    await stages.exempt.mayFire(rewritten.view, pause),
    await stages.reject.mayFire(rewritten.view, pause),
  ]
  const others = exempt.length === 0 ? reject : [...exempt, ...reject]
  const view = await settled(others, rewritten.view, answering)
  const fired = others.length === 0 ? others : drawn(await judge(others, view, pause), received, drawing)
  const exempted = exemptions(fired)
  const first = fired.find(rule => rule.stage === 'reject' && rule.mode === 'enforce' && !exempted(rule.id))
  const matches = [
    ...rewritten.matches,
    ...fired.map(rule => matchOf(rule, rule.stage === 'reject' && exempted(rule.id))),
  ]
  const effects = countEffects([...rewritten.fired, ...firing(fired, view)], exempted, call.callback)
  const shared = { matches, changes, ...(effects && { effects }) }
  if (first !== undefined) {
    const verdict = await rejected(first, ruleSet, view, pause)
    return { decision: { ...verdict, ...shared }, answers: view.answers }
  }
  const rewrites = changes.length === 0 ? nothing : differences(received, view, changes)
  return { decision: { kind: 'allow', rewrites, ...shared }, answers: view.answers }
}

/** Rules that fired, each in its mode for this call. */
function drawn(rules: readonly CompiledRule[], received: View, drawing: Drawing): readonly CompiledRule[] {
  return rules.some(({ share }) => share !== undefined) ? rules.map(rule => asDrawn(rule, received, drawing)) : rules
}

function firing(rules: readonly CompiledRule[], view: View): readonly FiredRule[] {
  return rules.length === 0 ? none : rules.flatMap(rule => (rule.count === undefined ? [] : [{ rule, view }]))
}

const none: readonly FiredRule[] = []

const nothing: ReadonlyMap<string, Value> = new Map()

type Rewriting = {
  ruleSet: RuleSet
  callback: Callback
  received: View
  pause: Pause
  answering: Answering
  drawing: Drawing
}

type Rewritten = {
  view: View
  changes: readonly Change[]
  matches: readonly Match[]
  fired: readonly FiredRule[]
}

/** Run rewrite rules one after another, each on the result of the one before. `first` may fire at the start. */
async function rewrite(
  stage: StageRules,
  first: readonly CompiledRule[],
  { ruleSet, callback, received, pause, answering, drawing }: Rewriting,
): Promise<Rewritten> {
  let view = await settled(first.filter(isUncounted), received, answering)
  let waiting = first
  const changes: Change[] = []
  const matches: Match[] = []
  const fired: FiredRule[] = []
  while (waiting.length > 0) {
    await pause()
    const some = nextOf(waiting)
    waiting = waiting.slice(some.length)
    // A rule counts the values on which it is judged, which earlier rules may change.
    if (!some.every(isUncounted)) view = await settled(some, view, answering)
    for (const rule of drawn(await judge(some, view, pause), received, drawing)) {
      matches.push(matchOf(rule, false))
      fired.push(...firing([rule], view))
      const made = rule.mode === 'enforce' ? await changesBy(rule, view, { ruleSet, callback, pause }) : []
      if (made.length === 0) continue
      for (const change of made) view = changed(view, callback, change)
      changes.push(...made)
      waiting = (await stage.mayFire(view, pause)).filter(({ place }) => place > rule.place)
      // Later rules may now need other facts.
      view = await settled(waiting.filter(isUncounted), view, answering)
      break
    }
  }
  return { view, changes, matches, fired }
}

function isUncounted({ count }: CompiledRule): boolean {
  return count === undefined
}

/** The rules to judge together: a few, or one that counts. */
function nextOf(waiting: readonly CompiledRule[]): readonly CompiledRule[] {
  const some = waiting.slice(0, judgedTogether)
  const at = some.findIndex(({ count }) => count !== undefined)
  return at === -1 ? some : some.slice(0, Math.max(at, 1))
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

async function rejected(rule: CompiledRule, ruleSet: RuleSet, view: View, pause: Pause): Promise<Verdict> {
  const { code, message, detail } = rule.outcome as Extract<Outcome, { kind: 'reject' }>
  const pieces = [...(message ?? []), ...(detail ?? [])].filter(piece => typeof piece === 'object')
  const lookup = pieces.length === 0 ? () => null : lookupIn(ruleSet, view)
  const found = pieces.some(piece => 'group' in piece)
    ? await withPauses(foundFirst(rule.when, ruleSet.slots, view), pause)
    : undefined
  const told: MessageFacts = { found, waitMs: pieces.some(piece => 'wait' in piece) ? waitOf(rule, view) : undefined }
  return {
    kind: 'reject',
    code,
    rule: rule.id,
    message: message === undefined ? '' : fillMessage(message, lookup, told),
    detail: detail === undefined ? '' : fillMessage(detail, lookup, told),
    ...(found?.entry !== undefined && { entry: found.entry }),
    ...(pieces.some(piece => quotes(piece, found)) && { quotesCall: true }),
  }
}

/** Whether a piece of a message is filled with text of the call; entries of lists and waits are not. */
function quotes(piece: object, found: FoundFirst | undefined): boolean {
  return 'group' in piece ? found?.entry === undefined : !('wait' in piece)
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
