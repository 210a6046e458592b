import { compareOf } from '../compare.ts'
import type { Condition, Operand, Test } from '../condition.ts'
import type { FieldRef } from '../field.ts'

/** A condition as a clause of a sentence; `isNegated` turns it round. Pure. */
export function phrase(condition: Condition, isNegated = false): string {
  switch (condition.kind) {
    case 'test':
      return `${subjectOf(condition.field)} ${predicateOf(condition, isNegated)}`
    case 'time':
      return `${isNegated ? 'it is not' : 'it is'} ${timePhrase(condition)}`
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

/** What a condition asks for, as a demand: `must be at least admin`. A group is told as a clause. Pure. */
export function demand(condition: Condition, isNegated = false): string {
  switch (condition.kind) {
    case 'test':
      return `must ${bareVerb(predicateOf(condition, isNegated))}`
    case 'time':
      return `must ${isNegated ? 'not be' : 'be'} ${timePhrase(condition)}`
    case 'use':
      return demand(condition.part, isNegated)
    case 'not':
      return demand(condition.part, !isNegated)
    case 'all':
    case 'any':
    case 'none':
      return `it must be that ${phrase(condition, isNegated)}`
  }
}

/** What a test is about, as a sentence names it: of an item it goes on from the list. Pure. */
export function subjectOf({ text, part, ofItem }: FieldRef): string {
  const subject = part.kind === 'count' ? `the number of items of ${part.of.text}` : text
  if (ofItem === undefined) return subject
  return ofItem === 'itself' ? 'that' : `whose ${subject}`
}

/** A value as people read it: a number that has a name by its name. Pure. */
export function valuePhrase(value: unknown, names: ReadonlyMap<string, number> | undefined): string {
  const name = [...(names ?? [])].find(([, number]) => number === value)?.[0]
  return name ?? (typeof value === 'string' ? `“${value}”` : String(value))
}

/** Values in a row. A long list is known by its beginning. Pure. */
export function enumerated(values: readonly string[]): string {
  const shown = values.slice(0, 8)
  return `${shown.join(', ')}${values.length > shown.length ? ` … (${values.length})` : ''}`
}

function timePhrase({ text, zone }: Condition & { kind: 'time' }): string {
  const hours = text.replace(/^time /, '').replaceAll('"', '')
  return `${hours.replace(/^within (\S+?) *- *(\S+)/, 'between $1 and $2')} in ${zone}`
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

/** Each word as a verb phrase, and turned round. What it is compared with follows. */
const phrases: Record<Test['word'], readonly [is: string, isNot: string]> = {
  is: ['is', 'is not'],
  'is not': ['is not', 'is'],
  'one of': ['is one of', 'is none of'],
  'not one of': ['is none of', 'is one of'],
  'in list': ['is in the list', 'is not in the list'],
  'not in list': ['is not in the list', 'is in the list'],
  present: ['is being set', 'is left alone'],
  absent: ['is left alone', 'is being set'],
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
  'has word': ['has the word', 'does not have the word'],
  'has word in': ['has a word of', 'has no word of'],
  'has all words in': ['has all words of', 'lacks a word of'],
  'only words in': ['has only words of', 'has other words than those of'],
  'looks like': ['looks like', 'does not look like'],
  'looks like a word in': ['looks like or has a word of', 'neither looks like nor has a word of'],
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
  'how many': ['has so many items:', 'does not have so many items:'],
  'has item': ['contains', 'does not contain'],
  'has no item': ['does not contain', 'contains'],
}

function predicateOf(test: Test, isNegated: boolean): string {
  const { operand, word } = test
  const verb = verbOf(test, isNegated)
  if (operand.kind !== 'item') return `${verb}${operandPhrase(test, operand)}`
  // Not every item is so: one is not.
  return `${verb} ${phrase(operand.item, isNegated && word === 'every item')}`
}

function verbOf({ word, operand }: Test, isNegated: boolean): string {
  const isLiteral = operand.kind === 'values' && operand.list === undefined
  const [is, isNot] = phrases[(isLiteral && unnamed.get(word)) || word]
  return isNegated ? isNot : is
}

/** How words on lists are said of a list that has no name. */
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
  const letterByLetter = isExact && isOtherwiseFolded ? ' (letter by letter)' : ''
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
      return ` “${operand.pattern.source}”`
    case 'hosts':
      return ` ${enumerated(operand.hosts)}${butSome(operand)}`
  }
}

function butSome({ except = [] }: Operand & { kind: 'values' | 'hosts' }): string {
  return except.length === 0 ? '' : ` (but for ${enumerated(except.map(value => valuePhrase(value, undefined)))})`
}
