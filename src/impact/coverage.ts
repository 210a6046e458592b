import type { RecordedEvent } from '../record/record-line.ts'

/** What a run covered and what it could not, as plain data. */
export type CoverageData = {
  /** Decisions on record in the time, and how many of them were decided again. */
  calls: number
  judged: number
  /** Of calls that were not: what was said is no longer on record, or cannot be read by this program. */
  gone: number
  unreadable: number
  /** Calls of which the service did not know everything that its rules asked. */
  unsure: number
  /** Calls for which a count reaches back before what was read. */
  early: number
  /** Decisions that never came to be on record, by reason, and calls that could not be decided. */
  dropped: Readonly<Record<string, number>>
  failed: number
  /** Rules that could not be judged on calls because of masked fields. */
  masked: readonly { rule: string; calls: number; fields: readonly string[] }[]
  /** Calls that were decided again, by callback. */
  callbacks: Readonly<Record<string, number>>
  /** Calls before the time that only fill the counts: from when on, and how many of them have no content any more. */
  warmUp: { from: number | null; calls: number; gone: number }
}

/** Counts what is covered. */
export class RunCoverage {
  calls = 0
  judged = 0
  gone = 0
  unreadable = 0
  unsure = 0
  early = 0
  failed = 0
  warmUp: { from: number | null; calls: number; gone: number } = { from: null, calls: 0, gone: 0 }
  readonly #dropped = new Map<string, number>()
  readonly #masked = new Map<string, { calls: number; fields: Set<string> }>()
  readonly #callbacks = new Map<string, number>()

  decided(callback: string): void {
    this.judged += 1
    add(this.#callbacks, callback, 1)
  }

  /** What happened beside decisions: some of it is that there are none. */
  event({ event, dropped, leftOut }: RecordedEvent): void {
    if (event === 'failed') this.failed += typeof leftOut === 'number' ? leftOut : 1
    if (event !== 'dropped' || typeof dropped !== 'object' || dropped === null) return
    for (const [reason, count] of Object.entries(dropped)) {
      if (typeof count === 'number' && count > 0) add(this.#dropped, reason, count)
    }
  }

  masked(rule: string, fields: readonly string[], calls = 1): void {
    const known = this.#masked.get(rule) ?? { calls: 0, fields: new Set() }
    this.#masked.set(rule, known)
    known.calls += calls
    for (const field of fields) known.fields.add(field)
  }

  get data(): CoverageData {
    const { calls, judged, gone, unreadable, unsure, early, failed, warmUp } = this
    return {
      ...{ calls, judged, gone, unreadable, unsure, early, failed, warmUp: { ...warmUp } },
      dropped: Object.fromEntries([...this.#dropped].sort()),
      masked: [...this.#masked]
        .map(([rule, each]) => ({ rule, calls: each.calls, fields: [...each.fields].sort() }))
        .sort((a, b) => b.calls - a.calls || (a.rule < b.rule ? -1 : 1)),
      callbacks: Object.fromEntries([...this.#callbacks].sort()),
    }
  }

  /** Take in another part. Events are read by every part, so they are taken from one. */
  join(data: CoverageData, { withEvents }: { withEvents: boolean }): void {
    for (const key of ['calls', 'judged', 'gone', 'unreadable', 'unsure', 'early'] as const) this[key] += data[key]
    if (withEvents) {
      this.failed += data.failed
      for (const [reason, count] of Object.entries(data.dropped)) add(this.#dropped, reason, count)
    }
    for (const { rule, calls, fields } of data.masked) this.masked(rule, fields, calls)
    for (const [callback, calls] of Object.entries(data.callbacks)) add(this.#callbacks, callback, calls)
    const { from, calls, gone } = data.warmUp
    const known = this.warmUp
    const first = from === null || known.from === null ? (from ?? known.from) : Math.min(from, known.from)
    this.warmUp = { from: first, calls: known.calls + calls, gone: known.gone + gone }
  }
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count)
}
