import type { Fix } from '../../yaml/diagnostic.ts'
import { afterSpan, replacing } from '../../yaml/fix.ts'
import type { Entry, ScalarNode } from '../../yaml/node.ts'
import type { Subject } from '../read/scope.ts'
import { refuseNumber } from '../read/value.ts'
import { findTestWord } from '../vocabulary.ts'
import { asMeant, asTest, type MeantTest, meaningsOf } from './meant-value.ts'
import { pluralOf } from './plurals.ts'

/** Warns about a bare value that was meant as a test: it would be compared literally. */
export function warnOfSentence(node: ScalarNode, subject: Subject): void {
  const { value, span, style } = node
  const { field, scope } = subject
  if (typeof value !== 'string' || style === 'block' || !isText(subject)) return
  const meanings = meaningsOf(value, { field, isPlain: style === 'plain' })
  const [first] = meanings
  if (first === undefined) return
  const message = `Here "${value}" is the text that "${field.text}" must equal, not a test`
  scope.reporter.warning('meant-otherwise', span, message, {
    hint: `${hintOf(meanings, subject)}, or ${howMeant(value, first)}`,
    fixes: [
      ...meanings.flatMap(meaning => alone(meaning, span, subject)),
      replacing(span, asMeant(value, first), `Write ${asMeant(value, first)} for the text itself`),
    ],
  })
}

/** Numbers and truth values in another notation are separate errors. */
function isText({ field, isExact }: Subject): boolean {
  return !isExact && ['text', 'id', 'url', 'json', 'part'].includes(field.kind)
}

/** Whether a bare value where a number belongs was meant as a test; if so, it is reported. */
export function refuseSentence(node: ScalarNode, subject: Subject): boolean {
  const { field, scope } = subject
  if (field.kind !== 'enum' && field.kind !== 'integer') return false
  if (typeof node.value !== 'string' || field.field.names?.has(node.value)) return false
  const isKnown = (value: string) => field.field.names?.has(value) || /^\d+$/.test(value)
  const meanings = meaningsOf(node.value, { field, isPlain: true }).filter(({ words }) =>
    valuesIn(words).every(isKnown),
  )
  if (meanings.length === 0) return false
  const fixes = meanings.flatMap(meaning => alone(meaning, node.span, subject))
  refuseNumber(node, field, scope.reporter, { hint: hintOf(meanings, subject), fixes })
  return true
}

/** The values that the test words compare with. */
function valuesIn(words: string): readonly string[] {
  const [, value = ''] = /: (?:\{ [a-z ]+: )?([^}]*?)(?: \})?$/.exec(words) ?? []
  return value === 'true' ? [] : value.replaceAll(/[[\]]/g, '').split(', ')
}

function hintOf(meanings: readonly MeantTest[], { field }: Subject): string {
  const shown = meanings.map(meaning =>
    meaning.ofLength ? `${field.text}.length: { ${meaning.words} }` : asTest(meaning),
  )
  return `Write ${shown.join(' or ')}`
}

function howMeant(value: string, meaning: MeantTest): string {
  return meaning.isSign
    ? `${asMeant(value, meaning).slice(2, -2)} for the text itself`
    : 'put it in quotes for the text itself'
}

/** A meaning as the whole test of a field. */
function alone(meaning: MeantTest, span: ScalarNode['span'], { field, place }: Subject): Fix[] {
  if (meaning.ofLength === undefined) return [replacing(span, asTest(meaning))]
  const key = place?.entry.keySpan
  if (key === undefined) return []
  const label = `Write ${field.text}.length: { ${meaning.words} }`
  const edits = [
    { span: afterSpan(key), text: '.length' },
    { span, text: `{ ${meaning.words} }` },
  ]
  return [{ label, edits }]
}

/** Words after which a value is checked for being a sentence. */
const told = new Set(['is', 'is not', 'contains', 'has word', 'looks like', 'starts with', 'ends with'])

/** Warns about a value after a test word that was meant as a test, or as several values. */
export function warnOfValue(entry: Entry, all: readonly Entry[], subject: Subject): void {
  const { key, keySpan, value: node } = entry
  const { field, scope } = subject
  if (!told.has(key) || node.kind !== 'scalar' || node.style === 'block' || !isText(subject)) return
  const { value, style } = node
  if (typeof value !== 'string' || findTestWord(value) !== undefined) return
  const said = meaningsOf(value, { field, isPlain: style === 'plain' })
  const meanings = said.flatMap(meaning => behind(key, meaning))
  const [first] = meanings
  if (first === undefined) return
  const span = { ...keySpan, end: node.span.end }
  const isAlone = all.length === 1
  const message = `"${value}" after "${key}" is one text, not a test`
  const meant = `exactly: { ${key}: ${asMeant(value, { words: '' })} }`
  const asText = first.isSign ? meant : `${key}: ${asMeant(value, first)}`
  scope.reporter.warning('meant-otherwise', node.span, message, {
    hint: `Write ${meanings.map(({ words }) => words).join(' or ')}, or ${asText} for the text itself`,
    fixes: [
      ...(isAlone ? meanings.map(({ words }) => replacing(span, words)) : []),
      replacing(span, asText, `Write ${asText} for the text itself`),
    ],
  })
}

/** A meaning as the value of a word: a list uses the word for several; words other than `is` take no test. */
function behind(word: string, meaning: MeantTest): MeantTest[] {
  if (word === 'is') return meaning.ofLength ? [] : [meaning]
  if (meaning.words.startsWith('matches: ') && word !== 'is not') return [meaning]
  const [, several] = /^one of: (\[.*\])$/.exec(meaning.words) ?? []
  const plural = pluralOf(word)
  if (several !== undefined && plural !== undefined) return [{ ...meaning, words: `${plural}: ${several}` }]
  const [, not] = /^is not: (.*)$/.exec(meaning.words) ?? []
  return not !== undefined && word !== 'is not' ? [{ ...meaning, words: `not: { ${word}: ${not} }` }] : []
}
