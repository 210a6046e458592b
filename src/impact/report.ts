import { type DifferenceKind, differenceKinds } from '../decide/difference.ts'
import type { CoverageData } from './coverage.ts'
import { Distinct, type DistinctData } from './distinct.ts'
import type { Example } from './example.ts'
import type { GroupData } from './group-tally.ts'
import type { RunData } from './impact-run.ts'
import type { Judgements } from './judgements.ts'
import type { CheckData } from './record-check.ts'
import { estimatesOf, type Sample, type SampleEstimates } from './sample-estimates.ts'
import type { ShortCount } from './short-counts.ts'
import type { KindData } from './tally.ts'

/** The format of the report and of the results of parts. */
export const impactFormat = 1

/** How many different ones; `isExact` is false beyond 100,000: then it is within 1 %. */
export type HowMany = { count: number; isExact: boolean }

/** Whom something happens to. `neverRefused` are the people who were not refused in the 30 days before. */
export type WhoIsHit = { calls: number; people: HowMany; neverRefused: HowMany; groups: HowMany }

/** What one rule changes for some calls. */
export type RuleImpact = WhoIsHit & {
  kind: DifferenceKind
  rule: string
  /** Calls by the start of the hour, in ISO 8601; by callback; and by what the condition found, most first. */
  hours: readonly { hour: string; calls: number }[]
  callbacks: readonly { callback: string; calls: number }[]
  found: readonly { text: string; calls: number }[]
  /** Three chosen by chance, and one that is unlike the others. */
  typical: readonly Example[]
  unusual: Example | null
  /** More of them, chosen by chance. */
  examples: readonly Example[]
}

/** A rule of the draft that is new or changed, and could not be tried on calls: fields of them, or all of them, are missing. */
export type Unasked = { rule: string; why: 'masked' | 'no calls'; calls: number; fields: readonly string[] }

/** What is compared: versions of rules; null for what is on record. */
export type WhatIsCompared = { draft: string; base: string | null }

/** Whom a draft would hit: plain data, the same as `--json` prints. Times are ISO 8601. */
export type ImpactReport = {
  format: typeof impactFormat
  app: string
  compared: WhatIsCompared
  since: string
  until: string
  verdict: 'nothing changes' | 'changes' | 'refuses more' | 'cannot say'
  totals: Readonly<Record<DifferenceKind, WhoIsHit>>
  protected: readonly {
    list: string
    calls: number
    people: HowMany
    names: readonly string[]
    rules: readonly string[]
  }[]
  changes: readonly RuleImpact[]
  /** Rules in shadow whose calls change: how many each would have refused, before and after. */
  shadow: readonly { rule: string; before: number; after: number; people: HowMany }[]
  unasked: readonly Unasked[]
  exactness: CheckData & { isExact: boolean }
  coverage: CoverageData
  hours: readonly { hour: string; calls: number; refusedBefore: number; refusedAfter: number }[]
  /** Since when it is known who was refused: 30 days before, or since the record begins. */
  refusalsSince: string
  /** Of a run over a sample: what the figures say about all. */
  sample: SampleEstimates | null
  /** Rules that count further back than was read: before `wholeFrom` they may count too little. */
  shortCounts: readonly { rule: string; looksBackMs: number; wholeFrom: string }[]
  /** What somebody said of some of the newly refused calls, if anybody was asked. */
  judged?: Judgements
}

/** What a report is about, besides what was counted. `changed` are the rules of the draft that differ, with callbacks. */
export type ReportAbout = {
  app: string
  compared: WhatIsCompared
  since: number
  until: number
  /** Since when refusals were read, in ms since 1970. */
  refusalsSince: number
  /** Of a run over some of all people or groups. */
  sample?: Sample
  changed: readonly { rule: string; callbacks: readonly string[] }[]
  shortCounts: readonly ShortCount[]
}

const mostNames = 100

