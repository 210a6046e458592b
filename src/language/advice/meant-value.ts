import { inQuotes, inYaml } from '../../yaml/quoted.ts'
import type { FieldRef } from '../field.ts'
import { meantTest } from './meant-test.ts'
import { isLikePattern } from './pattern-like.ts'

/** Test words, as written in the braces of a test, that a value was meant to express. */
export type MeantTest = {
  words: string
  /** Set if the test is about the length of the field. */
  ofLength?: true
  /** True if quotes do not prove that the value is meant literally, since YAML needs them anyway. */
  isSign?: true
}

/** How a value is written, and for which field. */
export type WrittenValue = { field: FieldRef; isPlain: boolean }

/** A longer text is prose, not a mistake. */
const longest = 120

/**
 * What a value was meant to express if it is a sentence, a list in one text or a word about values: `not admin`, `admin
 * or mod`, `>20`, `empty`. Several if ambiguous; none for an ordinary value.
 */
export function meaningsOf(text: string, written: WrittenValue): readonly MeantTest[] {
  const said = text.trim()
  if (said.length > longest || said.includes('\n') || said === '') return []
  return signs(said, written) ?? (written.isPlain ? (sentences(said, written) ?? []) : [])
}

/** Meanings of operators, quoted or not. */
function signs(said: string, { field }: WrittenValue): readonly MeantTest[] | undefined {
  const [, compared, number] = /^([<>]=?|≥|≤)\s*(\d{1,9})(?:\s*(?:characters?|chars?|letters?))?$/.exec(said) ?? []
  if (compared !== undefined && number !== undefined) {
    const words = `${comparisons.get(compared)}: ${number}`
    return isCounted(field) ? [{ words, ofLength: true, isSign: true }] : [{ words, isSign: true }]
  }
  const [, sign = '', compare] = /^(!={1,2}|<>|≠|={1,3})\s*(\S.*)$/.exec(said) ?? []
  if (compare !== undefined) return oneOrMore(alternatives(compare) ?? [compare], !sign.startsWith('='), field, true)
  if (isName(field)) {
    const [, not] = /^!\s*([\p{L}\p{N}_].*)$/u.exec(said) ?? []
    if (not !== undefined) return oneOrMore(alternatives(not) ?? [not], true, field, true)
    const [, like] = /^%([^%]+)%$/.exec(said) ?? []
    if (like !== undefined) return [{ words: `contains: ${inYaml(like)}`, isSign: true }]
  }
  if (field.kind === 'text' || field.kind === 'id' || field.kind === 'url') {
    if (isLikePattern(said)) return [{ words: `matches: '${said.replaceAll("'", "''")}'`, isSign: true }]
  }
  const parts = partsBySigns(said, field)
  return parts && oneOrMore(parts, false, field, true)
}

const comparisons: ReadonlyMap<string, string> = new Map([
  ['>', 'more than'],
  ['<', 'less than'],
  ['>=', 'at least'],
  ['<=', 'at most'],
  ['≥', 'at least'],
  ['≤', 'at most'],
])

/** Whether a field has a length that numbers are compared with. */
function isCounted({ kind, part }: FieldRef): boolean {
  return (kind === 'text' || kind === 'id') && part.kind === 'whole'
}

/** Fields whose values contain no commas and no leading operators: ids, addresses, names. Messages may contain both. */
function isName({ kind, field }: FieldRef): boolean {
  return kind === 'id' || kind === 'url' || kind === 'enum' || (kind === 'text' && /name/i.test(field.name))
}

/** Entries separated by punctuation: `admin | mod`, `(admin, mod)`. */
function partsBySigns(said: string, field: FieldRef): readonly string[] | undefined {
  const [, inside] = /^[([]\s*(.*?)\s*[)\]]$/.exec(said) ?? []
  const bars = (inside ?? said).split(/\s*\|{1,2}\s*/)
  if (bars.length > 1) return entriesIn(bars)
  if (!isName(field)) return undefined
  const parts = entriesIn((inside ?? said).split(/\s*[,;，；、]\s*/))
  if (parts !== undefined) return parts
  // One word in brackets may be a name: (admin).
  return undefined
}

