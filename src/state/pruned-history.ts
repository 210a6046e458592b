import type { Steps } from '../yaml/steps.ts'
import { type HistoryLine, historyLineIn, stackOf } from './history.ts'
import { hourMs } from './segment-names.ts'

/** The newest lines of the history, those of them with sentences in bytes, and how far back a rollback finds its way. */
export const historyLimits = { lines: 1000, bytes: 16 * 1024 * 1024, rollbacks: 20 }

/** What becomes of the lines: the new ones, the versions that they need, and those that only others named. */
export type PrunedHistory = {
  lines: readonly string[]
  isChanged: boolean
  needed: ReadonlySet<string>
  unneeded: ReadonlySet<string>
}

/**
 * What is left of the lines of a history, given the hours on record in order. Pauses after each line.
 *
 * Of older lines only those stay whose version may have decided in an hour that is on record, or that lead back from the
 * one in force.
 */
export function* prunedHistory(
  lines: readonly string[],
  hours: readonly number[],
  limits: typeof historyLimits = historyLimits,
): Steps<PrunedHistory> {
  const read: Read[] = []
  for (const line of lines) {
    read.push(readOf(line))
    yield
  }
  const firstNew = Math.max(0, lines.length - limits.lines)
  const wayBack = wayBackIn(read.slice(0, firstNew), limits.rollbacks)
  const kept: string[] = []
  const [needed, others] = [new Set<string>(), new Set<string>()]
  let bytes = 0
  for (const at of [...lines.keys()].reverse()) {
    const { text, facts, line } = read[at] as Read
    const isOfWay = at >= firstNew || wayBack.has(at)
    const stays = isOfWay || (facts !== undefined && hasHour(hours, facts.at, read[at + 1]?.facts?.at))
    for (const version of facts?.versions ?? []) (stays ? needed : others).add(version)
    bytes += text.length
    const isWhole = line === undefined || (at >= firstNew && bytes <= limits.bytes)
    if (stays) kept.push(isWhole ? text : shortened(line, isOfWay))
    yield
  }
  const isChanged = kept.length < lines.length || kept.some((line, at) => line !== lines[lines.length - 1 - at])
  return { lines: kept.reverse(), isChanged, needed, unneeded: new Set([...others].filter(each => !needed.has(each))) }
}

/** A line as this program knows it, and what it says of versions, also if a newer program wrote it. */
type Read = {
  text: string
  line: HistoryLine | undefined
  facts: { at: number; versions: readonly string[] } | undefined
}

function readOf(text: string): Read {
  return { text, line: historyLineIn(text), facts: factsIn(text) }
}

function factsIn(text: string): Read['facts'] {
  try {
    const line = JSON.parse(text) as Record<string, unknown> | null
    if (typeof line?.version !== 'string') return undefined
    const { at, version, before, replaced } = line
    const versions = [version, before, replaced].filter(each => typeof each === 'string')
    return { at: Date.parse(String(at)), versions }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The places of the lines that lead back from the last of these. */
function wayBackIn(all: readonly Read[], most: number): ReadonlySet<number> {
  const known = all.flatMap(({ line }, place) => (line === undefined ? [] : [{ line, place }]))
  const stack = stackOf(known.map(({ line }) => line)).slice(-most)
  return new Set(stack.map(({ at }) => known[at]?.place ?? -1))
}

/** Whether an hour on record overlaps with the time that a version was in force; without times it may. */
function hasHour(hours: readonly number[], from: number, until = Number.POSITIVE_INFINITY): boolean {
  if (Number.isNaN(from) || Number.isNaN(until)) return true
  // A clock may be set back, and a call may still be decided by the rules of when it came.
  const [start, end] = [Math.min(from, until) - hourMs, Math.max(from, until) + hourMs]
  let [low, high] = [0, hours.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hours[middle] as number) < start) low = middle + 1
    else high = middle
  }
  return low < hours.length && (hours[low] as number) <= end
}

/** A line without its sentences, which `history --diff` can tell again. Of those kept for the record no way leads back. */
function shortened(line: HistoryLine, isOfWay: boolean): string {
  const isShort = line.isShort ?? line.sentences.length > 0
  const isAside = line.isAside ?? !isOfWay
  return JSON.stringify({ ...line, sentences: [], ...(isShort && { isShort }), ...(isAside && { isAside }) })
}
