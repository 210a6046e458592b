import { deepest, isNestedDeeper } from '../callbacks/nesting.ts'
import type { Finding } from '../compile/compared.ts'
import { againInMs } from '../compile/count-test.ts'
import type { Counted } from '../compile/counter.ts'
import type { Judged, Truth } from '../compile/judged.ts'
import { unsure } from '../compile/question.ts'
import type { Slots } from '../compile/slots.ts'
import type { View } from '../compile/view.ts'
import { clockText, dateText } from '../language/clock.ts'
import type { Test } from '../language/condition.ts'
import type { FieldRef } from '../language/field.ts'
import type { ReadAs } from '../text/lookalike/explain.ts'
import type { PlaceOf } from '../yaml/places.ts'
import type { Span } from '../yaml/source.ts'

/**
 * One condition with the value that it tested. `line` is 1-based; `actual` is null for an absent value and for groups;
 * for the time, it is the local time in the zone of the condition.
 */
export type Trace = {
  text: string
  file: string
  line: number
  actual: unknown
  /** The name of the actual number, if it has one. */
  named?: string
  verdict: boolean | 'unknown'
  found?: FoundEntry
  /** For a word that needs all words of a text or a list: the first that is missing. */
  lacks?: string
  /** For a count: what is known of the key that decided it, and the values that it is counted by. */
  counted?: Counted & {
    same: readonly { field: string; value: unknown }[]
    /** In how many ms it no longer holds, of a count that grows with each call. */
    againInMs?: number
  }
  children?: readonly Trace[]
  /** True for `not` and `none`, which negate their parts. */
  negates?: true
  /** For a test of the items of a list: the item that decided it, or the first few if all had to agree. */
  items?: readonly ItemTrace[]
}

/**
 * What a test word that searches for texts or values found: the entry, and its place if it is in a named list.
 * `text` is the matching part of the value; `read` are its characters that were read as others or skipped.
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

/** One item of a list, counted from 0, and why it passes the test or not. */
export type ItemTrace = { index: number; actual: unknown; conditions: Trace }

/** Explain the verdict of a condition in a view. `place` finds the lines of spans. */
export function trace(judged: Judged, slots: Slots, view: View, place: PlaceOf): Trace {
  const { condition, parts } = judged
  const { text, span } = condition
  const children = parts.map(part => trace(part, slots, view, place))
  const verdict = shownVerdict(judged.judge(view))
  const actual = actualOf(judged, slots, view)
  const named = nameOf(judged, actual)
  const found = foundBy(judged, view, actual, place)
  const lacks = found === undefined ? lackedBy(judged, view) : undefined
  const counted = countedBy(judged, slots, view)
  const items = itemsToShow(judged, actual, view).map(({ index, value, itemView, item, field }) => ({
    index,
    actual: shownValue(value),
    conditions: trace(item, slots.within(field), itemView, place),
  }))
  return {
    text,
    file: span.file,
    line: place(span).line,
    actual: shownValue(actual),
    ...(named !== undefined && { named }),
    verdict,
    ...(found && { found }),
    ...(lacks !== undefined && { lacks }),
    ...(counted && { counted }),
    ...(children.length > 0 && { children }),
    ...((condition.kind === 'not' || condition.kind === 'none') && { negates: true as const }),
    ...(items.length > 0 && { items }),
  }
}

/** Of several keys the first that holds, else the first: it decides. */
function countedBy({ condition, leaf }: Judged, slots: Slots, view: View): Trace['counted'] {
  if ((condition.kind !== 'often' && condition.kind !== 'since') || leaf === undefined || leaf.slot === 'time')
    return undefined
  const all = view.value(leaf.slot)
  if (!Array.isArray(all)) return undefined
  const counted = (all as readonly Counted[]).find(each => leaf.predicate([each]) === true) ?? (all[0] as Counted)
  const same = condition.same.flatMap(key =>
    'field' in key ? [{ field: key.text, value: shownValue(view.value(slots.valueOf(key.field))) }] : [],
  )
  const again = condition.kind === 'often' && counted.others !== undefined ? againInMs(condition, counted) : 0
  return { ...counted, same, ...(again > 0 && { againInMs: again }) }
}

