import type { Scalar } from '../language/condition.ts'
import { foldWhole } from '../text/fold.ts'
import { Trie } from '../text/words/trie.ts'
import { trieHits } from '../text/words/trie-search.ts'
import { stemOf } from '../text/words/word-index.ts'

/** The values of a list. */
export type ValueList = {
  /** True if a value is one of them, or starts with one that ended in `*`. */
  has(value: unknown): boolean
  /** The index in the list of the first match, or undefined. For explanations: it may scan the whole list. */
  find(value: unknown): number | undefined
  /** Those that make a value none of the list, if there are any. */
  except?: ValueList
  /** The values as they are compared; undefined where some are only beginnings. */
  values: ReadonlySet<unknown> | undefined
}

/**
 * A list of values made ready in slices of a thousand. Texts are compared as they are, or folded on both sides. Of
 * `values` those that are exceptions are left out.
 */
export function* valueListInSteps(
  entries: readonly Scalar[],
  compare: 'exact' | 'folded',
  exceptions?: readonly Scalar[],
): Generator<undefined, ValueList> {
  const list = yield* plainListInSteps(entries, compare)
  if (exceptions === undefined) return list
  const except = yield* plainListInSteps(exceptions, compare)
  const { values } = list
  return {
    has: value => list.has(value) && !except.has(value),
    find: value => (except.has(value) ? undefined : list.find(value)),
    except,
    values: values && new Set([...values].filter(value => !except.has(value))),
  }
}

function* plainListInSteps(entries: readonly Scalar[], compare: 'exact' | 'folded'): Generator<undefined, ValueList> {
  const values = new Set<unknown>()
  /** The index in the list of each value, in order. */
  const places: number[] = []
  let stems: Trie | undefined
  for (const [place, entry] of entries.entries()) {
    const { stem, isStem } = typeof entry === 'string' ? stemOf(entry) : { stem: entry, isStem: false }
    const value = compare === 'folded' && typeof stem === 'string' ? foldWhole(stem) : stem
    if (isStem) {
      stems ??= new Trie()
      stems.add(value as string, place, 'stem')
    } else if (!values.has(value)) {
      values.add(value)
      places.push(place)
    }
    if (place % 1000 === 999) yield
  }
  const stemOfValue = (value: unknown) =>
    stems === undefined || typeof value !== 'string' ? undefined : trieHits(stems, value, 'whole', 1)[0]?.number
  return {
    has: value => values.has(value) || stemOfValue(value) !== undefined,
    find: value => (values.has(value) ? places[indexIn(values, value)] : stemOfValue(value)),
    values: stems === undefined ? values : undefined,
  }
}

/** How many values were added before this one. */
function indexIn(values: ReadonlySet<unknown>, value: unknown): number {
  let index = 0
  for (const each of values) {
    if (each === value) return index
    index += 1
  }
  return -1
}
