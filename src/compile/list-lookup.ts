import type { Scalar } from '../language/condition.ts'
import { buildSoundIndex, type SoundIndex } from '../text/sounds/sound-index.ts'
import { buildWordIndexInSteps, type WordIndex, type WordSearch } from '../text/words/word-index.ts'
import { memo, memoInSteps } from './memo.ts'
import { type ValueList, valueListInSteps } from './value-list.ts'

/** A way to index the entries of a list. `name` identifies it. */
export type Way<T> = { name: string; make(entries: readonly Scalar[]): Generator<undefined, T> }

/** Indexes entries to find them in texts. */
export function wordsBy(search: WordSearch): Way<WordIndex> {
  return {
    name: `words ${search.by} ${search.at}`,
    make: texts => wordIndexInSteps(texts as readonly string[], search),
  }
}

/** To find the entries by their sound. */
export const soundsBy: Way<SoundIndex> = { name: 'sounds', make: texts => buildSoundIndex(texts as readonly string[]) }

/** To find the entry that a value is. */
export function valuesBy(compare: 'exact' | 'folded'): Way<ValueList> {
  return { name: `values ${compare}`, make: entries => valueListInSteps(entries, compare) }
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

function* wordIndexInSteps(texts: readonly string[], search: WordSearch): Generator<undefined, WordIndex> {
  const entries: { text: string; line: number }[] = []
  for (const [at, text] of texts.entries()) {
    entries.push({ text, line: at + 1 })
    if (at % 5000 === 4999) yield
  }
  return yield* buildWordIndexInSteps(entries, search)
}
