import { fold } from '../fold.ts'
import { eachLookalikeHit } from '../lookalike/find.ts'
import { visibleWhole } from '../lookalike/visible-text.ts'
import { eachInnerHit } from './inner-search.ts'
import { Trie } from './trie.ts'
import { wordForm } from './trie-keys.ts'
import { eachTrieHit } from './trie-search.ts'
import { keysOf } from './word-index.ts'

/** How to search for words if there are many lists. */
export type ManySearch = { by: 'exact' | 'folded'; at: 'word' } | { by: 'alike'; at: 'whole' | 'word' }

/**
 * Searches for the words of many lists in one pass, to tell which lists may match a text.
 *
 * It may report a list that does not match, but never misses one that does.
 */
export class ManyWords {
  readonly #search: ManySearch
  readonly #trie = new Trie()
  /** What any beginning may precede. */
  #inner: Trie | undefined
  /** For a search by looks: entries that do not look like letters. */
  #signs: Trie | undefined
  /** The numbers of the lists that have a key, by the number of the key in the tree. */
  readonly #lists: number[][] = []
  readonly #numbers = new Map<string, number>()
  #longest = 0
  #hasNumbers = false

  constructor(search: ManySearch) {
    this.#search = search
  }

  /** Add the words of a list under its number. Yields during long work; no other method may be called meanwhile. */
  *add(texts: readonly string[], list: number): Generator<undefined> {
    for (const [at, text] of texts.entries()) {
      const { keys, sign, kind, isNumber, isInner } = keysOf(text, this.#search)
      this.#hasNumbers ||= isNumber
      if (isInner) this.#inner ??= new Trie()
      const trie = isInner && this.#inner !== undefined ? this.#inner : this.#trie
      for (const key of keys) this.#file(trie, key, kind, list)
      if (sign !== undefined) {
        this.#signs ??= new Trie()
        this.#file(this.#signs, sign, kind, list)
      }
      if (trie.isCrowded) yield* trie.growInSteps()
      if (at % 100 === 99) yield
    }
  }

  /** Call back with the numbers of lists that may match a text, possibly more than once. Linear in the text. */
  find(text: string, found: (lists: readonly number[]) => void): void {
    const tell = (number: number) => found(this.#lists[number] as number[])
    const { by, at } = this.#search
    if (by !== 'alike') {
      const read = by === 'exact' ? text : wordForm(text)
      eachTrieHit(this.#trie, read, tell)
      if (this.#inner !== undefined) eachInnerHit(this.#inner, read, tell)
      return
    }
    const search = { trie: this.#trie, longest: this.#longest, hasNumbers: this.#hasNumbers, place: at }
    for (const seen of visibleWhole(text)) eachLookalikeHit(search, seen, tell)
    if (this.#signs !== undefined) eachTrieHit(this.#signs, fold(text), tell)
  }

  #file(trie: Trie, key: string, kind: 'whole' | 'stem', list: number): void {
    // Keys of signs and keys of letters never collide.
    const filed = `${trie === this.#inner ? 'inner ' : ''}${kind} ${key}`
    const known = this.#numbers.get(filed)
    if (known !== undefined) {
      this.#lists[known]?.push(list)
      return
    }
    const number = this.#lists.push([list]) - 1
    this.#numbers.set(filed, number)
    trie.add(key, number, kind)
    this.#longest = Math.max(this.#longest, key.length)
  }
}
