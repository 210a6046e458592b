import type { Reporter } from '../../yaml/reporter.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { List, ListEntries, ListEntry } from '../condition.ts'
import { readEachWithPauses } from './each.ts'

/** The entries of lists read as hosts, or as values of a field: read once, however many rules use them. */
export class ListReadings {
  readonly #longest = new Map<List, number>()
  readonly #known = new Map<ListEntries, Map<unknown, readonly unknown[]>>();

  /** The reading of each entry, cached by kind; undefined if one of them is invalid (reported). */
  *of<T>(
    list: ListEntries,
    as: unknown,
    read: (entry: ListEntry) => T | undefined,
    reporter: Reporter,
  ): Steps<readonly T[] | undefined> {
    const readings = this.#known.get(list) ?? new Map<unknown, readonly unknown[]>()
    this.#known.set(list, readings)
    const known = readings.get(as)
    if (known !== undefined) return known as readonly T[]
    const found = yield* readEachWithPauses(list.entries, reporter, read)
    if (found.some(each => each === undefined)) return undefined
    readings.set(as, found)
    return found as readonly T[]
  }

  /** The length of the longest entry, in UTF-16 code units; 0 if there is none. */
  longestIn(list: List): number {
    const known = this.#longest.get(list) ?? longestOf(list.texts, longestOf(list.except?.texts ?? [], 0))
    this.#longest.set(list, known)
    return known
  }
}

function longestOf(texts: readonly string[], least: number): number {
  return texts.reduce((most, { length }) => Math.max(most, length), least)
}
