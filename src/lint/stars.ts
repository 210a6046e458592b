import { isLikePattern } from '../language/advice/pattern-like.ts'
import type { Operand, Test } from '../language/condition.ts'
import type { FieldRewrite } from '../language/rule.ts'
import { starsOf } from '../text/words/word-index.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { entriesOf, type Sources } from './entries-of.ts'
import { brief, type Examined, inFlow, testsOfRule, warning } from './finding.ts'

/** Where a text has stars beside letters or digits; `alone` if it is a single star. */
type Place = 'alone' | 'end' | 'start' | 'both' | 'middle'

/**
 * Stars meant as wildcards, in words that take them literally.
 *
 * Inside `exactly`, and in the native spelling, they are expected to be literal.
 */
export function literalStars({ rule }: Examined, sources: Sources): Diagnostic[] {
  const { outcome } = rule.rule
  const steps = outcome.kind === 'rewrite' ? outcome.fields.flatMap(replacedStars) : []
  return [...testsOfRule(rule).flatMap(({ condition }) => starsIn(condition, sources)), ...steps]
}

function starsIn(test: Test, sources: Sources): Diagnostic[] {
  const { word, operand, isExact } = test
  if (isExact || !(takesStars.has(word) || word === 'in list' || word === 'not in list')) return []
  const isWhole = /^(?:is|one of|is not|not one of)$/.test(word)
  const placed = (text: string) => {
    if (isWhole && text === '*') return 'alone'
    // A value in a list may have any ending.
    return takesStars.has(word) || starsOf(text).isInner ? placeOf(text) : undefined
  }
  const [entry] = entriesOf(test, text => placed(text) !== undefined, sources)
  const place = entry && placed(entry.text)
  if (entry === undefined || place === undefined) return []
  const message = `The star in "${brief(entry.text)}" is a literal star here, not a wildcard`
  // `looks like` has no exact form.
  const meant = word === 'looks like' ? '' : `, or exactly: { ${word}: … } for a literal star`
  const isNamed = 'list' in operand && operand.list !== undefined
  const hint = `Write ${advice(test, entry.text, place)}${meant}`
  return [warning('literal-star', isNamed ? test.span : entry.span, message, hint)]
}

/** Words that take a star literally. */
const takesStars: ReadonlySet<Test['word']> = new Set<Test['word']>([
  'is',
  'is not',
  'one of',
  'not one of',
  'contains',
  'starts with',
  'ends with',
  'starts with any',
  'ends with any',
  'looks like',
])

/** Undefined if no star is beside a letter or digit, or if stars are used as separators (`M*A*S*H`). */
function placeOf(text: string): Place | undefined {
  // A text that looks like a pattern has a warning of its own.
  if (!text.includes('*') || !/[\p{L}\p{N}]/u.test(text) || isLikePattern(text)) return undefined
  if (text.startsWith('*')) return text.endsWith('*') ? 'both' : 'start'
  if (text.endsWith('*')) return 'end'
  return /^.(?:\*.)+$/su.test(text) ? undefined : 'middle'
}

/** What to write instead of a text with a star. */
function advice(test: Test, text: string, place: Place): string {
  const { word, field } = test
  if (place === 'alone') return 'present to match any value'
  const bare = text.replace(/^\*+|\*+$/g, '')
  const host = /^(?:[a-z]+:\/\/)?(\*\.(?:[a-z0-9-]+\.)+[a-z]{2,})(?:\/.*)?$/i.exec(text)?.[1]
  if (field.kind === 'url' && host !== undefined) return `hosted on: "${host}"`
  if (bare.includes('*')) return `matches: '${patternOf(text, field.kind === 'text')}'`
  if (word === 'looks like') return `looks like a word in: [${inFlow(place === 'end' ? `${bare}*` : bare)}]`
  const { list, isNegative } = listWords.get(word) ?? {}
  if (list !== undefined && place === 'end') return `${list}: ${asList(test.operand)}`
  // One star more or less: the others of the list stay.
  const isNeedless = (word === 'starts with any' && place === 'end') || (word === 'ends with any' && place === 'start')
  if (isNeedless) return `${word}: ${asList(test.operand, each => each.replace(/^\*+|\*+$/g, ''))}`
  const isAtStart = place === 'end' && word !== 'contains' && !word.startsWith('ends with')
  const isAtEnd = place === 'start' && word !== 'contains' && !word.startsWith('starts with')
  const part = `${isAtStart ? 'starts with' : isAtEnd ? 'ends with' : 'contains'}: ${inFlow(bare)}`
  return isNegative ? `not: { ${part} }` : part
}

/** The list word in which a star means any ending. */
const listWords: ReadonlyMap<Test['word'], { list?: string; isNegative: boolean }> = new Map([
  ['is not', { isNegative: true }],
  ['one of', { list: 'in list', isNegative: false }],
  ['not one of', { list: 'not in list', isNegative: true }],
  ['not in list', { isNegative: true }],
])

function asList(operand: Operand, written = (text: string) => text): string {
  if ('list' in operand && operand.list !== undefined) return operand.list.name
  const texts = operand.kind === 'values' ? operand.values.map(value => written(String(value))) : []
  return `[${[...texts.slice(0, 3).map(inFlow), ...(texts.length > 3 ? ['…'] : [])].join(', ')}]`
}

/** A regular expression in which stars match anything. */
function patternOf(text: string, isFolded: boolean): string {
  const escaped = text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replace(/\*+/g, '.*')
  return `${isFolded ? '(?i)' : ''}^${escaped.replaceAll("'", "''")}$`
}

function replacedStars({ steps, span }: FieldRewrite): Diagnostic[] {
  return steps.flatMap(step => {
    if (step.kind === 'each item') return step.fields.flatMap(replacedStars)
    const place = step.kind === 'replace' ? placeOf(step.text) : undefined
    if (step.kind !== 'replace' || place === undefined || place === 'middle') return []
    const message = `The star in "${brief(step.text)}" is a literal star here: replace takes the text as is`
    const bare = step.text.replace(/^\*+|\*+$/g, '')
    return [warning('literal-star', span, message, `Write mask words in: [${inFlow(`${bare}*`)}] to mask any ending`)]
  })
}
