import type { Scalar } from '../language/condition.ts'
import { buildSoundIndex, type SoundIndex } from '../text/sounds/sound-index.ts'
import { buildWordIndexInSteps, type WordEntry, type WordIndex, type WordSearch } from '../text/words/word-index.ts'
import { memo, memoInSteps } from './memo.ts'
import { type ValueList, valueListInSteps } from './value-list.ts'

/**
 * An index over all rules keeps this many texts of each list. A longer list has its own index, which is searched only a
 * little more often; its texts would double their memory here.
 */
export const mostNeeded = 1000

/** A way to make the entries of a list ready for looking up. `name` tells it from other ways. */
export type Way<T> = { name: string; make(entries: readonly Scalar[]): Generator<undefined, T> }

/** To find the entries in texts, but for where an exception covers one. A list always has the same exceptions, or none. */
export function wordsBy(search: WordSearch, except?: readonly Scalar[]): Way<WordIndex> {
  return {
    name: `words ${search.by} ${search.at}${butSome(except)}`,
    make: texts => wordIndexInSteps(texts as readonly string[], search, except as readonly string[] | undefined),
  }
}

/** To find the entries by their sound. */
export const soundsBy: Way<SoundIndex> = { name: 'sounds', make: texts => buildSoundIndex(texts as readonly string[]) }

/** To find the entry that equals a value, unless that value is an exception. */
export function valuesBy(compare: 'exact' | 'folded', except?: readonly Scalar[]): Way<ValueList> {
  return { name: `values ${compare}${butSome(except)}`, make: entries => valueListInSteps(entries, compare, except) }
}

/** What tells a way with exceptions from the same without them. Pure. */
export function butSome(except: readonly Scalar[] | undefined): string {
  return except === undefined ? '' : ' but some'
}

/** The entries of a list, indexed once for each way. The entries are never changed. */
export function ready<T>(entries: readonly Scalar[], { name, make }: Way<T>): T {
  return memo(entries, name, () => {
    const steps = make(entries)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
    }
  })
}

/** Like `ready`, pausing after each small piece of work so that the caller can let other work run. */
export function readyInSteps<T>(entries: readonly Scalar[], { name, make }: Way<T>): Generator<undefined, T> {
  return memoInSteps(entries, name, () => make(entries))
}

function* wordIndexInSteps(
  texts: readonly string[],
  search: WordSearch,
  except: readonly string[] | undefined,
): Generator<undefined, WordIndex> {
  const entries = yield* numbered(texts)
  return yield* buildWordIndexInSteps(entries, search, except && (yield* numbered(except)))
}

function* numbered(texts: readonly string[]): Generator<undefined, WordEntry[]> {
  const entries: WordEntry[] = []
  for (const [at, text] of texts.entries()) {
    entries.push({ text, line: at + 1 })
    if (at % 5000 === 4999) yield
  }
  return entries
}