/** The report of what was counted. Pure. */
export function reportOf({ tally, coverage, check }: RunData, about: ReportAbout): ImpactReport {
  const changes = tally.groups.map(ruleImpact)
  const unasked = unaskedOf(coverage, about)
  const totals = Object.fromEntries(differenceKinds.map(kind => [kind, hitOf(tally.kinds[kind])]))
  return {
    ...{
      format: impactFormat,
      app: about.app,
      compared: about.compared,
      since: iso(about.since),
      until: iso(about.until),
    },
    verdict: verdictOf(totals as ImpactReport['totals'], unasked, coverage),
    totals: totals as ImpactReport['totals'],
    protected: tally.protected.map(({ list, calls, people, rules }) => ({
      ...{ list, calls, people: howMany(people), rules: rules.map(([rule]) => rule) },
      names: 'all' in people ? people.all.slice(0, mostNames) : [],
    })),
    changes,
    shadow: tally.shadow
      .filter(({ before, after }) => before !== after)
      .map(each => ({ ...each, people: howMany(each.people) })),
    unasked,
    exactness: { isExact: isExact(check, coverage), ...check },
    coverage,
    refusalsSince: iso(about.refusalsSince),
    shortCounts: about.shortCounts.map(each => ({ ...each, wholeFrom: iso(each.wholeFrom) })),
    sample: about.sample === undefined ? null : estimatesOf(tally.kinds, about.sample),
    hours: tally.hours.map(([hour, calls, refusedBefore, refusedAfter]) => ({
      ...{ hour: iso(hour), calls, refusedBefore, refusedAfter },
    })),
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function howMany(data: DistinctData): HowMany {
  const { size, isExact: exact } = Distinct.of(data)
  return { count: size, isExact: exact }
}

function hitOf({ calls, people, refusedBefore, groups }: Omit<KindData, 'squares'>): WhoIsHit {
  const [all, before] = [howMany(people), howMany(refusedBefore)]
  const never = { count: Math.max(0, all.count - before.count), isExact: all.isExact && before.isExact }
  return { calls, people: all, neverRefused: never, groups: howMany(groups) }
}

function ruleImpact(group: GroupData): RuleImpact {
  const { kind, rule, hours, callbacks, found, examples } = group
  const typical = examples.slice(0, 3)
  return {
    ...{ kind, rule, ...hitOf(group) },
    hours: hours.map(([hour, calls]) => ({ hour: iso(hour), calls })),
    callbacks: callbacks.map(([callback, calls]) => ({ callback, calls })),
    found: found.map(([text, calls]) => ({ text, calls })),
    ...{ typical, unusual: unusualIn(group, typical), examples },
  }
}

/** The call in which the rarest thing was found; where nothing is found, that of the rarest callback. */
function unusualIn({ found, examples, callbacks }: GroupData, typical: readonly Example[]): Example | null {
  const isNew = ({ id }: Example) => typical.every(each => each.id !== id)
  const [, , rarest] = found.length < 2 ? [] : (found.findLast(([, , example]) => isNew(example)) ?? [])
  if (rarest !== undefined) return rarest
  const calls = new Map(callbacks)
  const others = examples.filter(isNew)
  return others.toSorted((a, b) => (calls.get(a.callback) ?? 0) - (calls.get(b.callback) ?? 0))[0] ?? null
}

function unaskedOf({ masked, callbacks }: CoverageData, { changed }: ReportAbout): readonly Unasked[] {
  const names = new Map(changed.map(each => [each.rule, each]))
  const hidden = masked
    .filter(({ rule }) => names.has(rule))
    .map(({ rule, calls, fields }) => ({ rule, why: 'masked' as const, calls, fields }))
  const unseen = [...names.values()]
    .filter(each => each.callbacks.every(name => !Object.hasOwn(callbacks, name)))
    .map(({ rule, callbacks: fields }) => ({ rule, why: 'no calls' as const, calls: 0, fields }))
  return [...hidden, ...unseen]
}

function verdictOf(
  totals: ImpactReport['totals'],
  unasked: readonly Unasked[],
  { judged }: CoverageData,
): ImpactReport['verdict'] {
  if (totals['newly refused'].calls > 0) return 'refuses more'
  if (judged === 0 || unasked.length > 0) return 'cannot say'
  return differenceKinds.some(kind => totals[kind].calls > 0) ? 'changes' : 'nothing changes'
}

function isExact({ checked, same }: CheckData, { dropped, judged }: CoverageData): boolean {
  return checked === same && (checked > 0 || judged === 0) && Object.keys(dropped).length === 0
}
