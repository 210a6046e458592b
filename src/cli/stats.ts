import { createColors } from 'picocolors'
import { DraftStats } from '../record/draft-stats.ts'
import { readLine } from '../record/record-line.ts'
import { noMatch, RuleStats, rulesMatchedIn, someMatch, statsHourMs } from '../record/rule-stats.ts'
import type { Covered } from '../state/covered.ts'
import { coverageJson } from './covered.ts'
import { type ExitCode, type Io, print, printJson } from './io.ts'
import type { Places } from './places.ts'
import { type RecordFlags, type RecordsAsked, readRecordFlags } from './records-asked.ts'
import { renderStats } from './render-stats.ts'
import { rulesInForce } from './rules-in-force.ts'
import { sumOf } from './sparkline.ts'
import type { Idle, StatsFound, Tenfold } from './stats-found.ts'

const dayMs = 24 * statsHourMs

/** How long a rule must not have fired to be named, in ms. */
const idleMs = 30 * dayMs

/** How many matches a rule must have in one of two days to be compared. */
const leastCompared = 20

/** Print what each rule did, by hour. Throws UsageError and StateUnusable. */
export async function stats(options: RecordFlags & { json?: true }, io: Io): Promise<ExitCode> {
  const asked = await readRecordFlags(options, io, io.now().getTime() - dayMs)
  const found = await statsOf(asked)
  if (options.json) printJson(jsonOf(found), io)
  else print(renderStats(found, createColors(io.isTerminal && io.env.NO_COLOR === undefined)), io)
  return 0
}

async function statsOf(asked: RecordsAsked): Promise<StatsFound> {
  const { since, until, places } = asked
  const from = Math.floor(since / statsHourMs) * statsHourMs
  const made = new RuleStats(from, Math.max(1, Math.ceil((until - from) / statsHourMs)))
  const days = new TwoDays(until)
  const drafts = new DraftStats()
  let [foreign, version] = [0, undefined as string | undefined]
  const seen = new Set<string>()
  const readFrom = Math.min(since, until - 2 * dayMs)
  const coverage = await places.read({ since: readFrom, until }, ({ at, text }) => {
    if (text.includes(noMatch)) {
      if (at >= since) made.addPlain(at)
      return
    }
    const record = readLine(text)
    if (record === undefined) foreign += 1
    if (at >= since && (record?.kind === 'draft' || record?.kind === 'draft sum')) drafts.add(record)
    if (record?.kind !== 'decision') return
    version = record.rules
    for (const { rule, exempted } of record.matches) if (!exempted) days.add(at, rule)
    for (const { rule } of record.matches) seen.add(rule)
    if (at >= since) made.add(record)
  })
  const idle = await idleRules({ asked, seen, readFrom, version })
  const { missing } = places
  const whole = { ...coverage, since, foreign: coverage.foreign + foreign, missing }
  return { asked, from, stats: made, tenfold: days.tenfold(coverage), idle, drafts, coverage: within(whole) }
}

/** What was read before the time that was asked is not part of the answer. */
function within(coverage: Covered): Covered {
  const instances = coverage.instances.map(each => ({
    ...each,
    hours: each.hours.filter(hour => hour + statsHourMs > coverage.since),
  }))
  return { ...coverage, instances: instances.filter(({ hours }) => hours.length > 0) }
}

/** Counts the matches of each rule in the last day and in the one before. */
class TwoDays {
  readonly #rules = new Map<string, { before: number; now: number }>()
  readonly #until: number

  constructor(until: number) {
    this.#until = until
  }

  add(at: number, rule: string): void {
    const age = this.#until - at
    if (age > 2 * dayMs) return
    const known = this.#rules.get(rule) ?? { before: 0, now: 0 }
    this.#rules.set(rule, known)
    known[age < dayMs ? 'now' : 'before'] += 1
  }

  /** Undefined unless most hours of the day before are on record. */
  tenfold({ instances }: Covered): readonly Tenfold[] | undefined {
    const start = this.#until - 2 * dayMs
    const hours = new Set(instances.flatMap(each => each.hours).filter(hour => hour >= start && hour < start + dayMs))
    if (hours.size < 12) return undefined
    return [...this.#rules]
      .map(([rule, { before, now }]) => ({ rule, before, now }))
      .filter(({ before, now }) => Math.max(before, now) >= leastCompared)
      .filter(({ before, now }) => now >= 10 * before || before >= 10 * now)
      .sort((a, b) => Math.max(b.now, b.before) - Math.max(a.now, a.before))
  }
}

type IdleAsked = {
  asked: RecordsAsked
  seen: Set<string>
  readFrom: number
  version: string | undefined
}

/** The rules in force that have not matched for 30 days, or as long as there is a record. */
async function idleRules({ asked, seen, readFrom, version }: IdleAsked): Promise<Idle | undefined> {
  const { places, until } = asked
  const inForce = await rulesInForce(places, until, version)
  if (inForce === undefined) return undefined
  const candidates = new Set(
    [...inForce].filter(([id, mode]) => mode !== 'disabled' && !seen.has(id)).map(([id]) => id),
  )
  const start = Math.min(until - idleMs, readFrom)
  // The newest days first: most rules have fired lately, and then no more has to be read.
  for (let end = readFrom; end > start && candidates.size > 0; end -= dayMs) {
    const span = { since: Math.max(start, end - dayMs), until: end - 1 }
    await places.read({ ...span, bytes: [someMatch] }, ({ text }) => {
      for (const rule of rulesMatchedIn(text)) candidates.delete(rule)
    })
  }
  const began = Math.max(start, await firstHour(places, until))
  const before = await rulesInForce(places, began)
  const newer = before === undefined ? [] : [...candidates].filter(id => !before.has(id))
  const rules = [...candidates].filter(id => !newer.includes(id))
  return { rules, newer, days: Math.max(1, Math.round((until - began) / dayMs)) }
}

/** When the record begins. */
async function firstHour(places: Places, until: number): Promise<number> {
  const found = await places.ask({ ask: 'first', until })
  return Math.min(until, ...found.map(({ answer }) => answer ?? until))
}

function jsonOf({ asked, from, stats: made, tenfold, idle, drafts, coverage }: StatsFound): object {
  return {
    from: new Date(from).toISOString(),
    until: new Date(asked.until).toISOString(),
    calls: { hours: made.calls, refused: made.refused, rewritten: made.rewritten },
    rules: made.rules.map(each => ({
      ...{ rule: each.rule, stage: each.stage, mode: each.mode, modes: each.modes },
      total: {
        fired: sumOf(each.fired),
        decided: sumOf(each.decided),
        wouldDecide: sumOf(each.wouldDecide),
        exempted: sumOf(each.exempted),
      },
      hours: { fired: each.fired, decided: each.decided, wouldDecide: each.wouldDecide, exempted: each.exempted },
    })),
    tenfold: tenfold ?? null,
    idle: idle ?? null,
    drafts: drafts.json,
    covers: coverageJson(coverage, asked.now),
  }
}
