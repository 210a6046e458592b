import { neededBy } from '../compile/needed.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { newestLanguage } from '../language/language-number.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type ShowPlace, shownPlacesIn } from '../yaml/places.ts'
import type { Steps } from '../yaml/steps.ts'
import { alwaysFires } from './always.ts'
import { cappedCounts } from './capped-counts.ts'
import { changedKeys } from './changed-keys.ts'
import { type KnownOfCounts, neverCounted, oddCounts, refusingBy } from './counts.ts'
import { idleExceptions } from './exceptions.ts'
import type { Examined } from './finding.ts'
import { hashComments } from './hash-comments.ts'
import { hiddenRules } from './hidden.ts'
import { Limited } from './limited.ts'
import { listEntries } from './list-entries.ts'
import { literalLists } from './literal-lists.ts'
import { jsonAsText, textOfNone } from './message-json.ts'
import { alwaysHolding, refusesClearing } from './negation.ts'
import { neverFires } from './never.ts'
import { neverFound } from './never-found.ts'
import { neverSent, settable } from './never-sent.ts'
import { olderLists, olderMeanings } from './older-meaning.ts'
import { unsettledPairs, unsettledSteps } from './pairs.ts'
import { suspiciousPatterns } from './patterns.ts'
import { foreignPlaceholders } from './placeholders.ts'
import { roleOfNobody } from './role-of-nobody.ts'
import { sameField } from './setters.ts'
import { oddShares } from './shares.ts'
import { alwaysCounted } from './slips.ts'
import { literalStars } from './stars.ts'
import { type ShownByFiles, shownBy, untested } from './untested.ts'
import { impossibleParts } from './url-values.ts'

/**
 * Warns about rules that load but cannot mean what they say.
 *
 * A false alarm is worse than a miss: unclear cases are skipped. Linear in the number of rules; pauses after each, so
 * that the caller can let other work run.
 */
export function* lint({ compiled, cases, lists, sources, language }: RuleSet): Steps<Diagnostic[]> {
  const rules = [...compiled.values()]
  const place = shownPlacesIn(sources)
  const shown = shownBy(cases)
  const set = settable(rules)
  const byId = new Map(rules.map(rule => [rule.id, rule]))
  const refusing = refusingBy(rules)
  const found = new Limited()
  const all: Examined[] = []
  const firing: Examined[] = []
  for (const rule of rules) {
    const examined = examine(rule)
    all.push(examined)
    const warnings = yield* warningsOf(examined, { shown, set, refusing, sources, place, byId })
    if (language < newestLanguage && rule.mode !== 'disabled') found.addAll(olderMeanings(examined, sources))
    found.addAll(warnings)
    if (!warnings.some(({ code }) => code === 'never-fires')) firing.push(examined)
    yield
  }
  found.addAll(yield* hiddenRules(firing, place))
  found.addAll(yield* sameField(all, place))
  found.addAll(yield* cappedCounts(firing, sources, place))
  found.addAll(yield* changedKeys(all, sources, place))
  if (language < newestLanguage) found.addAll(olderLists(lists.values()))
  found.addAll(yield* listEntries(lists.values(), place))
  found.addAll(yield* idleExceptions(lists.values(), place))
  found.addAll(yield* unsettledPairs(lists.values(), place))
  found.addAll(yield* hashComments(lists.values(), sources, place))
  return found.all
}

/** What is known about the folder: what the tests of files cover, which fields rewrites set, the rules by their ids, and where things are. */
type Known = KnownOfCounts & {
  shown: ShownByFiles
  byId: ReadonlyMap<string, CompiledRule>
  place: ShowPlace
}

/** Warnings that one rule alone causes. Disabled rules cause none. Pauses after each check. */
function* warningsOf(examined: Examined, known: Known): Steps<Diagnostic[]> {
  if (examined.rule.mode === 'disabled') return []
  const { shown, set, sources, place, byId } = known
  const found = yield* lookAll([
    () => [untested(examined, shown)],
    () => impossibleParts(examined),
    () => suspiciousPatterns(examined),
    () => literalStars(examined, sources),
    () => literalLists(examined, sources, place),
    () => unsettledSteps(examined, sources, place),
    () => neverFound(examined.rule, sources, place),
    () => jsonAsText(examined),
    () => alwaysCounted(examined),
    () => [roleOfNobody(examined, byId)],
    () => foreignPlaceholders(examined),
    () => oddCounts(examined, known),
    () => oddShares(examined),
  ])
  const never = neverFires(examined, place) ?? neverCounted(examined, known) ?? textOfNone(examined)
  yield
  if (never !== undefined) return [...found, never]
  const others = yield* lookAll([
    () => [neverSent(examined, set)],
    () => [alwaysFires(examined)],
    () => [refusesClearing(examined)],
    () => alwaysHolding(examined),
  ])
  return [...found, ...others]
}

type LookAtRule = () => readonly (Diagnostic | undefined)[]

function* lookAll(looks: readonly LookAtRule[]): Steps<Diagnostic[]> {
  const found: Diagnostic[] = []
  for (const look of looks) {
    for (const each of look()) if (each !== undefined) found.push(each)
    yield
  }
  return found
}

function examine(rule: CompiledRule): Examined {
  return { rule, needed: neededBy(rule.when), ...(rule.unless && { exception: neededBy(rule.unless) }) }
}
