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
  const found: Diagnostic[] = []
  const all: Examined[] = []
  const firing: Examined[] = []
  for (const rule of rules) {
    const examined = examine(rule)
    all.push(examined)
    const warnings = warningsOf(examined, { shown, set, sources, place })
    found.push(...warnings)
    if (!warnings.some(({ code }) => code === 'never-fires')) firing.push(examined)
    yield
  }
  found.push(...(yield* hiddenRules(firing, place)))
  found.push(...(yield* sameField(all, place)))
  found.push(...(yield* listEntries(lists.values(), place)))
  found.push(...(yield* hashComments(lists.values(), sources, place)))
  return limited(once(found))
}

/** What is known of the folder: what tests of files are about, which fields rewrites set, where places are. */
type Known = {
  shown: ShownByFiles
  set: ReadonlySet<string>
  sources: Sources
  place: Place
}

/** What one rule alone shows. A rule that never runs may say what it wants. */
function warningsOf(examined: Examined, { shown, set, sources, place }: Known): Diagnostic[] {
  if (examined.rule.mode === 'disabled') return []
  const parts = [...impossibleParts(examined), ...suspiciousPatterns(examined)]
  const entries = [
    ...literalStars(examined, sources),
    ...literalLists(examined, sources, place),
    ...neverFound(examined.rule, sources, place),
  ]
  const always = [untested(examined, shown), ...parts, ...entries]
  const never = neverFires(examined, place)
  const others = [
    neverSent(examined, set),
    alwaysFires(examined),
    refusesClearing(examined),
    ...alwaysHolding(examined),
  ]
  return [...always, ...(never === undefined ? others : [never])].filter(each => each !== undefined)
}

function examine(rule: CompiledRule): Examined {
  return { rule, needed: neededBy(rule.when), ...(rule.unless && { exception: neededBy(rule.unless) }) }
}

/** What stands in a condition that several rules use is told once. */
function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map(
    diagnostics.map(each => [`${each.code} ${each.span.start} ${each.span.end} ${each.span.file}`, each]),
  )
  return [...known.values()]
}

function limited(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const kept = new Limited()
  for (const each of diagnostics) kept.add(each)
  return kept.all
}
