import type { Finding } from '../compile/compared.ts'
import type { Judged, Leaf } from '../compile/judged.ts'
import { SearchedText } from '../compile/searched-text.ts'
import type { Slots } from '../compile/slots.ts'
import type { View } from '../compile/view.ts'
import type { Test } from '../language/condition.ts'
import { entryOf } from './trace.ts'

/**
 * What a condition that holds found first: an entry, as its author wrote it, or what a pattern matched or a kind was.
 *
 * `groups` are those of the pattern; `entry` is the entry of a list, and nothing of what the user wrote.
 */
export type FoundFirst = { text: string; groups: readonly string[]; entry?: string }

/** Undefined when nothing in the condition found anything: an empty match, or another way for it to hold. Pauses. */
export function* foundFirst(
  judged: Judged,
  slots: Slots,
  view: View,
  wanted = true,
): Generator<undefined, FoundFirst | undefined> {
  const { condition, parts, leaf } = judged
  if (judged.judge(view) !== wanted) return undefined
  switch (condition.kind) {
    case 'time':
      return undefined
    case 'test':
      return leaf && (yield* foundByTest(condition, leaf, slots, view, wanted))
    case 'not':
    case 'none':
      return yield* inParts(parts, slots, view, !wanted)
    case 'all':
    case 'any':
    case 'use':
      return yield* inParts(parts, slots, view, wanted)
  }
}

function* inParts(
  parts: readonly Judged[],
  slots: Slots,
  view: View,
  wanted: boolean,
): Generator<undefined, FoundFirst | undefined> {
  for (const part of parts) {
    const found = yield* foundFirst(part, slots, view, wanted)
    if (found !== undefined) return found
  }
  return undefined
}

function* foundByTest(
  test: Test,
  { slot, item, find, isPositive }: Leaf,
  slots: Slots,
  view: View,
  wanted: boolean,
): Generator<undefined, FoundFirst | undefined> {
  if (slot === 'time') return undefined
  const value = view.value(slot)
  if (item !== undefined) {
    const views = wanted && Array.isArray(value) ? (value as View[]) : []
    for (const each of views) {
      const found = yield* foundFirst(item, slots.within(test.field), each)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (find === undefined || isPositive !== wanted) return undefined
  if (test.operand.kind === 'pattern' && value instanceof SearchedText) yield* value.lookForMatch(test.operand.pattern)
  const written = view.value(slots.valueOf(test.field))
  const finding = find(value, written)
  return finding && toldAs(finding, test, written)
}

function toldAs({ number, start, end, match }: Finding, test: Test, written: unknown): FoundFirst {
  if (match !== undefined) return match
  if (number === undefined) return { text: typeof written === 'string' ? written.slice(start, end) : '', groups: [] }
  const entry = entryOf(test, number)
  return { text: entry, groups: [], entry }
}