/** What a test found, wanted or not: `not in list` fails because of the entry that it found. */
function foundBy({ condition, leaf }: Judged, view: View, actual: unknown, place: PlaceOf): FoundEntry | undefined {
  if (condition.kind !== 'test' || leaf?.find === undefined || leaf.slot === 'time') return undefined
  const judged = view.value(leaf.slot)
  const finding = judged === null ? undefined : leaf.find(judged, actual)
  if (finding === undefined) return undefined
  const { number, by } = finding
  const described = describeFinding(
    finding,
    number === undefined ? undefined : placeOf(condition, number),
    actual,
    place,
  )
  const found = { entry: entryOf(condition, number), ...described }
  if (by === undefined) return found
  const { operand } = condition
  const exception = 'except' in operand ? String(operand.except?.[by.number ?? -1]) : ''
  const span = 'list' in operand ? operand.list?.except?.entries[by.number ?? -1]?.span : undefined
  return { ...found, exception: { entry: exception, ...describeFinding(by, span, actual, place) } }
}

function lackedBy({ leaf }: Judged, view: View): string | undefined {
  if (leaf?.lacks === undefined || leaf.slot === 'time') return undefined
  const judged = view.value(leaf.slot)
  return judged === null ? undefined : leaf.lacks(judged)
}

function describeFinding(
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

/** The entry that a test found, as its author wrote it; for kinds and patterns, what was looked for. Pure. */
export function entryOf({ operand, word }: Test, number: number | undefined): string {
  if (number === undefined) return operand.kind === 'pattern' ? operand.pattern.source : word.replace(/^has /, '')
  if (operand.kind === 'value') return String(operand.value)
  if (operand.kind === 'values') return String(operand.list?.texts[number] ?? operand.values[number])
  return operand.kind === 'hosts' ? (operand.hosts[number] as string) : ''
}

/** The place of an entry of a named list; any other entry is in the condition itself. */
function placeOf({ operand }: Test, number: number): Span | undefined {
  return 'list' in operand ? operand.list?.entries[number]?.span : undefined
}

/** How many items of a list are shown if no single item decided. */
const shownItems = 3

/** An item to show: its value, and how to judge it. */
type ShownItem = { index: number; value: unknown; itemView: View; item: Judged; field: FieldRef }

function itemsToShow({ leaf, condition, judge }: Judged, list: unknown, view: View): ShownItem[] {
  const { slot, item } = leaf ?? {}
  if (item === undefined || slot === undefined || slot === 'time' || condition.kind !== 'test') return []
  const views = view.value(slot)
  if (!Array.isArray(views) || !Array.isArray(list)) return []
  const verdict = judge(view)
  const isOfAll = verdict === (condition.word === 'every item')
  const decisive = isOfAll ? -1 : views.findIndex(each => item.judge(each) === verdict)
  const indexes = decisive === -1 ? [...views.slice(0, shownItems).keys()] : [decisive]
  return indexes.map(index => ({ index, value: list[index], itemView: views[index], item, field: condition.field }))
}

/** How many items of a long list value are shown. */
const shownValues = 10

/** A value as shown: long lists are cut, and JSON too deep to serialise is left out. */
function shownValue(value: unknown): unknown {
  if (value === unsure) return '(unsure)'
  if (isNestedDeeper(value)) return `(JSON nested more than ${deepest} levels deep)`
  return Array.isArray(value) ? briefly(value) : value
}

function briefly(list: readonly unknown[]): readonly unknown[] {
  const more = list.length - shownValues
  return more > 0 ? [...list.slice(0, shownValues), `… and ${more} more`] : list
}

function nameOf({ condition }: Judged, actual: unknown): string | undefined {
  const names =
    condition.kind === 'test' && condition.field.part.kind === 'whole' ? condition.field.field.names : undefined
  return [...(names ?? [])].find(([, number]) => number === actual)?.[0]
}

function actualOf(judged: Judged, slots: Slots, view: View): unknown {
  const { condition } = judged
  if (condition.kind === 'time') {
    const isOfDates = condition.on !== undefined || condition.notOn !== undefined
    return isOfDates ? dateText(condition.zone, view.at) : clockText(condition.zone, view.at)
  }
  if (condition.kind === 'often' || condition.kind === 'since') return countOf(judged, view)
  return condition.kind === 'test' ? view.value(slots.valueOf(condition.field)) : null
}

/** How many there were, or how many ms ago the last one was; absent where nothing is known to count by. */
function countOf({ condition, leaf }: Judged, view: View): unknown {
  if (leaf === undefined || leaf.slot === 'time') return null
  const all = view.value(leaf.slot)
  if (!Array.isArray(all)) return all
  const [counted] = (all as readonly Counted[]).filter(each => leaf.predicate([each]) === true).concat(all)
  return condition.kind === 'since' ? (counted?.agoMs ?? null) : (counted?.count ?? null)
}

function shownVerdict(verdict: Truth): Trace['verdict'] {
  return verdict ?? 'unknown'
}
