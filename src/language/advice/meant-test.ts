import { findTestWord, type Word, words } from '../vocabulary.ts'
import { nearest } from './suggest.ts'

/** Test words written inside a text, as in `>= 60`; undefined when there are none. */
export function meantTest(text: string): string | undefined {
  const sign = /^([<>=!]{1,3})\s*(.+)$/.exec(text)
  const written = sign ?? /^(not )?(.*)$/.exec(text)
  const [, first = '', rest = ''] = written ?? []
  if (sign !== null) return testOf(findTestWord(nearest(first.replace(/^={2,3}$/, '='), wordNames) ?? ''), rest)
  const [spelling = '', word] = spellings.find(([each]) => rest.startsWith(`${each} `)) ?? []
  const test = word && testOf(word, rest.slice(spelling.length + 1).trim())
  return first === '' ? test : test && `{ not: ${test} }`
}

const wordNames = words.map(({ name }) => name)

/** Other ways to say our words in a sentence. */
const otherwise = [
  ['begins with', 'starts with'],
  ['beginning with', 'starts with'],
  ['starting with', 'starts with'],
  ['ending with', 'ends with'],
  ['includes', 'contains'],
  ['containing', 'contains'],
  ['contains the word', 'has word'],
  ['has the word', 'has word'],
  ['matching', 'matches'],
  ['contains any of', 'contains any'],
  ['contains one of', 'contains any'],
  ['starts with one of', 'starts with any'],
  ['ends with one of', 'ends with any'],
] as const

/** Spellings of the words that take a value, the longest first. */
const spellings: readonly (readonly [string, Word])[] = [
  ...words.filter(({ operand }) => operand !== 'words' && operand !== 'true').map(word => [word.name, word] as const),
  ...otherwise.map(([spelling, name]) => [spelling, findTestWord(name) as Word] as const),
].sort(([a], [b]) => b.length - a.length)

function testOf(word: Word | undefined, value: string): string | undefined {
  if (word === undefined || value === '') return undefined
  const isNumber = word.operand === 'count' || word.operand === 'number'
  const [, number] = isNumber ? (/^(\d+)(?: [a-z]+)?$/.exec(value) ?? []) : []
  const isList = (word.operand === 'values' || word.operand === 'texts') && value.includes(',')
  return `{ ${word.name}: ${number ?? (isList && !value.startsWith('[') ? `[${value}]` : asValue(value))} }`
}

function asValue(value: string): string {
  return /^["'[]/.test(value) || !/[,[\]{}:#&*!|>%@`]/.test(value) ? value : JSON.stringify(value)
}
