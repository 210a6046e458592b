import type { Counted, CountQuestion } from '../compile/counter.ts'
import type { KeyLogs } from './key-logs.ts'
import type { JudgedCall, Taken } from './under-way.ts'

/** Everything that is known of one key when it is asked for. */
export type AskedLog = {
  logs: KeyLogs
  /** 0 if nothing was logged. */
  slot: number
  /** What other calls under way have taken, where they count. */
  taken: readonly Taken[]
  /** The call being judged. */
  call: JudgedCall
  /** What it counts as under this key, each once; empty if it does not count. */
  own: readonly number[]
  /** What it is itself under this key, so that no other one is: of a call sent again, its first one is no other. */
  itself: readonly number[]
  isWhole: boolean
  now: number
  keepMs: number
}

/** Counts what is different in the window: what the log has, what calls under way have, and the call itself. */
export function tally(asked: AskedLog, { withinMs, kind, tellsOthers }: CountQuestion): Counted {
  const { now, keepMs, own, taken, isWhole } = asked
  const others = othersOf(asked, besideLog(asked, taken), now - withinMs, tellsOthers)
  const counted: Counted = { count: others.count + own.length, isWhole }
  const last = kind === 'since' ? lastOf(asked) : -Infinity
  if (last > now - keepMs) counted.agoMs = now - last
  if (others.instants !== undefined) counted.others = others.instants.sort((a, b) => a - b).map(at => now - at)
  return counted
}

/** What other calls under way have taken, each with the instant that counts: of values the newest, else the first. */
function besideLog({ logs, slot, now, keepMs }: AskedLog, taken: readonly Taken[]): Map<number, number> | undefined {
  if (taken.length === 0) return undefined
  const beside = new Map<number, number>()
  const values = new Set<number>()
  for (const { whats, call } of taken) {
    for (const what of whats.all) {
      if (whats.areValues) values.add(what)
      beside.set(what, later(whats.areValues, beside.get(what) ?? call.at, call.at))
    }
  }
  visit(logs, slot, (what, at) => {
    const known = beside.get(what)
    if (known !== undefined && at > now - keepMs) beside.set(what, later(values.has(what), known, at))
  })
  return beside
}

function later(isValue: boolean, a: number, b: number): number {
  return isValue ? Math.max(a, b) : Math.min(a, b)
}

type Others = { count: number; instants: number[] | undefined }

function othersOf(
  { logs, slot, itself }: AskedLog,
  beside: ReadonlyMap<number, number> | undefined,
  from: number,
  isTold: boolean,
): Others {
  const others: Others = { count: 0, instants: isTold ? [] : undefined }
  const newest = logs.newest(slot)
  let entry = newest
  if (newest !== 0) {
    do {
      entry = logs.next(entry)
      const what = logs.what(entry)
      if (beside === undefined || !beside.has(what)) note(others, itself, what, logs.at(entry), from)
    } while (entry !== newest)
  }
  if (beside !== undefined) for (const [what, at] of beside) note(others, itself, what, at, from)
  return others
}

function note(others: Others, itself: readonly number[], what: number, at: number, from: number): void {
  if (at <= from || itself.includes(what)) return
  others.count += 1
  others.instants?.push(at)
}

/**
 * When the last one was that is not the call itself.
 *
 * If only the call itself is in the log, because it was sent again, it was an other one that was dropped last.
 */
function lastOf(asked: AskedLog): number {
  const { logs, slot, taken, call } = asked
  const others = taken.filter(other => other.call.what !== call.what)
  const beside = besideLog(asked, others)
  let last = logs.droppedAt(slot)
  const see = (what: number, at: number) => {
    if (what !== call.what && at > last) last = at
  }
  visit(logs, slot, (what, at) => {
    if (!beside?.has(what)) see(what, at)
  })
  for (const [what, at] of beside ?? []) see(what, at)
  return last
}

function visit(logs: KeyLogs, slot: number, on: (what: number, at: number) => void): void {
  const newest = logs.newest(slot)
  if (newest === 0) return
  let entry = newest
  do {
    entry = logs.next(entry)
    on(logs.what(entry), logs.at(entry))
  } while (entry !== newest)
}
