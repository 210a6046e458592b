import { deepest, isNestedDeeper } from '../callbacks/nesting.ts'
import type { Finding } from '../compile/compared.ts'
import type { Judged, Truth } from '../compile/judged.ts'
import { unsure } from '../compile/question.ts'
import type { Slots } from '../compile/slots.ts'
import type { View } from '../compile/view.ts'
import { clockText } from '../language/clock.ts'
import type { Test } from '../language/condition.ts'
import type { FieldRef } from '../language/field.ts'
import type { ReadAs } from '../text/lookalike/explain.ts'
import type { PlaceOf } from '../yaml/places.ts'
import type { Span } from '../yaml/source.ts'

/**
 * One condition with the value it saw. `line` is 1-based; `actual` is null for an absent value and for groups, and
 * for the time what the clock of its zone shows.
 */
export type Trace = {
  text: string
  file: string
  line: number
  actual: unknown
  /** The name of an actual number that has one. */
  named?: string
  verdict: boolean | 'unknown'
  found?: FoundEntry
  /** For a word that needs all words of a text or a list: the first that is missing. */
  lacks?: string
  children?: readonly Trace[]
  /** True for `not` and `none`: it says the opposite of what stands in it. */
  negates?: true
  /** For a test of the items of a list: the item that decided it, or the first few where all had to agree. */
  items?: readonly ItemTrace[]
}

/**
 * What a word that looks for texts or values found: the entry, and where it stands if it is one of a named list.
 * `text` is the part of the value; `read` are its characters that were read as others, and those passed over.
 */
export type FoundEntry = {
  entry: string
  file?: string
  line?: number
  text?: string
  read?: readonly ReadAs[]
  /** The exception that covers it, so that it is no hit. */
  exception?: FoundEntry
}

/** One item of a list, counted from 0, and why it is as the test wants it, or not. */
export type ItemTrace = { index: number; actual: unknown; conditions: Trace }

/** Why a condition is what it is in a view. `place` finds the lines that it names. Pure. */
export function trace(judged: Judged, slots: Slots, view: View, place: PlaceOf): Trace {
  const { condition, parts } = judged
  const { text, span } = condition
  const children = parts.map(part => trace(part, slots, view, place))
  const verdict = toldVerdict(judged.judge(view))
  const actual = actualOf(judged, slots, view)
  const named = nameOf(judged, actual)
  const found = foundBy(judged, view, actual, place)
  const lacks = found === undefined ? lackedBy(judged, view) : undefined
  const items = itemsToTell(judged, actual, view).map(({ index, value, seen, item, field }) => ({
    index,
    actual: toldValue(value),
    conditions: trace(item, slots.within(field), seen, place),
  }))
  return {
    text,
    file: span.file,
    line: place(span).line,
    actual: toldValue(actual),
    ...(named !== undefined && { named }),
    verdict,
    ...(found && { found }),
    ...(lacks !== undefined && { lacks }),
    ...(children.length > 0 && { children }),
    ...((condition.kind === 'not' || condition.kind === 'none') && { negates: true as const }),
    ...(items.length > 0 && { items }),
  }
}

/** Told whether it was wanted or not: `not in list` fails by the entry that it found. */
function foundBy({ condition, leaf }: Judged, view: View, actual: unknown, place: PlaceOf): FoundEntry | undefined {
  if (condition.kind !== 'test' || leaf?.find === undefined || leaf.slot === 'time') return undefined
  const judged = view.value(leaf.slot)
  const finding = judged === null ? undefined : leaf.find(judged, actual)
  if (finding === undefined) return undefined
  const { number, by } = finding
  const told = toldFinding(finding, placeOf(condition, number), actual, place)
  const found = { entry: entryOf(condition, number), ...told }
  if (by === undefined) return found
  const { operand } = condition
  const exception = 'except' in operand ? String(operand.except?.[by.number]) : ''
  const span = 'list' in operand ? operand.list?.except?.entries[by.number]?.span : undefined
  return { ...found, exception: { entry: exception, ...toldFinding(by, span, actual, place) } }
}

function lackedBy({ leaf }: Judged, view: View): string | undefined {
  if (leaf?.lacks === undefined || leaf.slot === 'time') return undefined
  const judged = view.value(leaf.slot)
  return judged === null ? undefined : leaf.lacks(judged)
}

function toldFinding(
  { start, end, read }: Finding,
  span: Span | undefined,
  actual: unknown,
  place: PlaceOf,
): Omit<FoundEntry, 'entry'> {
  return {
    ...(span && { file: span.file, line: place(span).line }),
    ...(start !== undefined && typeof actual === 'string' && { text: actual.slice(start, end) }),
    ...(read && read.length > 0 && { read }),
  }
}

function entryOf({ operand }: Test, number: number): string {
  if (operand.kind === 'value') return String(operand.value)
  if (operand.kind === 'values') return String(operand.list?.texts[number] ?? operand.values[number])
  return operand.kind === 'hosts' ? (operand.hosts[number] as string) : ''
}

/** Where an entry of a named list stands; any other stands in the condition itself. */
function placeOf({ operand }: Test, number: number): Span | undefined {
  return 'list' in operand ? operand.list?.entries[number]?.span : undefined
}

/** So many items of a list are shown where no one item decided. */
const shownItems = 3

/** An item that is told of: its value, and what is looked at to judge it. */
type Told = { index: number; value: unknown; seen: View; item: Judged; field: FieldRef }

function itemsToTell({ leaf, condition, judge }: Judged, list: unknown, view: View): Told[] {
  const { slot, item } = leaf ?? {}
  if (item === undefined || slot === undefined || slot === 'time' || condition.kind !== 'test') return []
  const views = view.value(slot)
  if (!Array.isArray(views) || !Array.isArray(list)) return []
  const verdict = judge(view)
  const isOfAll = verdict === (condition.word === 'every item')
  const decisive = isOfAll ? -1 : views.findIndex(each => item.judge(each) === verdict)
  const indexes = decisive === -1 ? [...views.slice(0, shownItems).keys()] : [decisive]
  return indexes.map(index => ({ index, value: list[index], seen: views[index], item, field: condition.field }))
}

/** So much of a long list is told. */
const toldItems = 10

/** A value as it is told: all of it, but for lists, and for JSON that is too deep to be written out. */
function toldValue(value: unknown): unknown {
  if (value === unsure) return '(unsure)'
  if (isNestedDeeper(value)) return `(JSON nested more than ${deepest} levels deep)`
  return Array.isArray(value) ? briefly(value) : value
}

function briefly(list: readonly unknown[]): readonly unknown[] {
  const more = list.length - toldItems
  return more > 0 ? [...list.slice(0, toldItems), `… and ${more} more`] : list
}

function nameOf({ condition }: Judged, actual: unknown): string | undefined {
  const names =
    condition.kind === 'test' && condition.field.part.kind === 'whole' ? condition.field.field.names : undefined
  return [...(names ?? [])].find(([, number]) => number === actual)?.[0]
}

function actualOf({ condition }: Judged, slots: Slots, view: View): unknown {
  if (condition.kind === 'time') return clockText(condition.zone, view.at)
  return condition.kind === 'test' ? view.value(slots.valueOf(condition.field)) : null
}

function toldVerdict(verdict: Truth): Trace['verdict'] {
  return verdict ?? 'unknown'
}
