import type { ListEntry, Test } from '../language/condition.ts'
import type { Span } from '../yaml/source.ts'

import type { Steps } from '../yaml/steps.ts'

/** The texts of files, in which entries have their places. */
export type Sources = ReadonlyMap<string, string>

/**
 * The texts that a test compares with or searches for and that match a predicate, each with its place: for a named
 * list, its place in the list.
 */
export function entriesOf(
  { operand, span }: Test,
  holds: (text: string) => boolean,
  sources: Sources,
): readonly ListEntry[] {
  if (operand.kind !== 'value' && operand.kind !== 'values') return []
  if (operand.kind === 'values' && operand.list !== undefined)
    return operand.list.entries.filter(({ text }) => holds(text))
  const values = operand.kind === 'value' ? [operand.value] : operand.values
  return placed(
    values.filter(value => typeof value === 'string' && holds(value)),
    span,
    sources,
  )
}

/** The literal texts in a test or step with their places; the place of the whole if a text cannot be located. */
export function placed(values: readonly unknown[], span: Span, sources: Sources): ListEntry[] {
  const { file, start, end } = span
  const source = sources.get(file)?.slice(start, end) ?? ''
  let from = 0
  return values.flatMap(text => {
    if (typeof text !== 'string') return []
    const at = text === '' ? -1 : source.indexOf(text, from)
    if (at === -1) return [{ text, span }]
    from = at + text.length
    return [{ text, span: { file, start: start + at, end: start + from } }]
  })
}
/** Whether an entry ends with a star after a word, which means any ending. */
export function isStem({ text }: ListEntry): boolean {
  return /[\p{L}\p{N}]\*$/u.test(text.slice(-3))
}

/** The entries of a list that end in a star, by their texts without it; of duplicates, the first. */
export function* stemsIn(entries: readonly ListEntry[]): Steps<ReadonlyMap<string, ListEntry>> {
  const stems = new Map<string, ListEntry>()
  for (const [at, entry] of entries.entries()) {
    if (at % 1000 === 999) yield
    if (!isStem(entry)) continue
    const stem = entry.text.slice(0, -1)
    if (!stems.has(stem)) stems.set(stem, entry)
  }
  return stems
}
