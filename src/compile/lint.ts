import type { Steps } from '../language/at-once.ts'
import type { List } from '../language/condition.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import { placesIn } from '../language/places.ts'
import type { Case } from '../language/rule.ts'
import { alwaysFires } from './lint/always.ts'
import type { Sources } from './lint/entries-of.ts'
import type { Examined, Place } from './lint/finding.ts'
import { hashComments } from './lint/hash-comments.ts'
import { hiddenRules } from './lint/hidden.ts'
import { Limited } from './lint/limited.ts'
import { listEntries } from './lint/list-entries.ts'
import { literalLists } from './lint/literal-lists.ts'
import { alwaysHolding, refusesClearing } from './lint/negation.ts'
import { neverFires } from './lint/never.ts'
import { neverFound } from './lint/never-found.ts'
import { neverSent, settable } from './lint/never-sent.ts'
import { suspiciousPatterns } from './lint/patterns.ts'
import { sameField } from './lint/setters.ts'
import { literalStars } from './lint/stars.ts'
import { type ShownByFiles, shownBy, untested } from './lint/untested.ts'
import { impossibleParts } from './lint/url-values.ts'
import { neededBy } from './needed.ts'
import type { CompiledRule } from './ruleset.ts'

/** What warnings are about: the rules in their total order, the tests of files, the lists, the texts to show places in. */
export type Linted = {
  rules: readonly CompiledRule[]
  cases: readonly Case[]
  lists: ReadonlyMap<string, List>
  sources: ReadonlyMap<string, string>
}

/**
 * Warn of rules that load but cannot mean what they say.
 *
 * A false alarm is worse than a miss: what cannot be told is passed over. Takes time in proportion to the number of
 * rules, and pauses after each, so that its caller can let others run. Pure.
 */
export function* lint({ rules, cases, lists, sources }: Linted): Generator<undefined, Diagnostic[]> {
  const place = placesIn(sources)
  const shown = shownBy(cases)
  const set = settable(rules)
  const found = new Limited()
  const all: Examined[] = []
  const firing: Examined[] = []
  for (const rule of rules) {
    const examined = examine(rule)
    all.push(examined)
    const warnings = yield* warningsOf(examined, { shown, set, sources, place })
    found.addAll(warnings)
    if (!warnings.some(({ code }) => code === 'never-fires')) firing.push(examined)
    yield
  }
  found.addAll(yield* hiddenRules(firing, place))
  found.addAll(yield* sameField(all, place))
  found.addAll(yield* listEntries(lists.values(), place))
  found.addAll(yield* hashComments(lists.values(), sources, place))
  return found.all
}

/** What is known of the folder: what tests of files are about, which fields rewrites set, where places are. */
type Known = {
  shown: ShownByFiles
  set: ReadonlySet<string>
  sources: Sources
  place: Place
}

/** What one rule alone shows. A rule that never runs may say what it wants. Pauses after each look. */
function* warningsOf(examined: Examined, { shown, set, sources, place }: Known): Steps<Diagnostic[]> {
  if (examined.rule.mode === 'disabled') return []
  const found = yield* lookAll([
    () => [untested(examined, shown)],
    () => impossibleParts(examined),
    () => suspiciousPatterns(examined),
    () => literalStars(examined, sources),
    () => literalLists(examined, sources, place),
    () => neverFound(examined.rule, sources, place),
  ])
  const never = neverFires(examined, place)
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