/** More than one word, each distinct and short. */
function entriesIn(parts: readonly string[]): readonly string[] | undefined {
  const entries = parts.map(unquoted)
  const isEach = entries.every(entry => /^[\p{L}\p{N}_@.-][^\s]*(?: [\p{L}\p{N}_@.-][^\s]*)?$/u.test(entry))
  return entries.length > 1 && isEach ? entries : undefined
}

function unquoted(text: string): string {
  return /^(["'`]).*\1$/.test(text) ? text.slice(1, -1) : text
}

/** Meanings of unquoted words. */
function sentences(said: string, written: WrittenValue): readonly MeantTest[] | undefined {
  const word = wordMeanings(said, written.field) ?? listMeanings(said, written)
  if (word !== undefined) return word
  const [, not] = /^(?:(?:is|are|be)\s+)?(?:not|never)\s+(.+)$/i.exec(said) ?? /^isn['’]?t\s+(.+)$/i.exec(said) ?? []
  if (not !== undefined) return negated(not, written)
  const [, except] = /^\w+(?: \w+)? (?:but|except(?: for)?|other than|besides)\s+(.+)$/i.exec(said) ?? []
  if (except !== undefined && /^(?:any|every|all)/i.test(said)) return negated(except, written)
  const range = ranges(said, written.field)
  if (range !== undefined) return [{ words: range }]
  const test = meantTest(said)
  if (test !== undefined && !/^\{ (?:not: \{ )?is: /.test(test)) return [{ words: test.slice(2, -2) }]
  const [, is] = /^(?:is|equals?|equal to|same as|only|just|either)\s+(.+)$/i.exec(said) ?? []
  if (is !== undefined)
    return wordMeanings(is, written.field) ?? oneOrMore(alternatives(is) ?? [is], false, written.field)
  const [, pattern] = written.field.kind === 'text' ? (/^\/(.+)\/[gimsuy]*$/.exec(said) ?? []) : []
  if (pattern !== undefined) return [{ words: `matches: '${pattern.replaceAll("'", "''")}'` }]
  const parts = alternatives(said, written.field.kind === 'id')
  return parts && (bothWords(parts, written.field) ?? oneOrMore(parts, false, written.field))
}

/** `in staff`, `not in the list staff`, `none of a, b`: the name of a list, or values. */
function listMeanings(said: string, { field }: WrittenValue): readonly MeantTest[] | undefined {
  const [, not, name = ''] = /^(?:is )?(not )?in (?:the )?(?:list )?([\p{L}\p{N}_.-]+)$/iu.exec(said) ?? []
  if (name !== '') return [{ words: `${not === undefined ? '' : 'not '}in list: ${inYaml(name)}` }]
  const [, how = '', values = ''] =
    /^(?:is )?((?:not )?in|(?:any|one|none|not one) of|either|neither) (.+)$/i.exec(said) ?? []
  const parts =
    values === '' ? undefined : (partsBySigns(values, field) ?? alternatives(values.replace(/ nor /g, ' or ')))
  return parts && oneOrMore(parts, /^no|^neither/i.test(how), field)
}

/** `admin or above`, `20+`, `2-24`. */
function ranges(said: string, { kind }: FieldRef): string | undefined {
  if (kind !== 'enum' && kind !== 'integer') return undefined
  const [, low, high] =
    /^(\d{1,9})\s*(?:[-–—~]|\.\.|to|and)\s*(\d{1,9})$/i.exec(said.replace(/^(?:from|between) /i, '')) ?? []
  if (low !== undefined) return `between: [${low}, ${high}]`
  const [, least] = /^(.+?)(?:\+| (?:and|or) (?:above|higher|more|up|over|greater))$/i.exec(said) ?? []
  if (least !== undefined) return `at least: ${least}`
  const [, most] = /^(.+?) (?:and|or) (?:below|lower|less|fewer|under)$/i.exec(said) ?? []
  return most && `at most: ${most}`
}

/** `null or empty`: a single test covers both. */
function bothWords(parts: readonly string[], field: FieldRef): readonly MeantTest[] | undefined {
  const each = parts.map(part => wordMeanings(part, field))
  return each.includes(undefined) ? undefined : distinct((each as MeantTest[][]).flat())
}

function distinct(meanings: readonly MeantTest[]): readonly MeantTest[] {
  return [...new Map(meanings.map(meaning => [meaning.words, meaning])).values()]
}

function negated(said: string, { field }: WrittenValue): readonly MeantTest[] | undefined {
  const state = states.get(said.toLowerCase())
  if (state !== undefined) return opposites.get(state)?.map(words => ({ words }))
  const test = meantTest(said)
  if (test !== undefined && !/^\{ is/.test(test)) return [{ words: `not: ${test}` }]
  const parts = alternatives(said) ?? partsBySigns(said, field) ?? [unquoted(said)]
  return parts.every(part => part.split(' ').length <= 3) ? oneOrMore(parts, true, field) : undefined
}

/** The parts around "or"; also around "and" if a single value cannot be meant. */
function alternatives(said: string, withAnd = false): readonly string[] | undefined {
  const parts = said.split(withAnd ? /\s*,?\s+(?:or|and)\s+|\s*,\s*/i : /\s*,?\s+or\s+|\s*,\s*(?=.*\sor\s)/i)
  return entriesIn(parts)
}

/** One value, one of several, or none of them; numbers and their names are written without quotes. */
function oneOrMore(parts: readonly string[], isNot: boolean, { kind }: FieldRef, isSign?: true): readonly MeantTest[] {
  const [only = '', second] = parts
  const isNumber = kind === 'enum' || kind === 'integer' || kind === 'flag'
  const value = (part: string) => (isNumber ? unquoted(part) : inYaml(unquoted(part)))
  const words =
    second === undefined
      ? `${isNot ? 'is not' : 'is'}: ${value(only)}`
      : `${isNot ? 'not ' : ''}one of: [${parts.map(value).join(', ')}]`
  return [{ words, ...(isSign && { isSign }) }]
}

type State = 'blank' | 'nothing' | 'there' | 'changed' | 'unchanged'

/** Words that describe any value. */
const states: ReadonlyMap<string, State> = new Map(
  (
    [
      ['blank', ['empty', 'blank', 'whitespace', 'is empty', 'is blank']],
      ['nothing', ['none', 'nil', 'null', 'nothing', 'missing', 'unset', 'undefined', 'not set', 'not given', 'n/a']],
      [
        'there',
        ['any', 'anything', 'anyone', 'anybody', 'something', 'someone', 'everything', 'everyone', 'everybody'],
      ],
      ['there', ['all', 'every', 'set', 'is set', 'exists', 'filled', 'filled in', 'given', 'provided', 'required']],
      ['changed', ['changed', 'changes', 'has changed', 'is changed', 'modified', 'updated', 'new']],
      ['unchanged', ['unchanged', 'not changed', 'the same']],
    ] as const
  ).flatMap(([state, words]) => words.map(word => [word, state] as const)),
)

const asWords: Record<State, readonly string[]> = {
  blank: ['is blank: true'],
  nothing: ['absent: true', 'is: ""'],
  there: ['present: true'],
  changed: ['present: true'],
  unchanged: ['absent: true'],
}

const opposites: ReadonlyMap<State, readonly string[]> = new Map([
  ['blank', ['not: { is blank: true }']],
  ['nothing', ['present: true', 'not: { is blank: true }']],
  ['there', ['absent: true', 'is: ""']],
  ['changed', ['absent: true']],
  ['unchanged', ['present: true']],
])

/** Inside JSON such a word may be an ordinary value, and some are names of numbers. */
function wordMeanings(said: string, { kind, field }: FieldRef): readonly MeantTest[] | undefined {
  const state = kind === 'part' || field.names?.has(said) ? undefined : states.get(said.toLowerCase())
  const isText = kind === 'text' || kind === 'url' || kind === 'json' || kind === 'id'
  return state && asWords[state].flatMap(words => (isText || !/blank|""/.test(words) ? [{ words }] : []))
}

/** A meaning as the complete test of a field: `present`, `[a, b]`, `{ is not: a }`. */
export function asTest({ words }: MeantTest): string {
  const [, word = '', value = ''] = /^([a-z ]+): (.*)$/.exec(words) ?? []
  if (value === 'true' && (word === 'present' || word === 'absent')) return word
  if (word === 'one of') return value
  return word === 'is' && (value === '""' || !value.startsWith('"')) ? value : `{ ${words} }`
}

/** The literal text, for authors who mean it. */
export function asMeant(text: string, { isSign }: MeantTest): string {
  return isSign ? `{ exactly: { is: ${inQuotes(text)} } }` : inQuotes(text)
}
