import type { Scalar } from '../language/condition.ts'
import { fold, foldWhole } from '../text/fold.ts'
import { trimBlanks } from '../text/spaces.ts'
import { Trie } from '../text/words/trie.ts'
import type { Compared } from './compared.ts'
import { mostNeeded, ready, type Way } from './list-lookup.ts'

/** What texts begin or end with, and how they are compared. */
export type TextEdge = { at: 'start' | 'end'; compare: 'folded' | 'exact' }

/** Beginnings or ends, made ready for looking up. */
type Edges = {
  /** Those that are longest in a value, each with its length. */
  longestIn(value: string): { number: number; length: number } | undefined
  /** What is in every value that passes; undefined where that is not known. */
  needed: readonly string[] | undefined
}

/** To find the entry that a text begins or ends with. */
export function edgesBy(edge: TextEdge): Way<Edges> {
  return { name: `edges ${edge.at} ${edge.compare}`, make: entries => edgesInSteps(entries as readonly string[], edge) }
}

/**
 * `starts with any` and `ends with any`: as `starts with` and `ends with` with each of the texts. An exception that is as
 * long as what is found makes it no hit.
 */
export function hasEdge(texts: readonly string[], edge: TextEdge, except?: readonly Scalar[]): Compared {
  const edges = ready(texts, edgesBy(edge))
  const exceptions = except && ready(except, edgesBy(edge))
  const found = (value: unknown) => {
    const hit = typeof value === 'string' ? edges.longestIn(value) : undefined
    const by = hit && exceptions?.longestIn(value as string)
    return { hit, by: hit && by && by.length >= hit.length ? by : undefined }
  }
  return {
    form: edge.compare === 'folded' ? 'folded' : 'plain',
    predicate: value => {
      const { hit, by } = found(value)
      return hit !== undefined && by === undefined
    },
    isPositive: true,
    find: value => {
      const { hit, by } = found(value)
      return hit && { number: hit.number, ...(by && { by: { number: by.number } }) }
    },
    ...(edges.needed && { needs: { kind: edge.at === 'start' ? 'starts' : 'contains', texts: edges.needed } }),
  }
}

function* edgesInSteps(texts: readonly string[], edge: TextEdge): Generator<undefined, Edges> {
  const trie = new Trie()
  const needed = new Set<string>()
  /** The first entry of spaces alone, which count only then. */
  let spaces = -1
  for (const [number, text] of texts.entries()) {
    const bare = edge.compare === 'folded' ? foldWhole(text) : text
    if (bare === '') spaces = spaces === -1 ? number : spaces
    else trie.add(turned(edgeOf(text, bare, edge), edge), number, 'whole')
    needed.add(bare)
    if (trie.isCrowded) yield* trie.growInSteps()
    if (number % 500 === 499) yield
  }
  return {
    longestIn: value => {
      const hit = longestEdge(trie, turned(asSought(value, edge), edge))
      if (hit !== undefined || spaces === -1) return hit
      const isSpaced = edge.at === 'start' ? value.startsWith(' ') : value.endsWith(' ')
      return isSpaced ? { number: spaces, length: 0 } : undefined
    },
    needed: spaces === -1 && needed.size <= mostNeeded ? [...needed] : undefined,
  }
}

/** An entry as it is looked for: a space at its inner end is the end of a word. */
function edgeOf(text: string, bare: string, { at, compare }: TextEdge): string {
  if (compare === 'exact') return bare
  if (at === 'start') return fold(text).endsWith(' ') ? `${bare} ` : bare
  return fold(text).startsWith(' ') ? ` ${bare}` : bare
}

function asSought(value: string, { at, compare }: TextEdge): string {
  if (compare === 'exact') return value
  return at === 'start' ? `${trimBlanks(value)} ` : ` ${trimBlanks(value)}`
}

/** Ends are looked for backwards, by code units. */
function turned(text: string, { at }: TextEdge): string {
  return at === 'start' ? text : text.split('').reverse().join('')
}

function longestEdge(trie: Trie, text: string): { number: number; length: number } | undefined {
  let found: { number: number; length: number } | undefined
  let node = 0
  for (let at = 0; at < text.length; at++) {
    node = trie.child(node, text.charCodeAt(at))
    if (node === -1) return found
    const number = trie.whole(node)
    if (number !== -1) found = { number, length: at + 1 }
  }
  return found
}
