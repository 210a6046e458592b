import type { Diagnostic } from '../yaml/diagnostic.ts'
import { replacing } from '../yaml/fix.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { adding, countingPlace } from './count-places.ts'
import { rangeOfCount } from './count-range.ts'
import type { Sources } from './entries-of.ts'
import { type Examined, warning } from './finding.ts'
import { isHiding, mayHide, ownCountOf } from './hidden.ts'
import { NeedNumbers } from './keys.ts'

/** How many rules that count the same are compared with each. */
const maxTried = 50

/**
 * Reject rules whose count never gets to its limit, because a later rule refuses the same calls from a lower one on:
 * refused calls do not count.
 *
 * `all` are in their total order. What earlier rules refuse is reported as hidden.
 */
export function* cappedCounts(
  all: readonly Examined[],
  sources: Sources,
  place: ShowPlace,
): Generator<undefined, Diagnostic[]> {
  const counting = all.filter(each => isInForce(each) && each.rule.count?.often.of.counting === 'let through')
  const found: Diagnostic[] = []
  if (counting.length < 2) return found
  const exempted = new Set(
    all
      .filter(({ rule }) => rule.stage === 'exempt' && rule.mode === 'enforce')
      .flatMap(({ rule }) => rule.rule.callbacks),
  )
  const needs = new NeedNumbers()
  const needsOf = new Map(counting.map(each => [each, needs.of(each.needed)]))
  for (const [at, examined] of counting.entries()) {
    yield
    // A call that is exempted counts, whatever rules would refuse it.
    if (examined.rule.rule.callbacks.some(callback => exempted.has(callback))) continue
    const by = counting
      .slice(at + 1, at + 1 + maxTried)
      .find(other => mayHide(other, new Set()) && lowOf(other) < lowOf(examined) && isHiding(other, examined, needsOf))
    if (by !== undefined) found.push(warned(examined, by, { sources, place }))
  }
  return found
}

function isInForce({ rule }: Examined): boolean {
  return rule.stage === 'reject' && rule.mode === 'enforce'
}

function lowOf(examined: Examined): number {
  const own = ownCountOf(examined)
  return (own && rangeOfCount(own)?.low) ?? 0
}

type Shown = { sources: Sources; place: ShowPlace }

function warned({ rule }: Examined, { rule: by }: Examined, { sources, place }: Shown): Diagnostic {
  const message = `"${rule.id}" can never decide: "${by.id}" has a lower limit for the same calls, and those that it refuses do not count`
  const hint = `Write counting: all in "${rule.id}", or remove one of them. "${by.id}" is at ${place(by.rule.span)}`
  const often = rule.count?.often
  const known = often && countingPlace(often, sources)
  const fixes = known ? [replacing(known, 'counting: all')] : often ? adding(often, 'counting: all', sources) : []
  return warning('hidden-rule', rule.rule.span, message, { hint, fixes })
}
