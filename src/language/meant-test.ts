import type { Callback } from '../callbacks/callback.ts'
import { findField } from './field.ts'
import { nearest } from './suggest.ts'
import { words } from './vocabulary.ts'

/** A condition that was written as a sentence, as in `nickName contains admin`; undefined when it is none. Pure. */
export function meantCondition(text: string, callbacks: readonly Callback[]): string | undefined {
  if (text.length > 200 || text.includes('\n')) return undefined
  const [, name = '', rest = ''] = /^([\w.]+)\s*(.*)$/.exec(text) ?? []
  if (!callbacks.every(callback => findField(name, callback) !== undefined)) return undefined
  if (rest === 'present' || rest === 'absent') return `{ ${name}: ${rest} }`
  const test = meantTest(rest)
  return test && `{ ${name}: ${test} }`
}

/** Test words that were written into a text, as in `>= 60`; undefined when there are none. Pure. */
export function meantTest(text: string): string | undefined {
  const sign = /^([<>=!]{1,3})\s*(.+)$/.exec(text)
  const written = sign ?? /^(not )?(.*)$/.exec(text)
  const [, first = '', rest = ''] = written ?? []
  if (sign !== null) return testOf(nearest(first.replace(/^={2,3}$/, '='), wordNames), rest)
  const word = words
    .filter(({ name, operand }) => rest.startsWith(`${name} `) && operand !== 'words' && operand !== 'true')
    .sort((a, b) => b.name.length - a.name.length)[0]
  const test = word && testOf(word.name, rest.slice(word.name.length + 1).trim())
  return first === '' ? test : test && `{ not: ${test} }`
}

const wordNames = words.map(({ name }) => name)

function testOf(word: string | undefined, value: string): string | undefined {
  if (word === undefined || value === '') return undefined
  const isList =
    words.some(({ name, operand }) => name === word && (operand === 'values' || operand === 'texts')) &&
    value.includes(',')
  return `{ ${word}: ${isList && !value.startsWith('[') ? `[${value}]` : asValue(value)} }`
}

function asValue(value: string): string {
  return /^["'[]/.test(value) || !/[,[\]{}:#&*!|>%@`]/.test(value) ? value : JSON.stringify(value)
}
