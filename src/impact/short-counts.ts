import type { RuleSet } from '../compile/ruleset.ts'
import { countsIn } from '../compile/without-counts.ts'

/** A rule that counts further back than was read: before `wholeFrom`, in ms since 1970, it may count too little. */
export type ShortCount = { rule: string; looksBackMs: number; wholeFrom: number }

/** What was read: calls that are compared from `since` on, and those that only fill the counts from `warmFrom` on. */
type Read = { warmFrom: number; since: number; until: number }

/** Where a hundredth of the time or less is short of counts, it is not worth a word. */
const leastPart = 0.01

/** The rules whose counts reach back before what was read for a good part of the time, the longest first. Pure. */
export function shortCounts(ruleSets: readonly RuleSet[], { warmFrom, since, until }: Read): readonly ShortCount[] {
  const longest = new Map<string, number>()
  for (const { rule } of ruleSets.flatMap(({ compiled }) => [...compiled.values()])) {
    if (rule.mode === 'disabled') continue
    for (const count of [rule.when, ...(rule.unless ? [rule.unless] : [])].flatMap(countsIn)) {
      const looksBackMs = count.kind === 'since' ? count.limit.ago : count.within
      longest.set(rule.id, Math.max(looksBackMs, longest.get(rule.id) ?? 0))
    }
  }
  return [...longest]
    .map(([rule, looksBackMs]) => ({ rule, looksBackMs, wholeFrom: warmFrom + looksBackMs }))
    .filter(({ wholeFrom }) => wholeFrom - since > (until - since) * leastPart)
    .sort((a, b) => b.looksBackMs - a.looksBackMs || (a.rule < b.rule ? -1 : 1))
}
