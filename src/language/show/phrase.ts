import { compareOf } from '../compare.ts'
import type { Condition, Operand, Test } from '../condition.ts'
import { type FieldRef, shownHost } from '../field.ts'
import { oftenPhrase, sincePhrase } from './count-phrase.ts'
import { settingPhrase } from './setting-phrase.ts'
import { enumerated, valuePhrase } from './value-phrase.ts'

/** A condition as a clause of a sentence; `isNegated` negates it. */
export function phrase(condition: Condition, isNegated = false): string {
  switch (condition.kind) {
    case 'test':
      return (
        settingPhrase(condition, isNegated) ?? `${clauseSubject(condition.field)} ${predicateOf(condition, isNegated)}`
      )
    case 'time':
      return `it is ${timePhrase(condition, isNegated)}`
    case 'often':
      return oftenPhrase(condition, isNegated)
    case 'since':
      return sincePhrase(condition, isNegated)
    case 'use':
      return phrase(condition.part, isNegated)
    case 'not':
      return phrase(condition.part, !isNegated)
    case 'all':
      return joined(condition.parts, isNegated ? 'or' : 'and', isNegated)
    case 'any':
      return joined(condition.parts, isNegated ? 'and' : 'or', isNegated)
    case 'none':
      return joined(condition.parts, isNegated ? 'or' : 'and', !isNegated)
  }
}

/** A condition as a demand: `must be at least admin`. A group becomes a clause. */
export function demand(condition: Condition, isNegated = false): string {
  switch (condition.kind) {
    case 'test':
      return `must ${bareVerb(predicateOf(condition, isNegated))}`
    case 'time':
      return `must ${bareVerb(`is ${timePhrase(condition, isNegated)}`)}`
    case 'use':
      return demand(condition.part, isNegated)
    case 'not':
      return demand(condition.part, !isNegated)
    case 'all':
    case 'any':
    case 'none':
    case 'often':
    case 'since':
      return `it must be that ${phrase(condition, isNegated)}`
  }
}

/** Of links a sentence names the text that has them: `message text has a link`. */
function clauseSubject(field: FieldRef): string {
  return field.part.kind === 'links' ? ofLinks(field.text) : subjectOf(field)
}

/** The subject of a test in a sentence: for an item, it continues from the list. */
export function subjectOf({ text, part, ofItem }: FieldRef): string {
  const subject = part.kind === 'count' ? `the number of ${itemsOf(part.of)}` : text
  if (ofItem === undefined) return subject
  return ofItem === 'itself' ? 'that' : `whose ${subject.replace(/^\./, '')}`
}

/** The items of a list, as a sentence names them. */
function itemsOf({ text, part }: FieldRef): string {
  return part.kind === 'links' ? `links in ${ofLinks(text)}` : `items of ${text}`
}

/** The text that has the links. */
function ofLinks(text: string): string {
  return text.replace(/\.links$/, '')
}

function timePhrase({ text, zone }: Condition & { kind: 'time' }, isNegated = false): string {
  const said = text
    .replace(/^time /, '')
    .replaceAll('"', '')
    .replaceAll(/(on )\[(.*?)\]/g, '$1$2')
  const when = said.replace(/^within (\S+?) *- *(\S+)/, 'between $1 and $2')
  // `not on holidays` turned round is `on holidays`; of several it is all of them that do not hold.
  if (isNegated && when.startsWith('not on ')) return `${when.slice('not '.length)} in ${zone}`
  const isOfSeveral = when.includes(' and not on ')
  return `${isNegated ? (isOfSeveral ? `not (${when})` : `not ${when}`) : when} in ${zone}`
}

function joined(parts: readonly Condition[], word: 'and' | 'or', isNegated: boolean): string {
  const clauses = parts.map(part => {
    const inner = connective(part, isNegated)
    const clause = phrase(part, isNegated)
    return inner === undefined || inner === word ? clause : `(${clause})`
  })
  return clauses.join(` ${word} `)
}

/** The word that joins the clauses of a group; undefined where there is only one clause. */
function connective(condition: Condition, isNegated: boolean): 'and' | 'or' | undefined {
  switch (condition.kind) {
    case 'test':
    case 'time':
    case 'often':
    case 'since':
      return undefined
    case 'use':
      return connective(condition.part, isNegated)
    case 'not':
      return connective(condition.part, !isNegated)
    case 'all':
    case 'any':
    case 'none': {
      const [only, second] = condition.parts
      const isTurned = condition.kind === 'none' ? !isNegated : isNegated
      if (second === undefined) return only && connective(only, isTurned)
      return (condition.kind !== 'any') === isNegated ? 'or' : 'and'
    }
  }
}

