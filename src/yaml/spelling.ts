import {
  type Document,
  isCollection,
  isPair,
  isScalar,
  type Node,
  type Pair,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'

/** The original spellings of texts, to be restored after the layout. */
export type KeptSpelling = { mark: string; spellings: readonly string[] }

/**
 * Chooses the quotes of each text in a document, in place: `text` is its source.
 *
 * Double quotes where any are needed. Escapes stay as written, and invisible characters in quotes become escapes: the
 * library would write both literally. Texts that the library must not spell get a placeholder in the document.
 */
export function spell(document: Document, text: string): KeptSpelling {
  const mark = markNotIn(text)
  const spellings: string[] = []
  visit(document, {
    Scalar(_, node, path) {
      if (typeof node.value !== 'string') return
      const spelling = spellingOf(node, node.value, text)
      if (spelling === undefined) {
        // Single quotes are for texts that double ones would have to escape.
        if (node.type === Scalar.QUOTE_SINGLE && !/["\\]/.test(node.value) && !isPattern(path))
          node.type = Scalar.QUOTE_DOUBLE
        return
      }
      // As long as the original, so that lines break in the same places.
      node.value = `${mark}${spellings.push(spelling) - 1}z`.padEnd(spelling.length, 'x')
      node.type = Scalar.PLAIN
    },
  })
  return { mark, spellings }
}

/** In single quotes a backslash is literal: patterns always have them, needed or not. */
function isPattern(path: Path): boolean {
  const parent = path.at(-1)
  return isPair(parent) && isScalar(parent.key) && patternKeys.has(parent.key.value)
}

const patternKeys: ReadonlySet<unknown> = new Set(['matches', 'mask pattern', 'find'])

/** Restores the original spellings in a document's text. */
export function putBack(text: string, { mark, spellings }: KeptSpelling): string {
  return text.replaceAll(new RegExp(`${mark}(\\d+)zx*`, 'g'), (_, at) => spellings[Number(at)] as string)
}

/** Writes brackets that do not fit on a line, or that contain comments, as lines of keys and dashes, in place. */
export function openLong(document: Document, text: string): void {
  visit(document, {
    Collection(_, node, path) {
      const isInside = path.some(parent => isCollection(parent) && parent.flow === true)
      if (isInside || node.flow !== true || node.items.length === 0) return
      if (!hasComment(node) && columnOf(path) + lengthOf(node, text) <= longest) return
      node.flow = false
      for (const child of childrenOf(node)) child.flow ??= true
    },
  })
}

/** Whether there is a comment inside the brackets; one after them does not count. */
function hasComment(collection: YAMLMap | YAMLSeq): boolean {
  let found = false
  visit(collection, {
    Node(_, node) {
      if (node === collection || (node.comment == null && node.commentBefore == null)) return undefined
      found = true
      return visit.BREAK
    },
  })
  return found
}

function childrenOf({ items }: YAMLMap | YAMLSeq): (YAMLMap | YAMLSeq)[] {
  return items.map(item => (isPair(item) ? item.value : item)).filter(isCollection)
}

const longest = 120

/** The column where a value will start: two spaces for each level, and its key before it. */
function columnOf(path: Path): number {
  const levels = path.filter(isCollection).length
  const parent = path.at(-1)
  return isPair(parent) ? 2 * levels + String(parent.key).length : 2 * levels
}

function lengthOf(node: { range?: [number, number, number] | null; toJSON(): unknown }, text: string): number {
  const written = node.range ? text.slice(node.range[0], node.range[1]) : JSON.stringify(node.toJSON())
  return written.replaceAll(/\s+/g, ' ').length
}

/** The spelling that must be kept from the library; undefined for everything else. */
function spellingOf({ type, range }: Scalar, value: string, text: string): string | undefined {
  if (type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL) return undefined
  const raw = range ? text.slice(range[0], range[1]) : ''
  const isOnOneLine = raw !== '' && !raw.includes('\n')
  if (isOnOneLine && type === Scalar.QUOTE_DOUBLE && raw.includes('\\') && !unseen.test(raw)) return raw
  if (unseen.test(value)) return type === Scalar.PLAIN ? undefined : escaped(value)
  // The library would break it between two words.
  const isFolded = isOnOneLine && raw.length > longestFolded && raw.includes(' ')
  return isFolded ? (isBare(raw) ? `"${value}"` : raw) : undefined
}

const longestFolded = 60

/** In single quotes that double quotes could replace without escapes. */
function isBare(raw: string): boolean {
  return raw.startsWith("'") && !/["\\]|''/.test(raw)
}

type Path = readonly (Document | Node | Pair)[]

/** Control and format characters and spaces that look like others, except the joiners of emoji and scripts. */
const unseen = /(?!\u{200c}|\u{200d}|\n|\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{a0}\u{2000}-\u{200a}\u{202f}]/u

function escaped(value: string): string {
  return JSON.stringify(value).replaceAll(new RegExp(unseen, 'gu'), codeOf)
}

function codeOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16)
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
}

function markNotIn(text: string): string {
  let mark = 'kept'
  while (text.includes(mark)) mark += 'q'
  return mark
}
