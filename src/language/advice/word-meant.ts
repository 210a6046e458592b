import { type Advice, afterSpan, replacing } from '../../yaml/fix.ts'
import { inOneLine } from '../../yaml/layout.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Subject } from '../read/scope.ts'
import { truthMeant } from '../read/value.ts'
import { findTestWord, type Word, type WordName, words } from '../vocabulary.ts'
import { pluralOf, singularOf } from './plurals.ts'
import { misspelt, nearest, suggestion } from './suggest.ts'

/** The word that was meant, with its value. */
type Meant = { word: WordName; value: string }

/**
 * Advice for a negated word, as in `contains not` and `does not start with`.
 *
 * Undefined for other words.
 */
export function negatedWord(
  { key, keySpan, value }: Entry,
  all: readonly Entry[],
  { scope }: Subject,
): Advice | undefined {
  const word = wordNegated(key, value)
  if (word === undefined) return undefined
  if (word === 'present') {
    return { hint: 'Write absent', fixes: [replacing({ ...keySpan, end: value.span.end }, 'absent: true')] }
  }
  const direct = findTestWord(`not ${word}`)?.name ?? (word === 'is' ? 'is not' : undefined)
  if (direct !== undefined) return { hint: `Write ${direct}: …`, fixes: [replacing(keySpan, direct)] }
  const hint = `Write not: { ${word}: … }`
  if (inOneLine(value, scope.text) === undefined || all.some(other => other.key === 'not')) return { hint }
  const edits = [
    { span: keySpan, text: `not: { ${word}` },
    { span: afterSpan(value.span), text: ' }' },
  ]
  return { hint, fixes: [{ label: hint, edits }] }
}

/** The word that is negated. */
function wordNegated(key: string, value: Node): WordName | undefined {
  const phrase = key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase()
    .replaceAll(/\b(do|does|did|is|are|has|have|can|must|should)n['’]?t\b/g, '$1 not')
  const opposite = opposites.get(phrase)
  const said = phrase.split(' ').filter(word => word !== '')
  const bare = said.filter(word => !negations.has(word) && !helpers.has(word)).join(' ')
  const isNegated = said.some(word => negations.has(word))
  if (opposite === undefined && (!isNegated || bare === '')) return undefined
  const word = opposite ?? wordFor(said.filter(each => !negations.has(each)).join(' ')) ?? wordFor(bare)
  const several = value.kind === 'list' ? pluralOf(word ?? '') : undefined
  return several ?? word
}

const negations = new Set(['not', 'no', 'never', 'none', 'without', 'non'])
const helpers = new Set(['does', 'do', 'is', 'has', 'may', 'must', 'should', 'can', 'be'])

/** Words that are a negation as they stand. */
const opposites: ReadonlyMap<string, WordName> = new Map([
  ['excludes', 'contains'],
  ['excluding', 'contains'],
  ['without', 'contains'],
  ['lacks', 'contains'],
  ['unlike', 'looks like'],
])

function wordFor(text: string): WordName | undefined {
  const name = findTestWord(text)?.name ?? nearest(text, wordNames) ?? misspelt(text, wordNames)
  return name as WordName | undefined
}

const wordNames = words.map(({ name }) => name)

/**
 * Advice for an unknown word: "Did you mean …?", and the fix that writes the word that was probably meant.
 *
 * If its value does not fit that word, the fix rewrites both.
 */
export function meantWord(entry: Entry, all: readonly Entry[], fitting: readonly string[], subject: Subject): Advice {
  const { key, keySpan, value } = entry
  const near = nearest(key, fitting)
  const meant = near === undefined ? undefined : fitted(findTestWord(near) as Word & { name: WordName }, entry, subject)
  const hint = suggestion(meant?.word ?? near, fitting, 'Words')
  if (meant === undefined || all.some(other => other !== entry && other.key === meant.word)) return { hint }
  const isSame = meant.value === subject.scope.text.slice(value.span.start, value.span.end)
  const span = isSame ? keySpan : { ...keySpan, end: value.span.end }
  const written = isSame ? meant.word : `${meant.word}: ${meant.value}`
  const more = isSame ? '' : `Write ${written}. `
  return { hint: `${more}${hint}`, fixes: [replacing(span, written)] }
}

/** The word with a value that it can take; undefined if it is unclear. */
function fitted(word: Word & { name: WordName }, { key, value }: Entry, { scope }: Subject): Meant | undefined {
  const raw = scope.text.slice(value.span.start, value.span.end)
  const counted = countMeant(key, value)
  if (counted !== undefined) return counted
  if (word.operand === 'true') return truthFor(word.name, value)
  if (value.kind === 'list') return { word: pluralOf(word.name) ?? word.name, value: raw }
  const isName = value.kind === 'scalar' && (scope.names.lists.has(String(value.value)) || word.operand === 'host')
  const single = value.kind === 'scalar' && !isName ? singularOf(word.name) : undefined
  return { word: single ?? word.name, value: raw }
}

/** `min length: 5` is longer than 4. */
function countMeant(key: string, value: Node): Meant | undefined {
  const [, end] = /^(min|max)[ _-]?len(?:gth)?$/i.exec(key) ?? []
  if (end === undefined || value.kind !== 'scalar' || !Number.isSafeInteger(value.value)) return undefined
  const count = value.value as number
  const isLeast = end.toLowerCase() === 'min'
  return isLeast
    ? { word: 'longer than', value: String(Math.max(0, count - 1)) }
    : { word: 'shorter than', value: String(count + 1) }
}

/** `exists: false` is `absent: true`. */
function truthFor(word: WordName, value: Node): Meant | undefined {
  const truth = truthMeant(value)
  if (truth === undefined) return undefined
  if (truth) return { word, value: 'true' }
  if (word === 'present') return { word: 'absent', value: 'true' }
  return word === 'absent' ? { word: 'present', value: 'true' } : { word: 'not', value: `{ ${word}: true }` }
}