/** Each word as a verb phrase, positive and negative. The operand follows. */
const phrases: Record<Test['word'], readonly [is: string, isNot: string]> = {
  is: ['is', 'is not'],
  'is not': ['is not', 'is'],
  'one of': ['is one of', 'is none of'],
  'not one of': ['is none of', 'is one of'],
  'in list': ['is in the list', 'is not in the list'],
  'not in list': ['is not in the list', 'is in the list'],
  present: ['is set', 'is not set'],
  absent: ['is not set', 'is set'],
  not: ['is not', 'is'],
  exactly: ['is exactly', 'is not exactly'],
  contains: ['contains', 'does not contain'],
  'contains any': ['contains any of', 'contains none of'],
  'starts with': ['starts with', 'does not start with'],
  'ends with': ['ends with', 'does not end with'],
  'starts with any': ['starts with one of', 'starts with none of'],
  'ends with any': ['ends with one of', 'ends with none of'],
  matches: ['matches', 'does not match'],
  'longer than': ['is longer than', 'is at most as long as'],
  'shorter than': ['is shorter than', 'is at least as long as'],
  'is blank': ['is blank', 'is not blank'],
  'only emoji': ['is only emoji', 'is not only emoji'],
  'has word': ['has the word', 'does not have the word'],
  'has word in': ['has a word of', 'has no word of'],
  'has all words in': ['has all words of', 'lacks a word of'],
  'only words in': ['has only words of', 'has other words than those of'],
  'looks like': ['looks like', 'does not look like'],
  'looks like a word in': ['looks like or has a word of', 'neither looks like nor has a word of'],
  'sounds like a word in': ['has something that sounds like a word of', 'has nothing that sounds like a word of'],
  'has phone number': ['has a phone number', 'has no phone number'],
  'has email': ['has an email address', 'has no email address'],
  'has card number': ['has a card number', 'has no card number'],
  'has ip address': ['has an IP address', 'has no IP address'],
  'has crypto address': ['has a crypto address', 'has no crypto address'],
  'hosted on': ['is hosted on', 'is not hosted on'],
  'is a url': ['is a url', 'is not a url'],
  'is json': ['is JSON', 'is not JSON'],
  'at least': ['is at least', 'is less than'],
  'at most': ['is at most', 'is more than'],
  'more than': ['is more than', 'is at most'],
  'less than': ['is less than', 'is at least'],
  between: ['is between', 'is not between'],
  'any item': ['has an item', 'has no item'],
  'every item': ['has only items', 'has an item'],
  'how many': ['has this many items:', 'does not have this many items:'],
  'has item': ['contains', 'does not contain'],
  'has no item': ['does not contain', 'contains'],
}

/** Words on lists, as they are said of the links in a text. */
const linkPhrases: ReadonlyMap<Test['word'], readonly [is: string, isNot: string]> = new Map([
  ['present', ['has a link', 'has no link']],
  ['absent', ['has no link', 'has a link']],
  ['any item', ['has a link', 'has no link']],
  ['every item', ['has only links', 'has a link']],
])

/** What a link shows is there where it is another than its own host. */
const shownHostPhrases: typeof linkPhrases = new Map([
  ['present', ['is another', 'is no other']],
  ['absent', ['is no other', 'is another']],
])

/** The phrases of words that are said otherwise of a field. */
function phrasesOf({ field, part }: FieldRef): typeof linkPhrases | undefined {
  if (part.kind === 'links') return linkPhrases
  return field === shownHost ? shownHostPhrases : undefined
}

function predicateOf(test: Test, isNegated: boolean): string {
  const { operand, word } = test
  const verb = verbOf(test, isNegated)
  if (operand.kind !== 'item') return `${verb}${operandPhrase(test, operand)}`
  // Negating "every item is" gives "one item is not".
  return `${verb} ${phrase(operand.item, isNegated && word === 'every item')}`
}

function verbOf({ word, operand, field }: Test, isNegated: boolean): string {
  const own = phrasesOf(field)?.get(word)
  if (own !== undefined) return own[isNegated ? 1 : 0]
  const isLiteral = operand.kind === 'values' && operand.list === undefined
  const [is, isNot] = phrases[(isLiteral && unnamed.get(word)) || word]
  return isNegated ? isNot : is
}

/** How words on lists are phrased for a list without a name. */
const unnamed: ReadonlyMap<Test['word'], Test['word']> = new Map([
  ['in list', 'one of'],
  ['not in list', 'not one of'],
])

/** `is at least 3` as `be at least 3`, `does not contain x` as `not contain x`. */
function bareVerb(verb: string): string {
  if (verb.startsWith('neither ')) return verb.replace('neither looks like nor has', 'neither look like nor have')
  if (verb.startsWith('is not ') || verb === 'is not') return `not be${verb.slice('is not'.length)}`
  if (verb.startsWith('does not ')) return verb.slice('does '.length)
  const [first = '', ...rest] = verb.split(' ')
  const bare = bareVerbs.get(first) ?? first.replace(/s$/, '')
  return [bare, ...rest].join(' ').replace(' or has ', ' or have ')
}

const bareVerbs: ReadonlyMap<string, string> = new Map([
  ['is', 'be'],
  ['has', 'have'],
  ['matches', 'match'],
])

function operandPhrase(test: Test, operand: Exclude<Operand, { kind: 'item' }>): string {
  const { field, isExact } = test
  const named = (value: unknown) => valuePhrase(value, field.field.names)
  const isOtherwiseFolded = compareOf({ ...test, isExact: false }) === 'folded'
  const letterByLetter = isExact && isOtherwiseFolded ? ' (exact)' : ''
  switch (operand.kind) {
    case 'none':
      return letterByLetter
    case 'value':
    case 'number':
      return ` ${named(operand.value)}${letterByLetter}`
    case 'values':
      return ` ${operand.list?.name ?? enumerated(operand.values.map(named))}${butSome(operand)}${letterByLetter}`
    case 'range':
      return ` ${named(operand.low)} and ${named(operand.high)}`
    case 'pattern':
      return ` “${operand.pattern.source}”${letterByLetter}`
    case 'countries':
      return ` of ${enumerated(operand.countries)}`
    case 'hosts':
      return ` ${enumerated(operand.hosts)}${butSome(operand)}`
  }
}

function butSome({ except = [] }: Operand & { kind: 'values' | 'hosts' }): string {
  return except.length === 0 ? '' : ` (but for ${enumerated(except.map(value => valuePhrase(value, undefined)))})`
}
