import type { ListEntry } from '../language/condition.ts'
import type { Steps } from '../yaml/steps.ts'

/** Whether an entry ends with a star behind a word, which stands for any ending. Pure. */
export function isStem({ text }: ListEntry): boolean {
  return /[\p{L}\p{N}]\*$/u.test(text.slice(-3))
}

/** The entries of a list that stand for any ending, by their texts without it; of those that stand twice, the first. */
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
