import type { Scalar } from '../language/condition.ts'
import { findWord, hasWord } from '../text/words/find-words.ts'
import { firstOtherWord, hasOnlyWords } from '../text/words/only-words.ts'
import { buildWordIndex, type WordIndex } from '../text/words/word-index.ts'
import type { Compared } from './compared.ts'
import { butSome, mostNeeded, ready, readyInSteps, type Way, wordsBy } from './list-lookup.ts'

type PlainSearch = { by: 'exact' | 'folded'; at: 'word' }

/** To find each entry of a list by itself, whatever else is found where it is. */
export function eachWordBy(search: PlainSearch, except?: readonly Scalar[]): Way<readonly WordIndex[]> {
  return {
    name: `each word ${search.by}${butSome(except)}`,
    *make(entries) {
      const shared = except && { words: yield* readyInSteps(except, wordsBy(search)) }
      const made: WordIndex[] = []
      for (const text of entries) {
        const index = buildWordIndex([{ text: String(text), line: 1 }], search)
        made.push(shared === undefined ? index : { ...index, except: shared })
        yield
      }
      return made
    },
  }
}

/** A text passes when each of the words is in it, in any order. Nothing passes a list without words. */
export function hasAllOf(texts: readonly string[], search: PlainSearch, except?: readonly Scalar[]): Compared {
  const words = ready(texts, eachWordBy(search, except))
  const longest = texts.reduce((most, text) => (text.length > most.length ? text : most), '')
  const passes = (value: unknown) =>
    typeof value === 'string' && words.length > 0 && words.every(word => hasWord(word, value))
  return {
    form: 'plain',
    predicate: passes,
    isPositive: true,
    find: (_, written) => {
      const [first] = words
      if (first === undefined || !passes(written)) return undefined
      const { start, end } = findWord(first, written as string) ?? { start: 0, end: 0 }
      return { number: 0, start, end }
    },
    lacks: value =>
      typeof value === 'string' ? texts.find((_, at) => !hasWord(words[at] as WordIndex, value)) : undefined,
    ...(longest !== '' && { needs: { kind: 'words', texts: [longest], search } }),
  }
}

/** A text passes when all of its words are in the list. Of a text without words it is unknown. */
export function hasOnlyOf(texts: readonly string[], search: PlainSearch, except?: readonly Scalar[]): Compared {
  const index = ready(texts, wordsBy(search, except))
  return {
    form: 'plain',
    predicate: value => typeof value === 'string' && hasOnlyWords(index, value),
    isPositive: true,
    lacks: value => (typeof value === 'string' ? firstOtherWord(index, value) : undefined),
    ...(texts.length <= mostNeeded && { needs: { kind: 'words', texts, search } }),
  }
}
