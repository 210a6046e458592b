import type { Callback } from '../../callbacks/callback.ts'
import { type FieldRef, fieldIn, nameIn, readPart } from '../field.ts'
import { nearestField } from './field-advice.ts'
import { meantTest } from './meant-test.ts'
import { asTest, meaningsOf } from './meant-value.ts'

/**
 * A condition written as a sentence, as in `nickName contains admin`, `the nickname is empty` or `roleLevel >= admin
 * and userID != boss`; undefined otherwise.
 */
export function meantCondition(text: string, callbacks: readonly Callback[]): string | undefined {
  const said = text.trim().replace(/^\(\s*(.*?)\s*\)$/s, '$1')
  if (said.length > 200 || said.includes('\n')) return undefined
  // Where each part is a test of a field, the words between are no part of a value.
  const all = each(said.split(/\s+(?:and|&&?)\s+/i), callbacks)
  if (all !== undefined && new Set(all.map(nameOf)).size === all.length) return `{ ${all.join(', ')} }`
  const any = all ?? each(said.split(/\s+(?:or|\|\|?)\s+/i), callbacks)
  if (any !== undefined)
    return `{ ${all === undefined ? 'any' : 'all'}: [${any.map(part => `{ ${part} }`).join(', ')}] }`
  const whole = one(said, callbacks)
  return whole && `{ ${whole} }`
}

function nameOf(entry: string): string {
  return entry.slice(0, entry.indexOf(':'))
}

function each(parts: readonly string[], callbacks: readonly Callback[]): readonly string[] | undefined {
  const entries = parts.map(part => one(part, callbacks))
  return parts.length > 1 && !entries.includes(undefined) ? (entries as string[]) : undefined
}

/** One field and its test, as written in braces. */
function one(said: string, callbacks: readonly Callback[]): string | undefined {
  const [, name = '', rest = ''] =
    /^(?:(?:if|when|the|a|an|their|his|her)\s+)*([\p{L}_][\w.]*)\s*(.*)$/iu.exec(said) ?? []
  const field = fieldMeant(name, callbacks)
  if (field === undefined) return undefined
  const test = testMeant(rest.trim(), field)
  return test && `${field.text}: ${test}`
}

function testMeant(rest: string, field: FieldRef): string | undefined {
  if (rest === '' || rest === 'present' || rest === 'exists') return 'present'
  if (rest === 'absent') return 'absent'
  // A new user is no user whose id has changed: no field says which it is.
  if (/^(?:is|are) new$/.test(rest)) return undefined
  const test = meantTest(rest)
  if (test !== undefined && !/^\{ (?:is|not: \{ is):/.test(test)) return test
  const [meaning] = /^(?:is|are|not|isn|=|!|<|>|equals?|contains|starts|ends)/.test(rest)
    ? meaningsOf(rest, { field, isPlain: true })
    : []
  if (meaning === undefined || meaning.ofLength) return test
  return meaning.words.startsWith('is: ') ? (test ?? asTest(meaning)) : asTest(meaning)
}

/** The field with this or a similar name, if all callbacks agree. */
function fieldMeant(name: string, callbacks: readonly Callback[]): FieldRef | undefined {
  const [first, ...others] = callbacks
  const near = first && (nearestField(name, first) ?? undefined)
  if (first === undefined || near === undefined) return undefined
  const { field: base, path, original } = nameIn(near)
  const field = fieldIn(first, base)
  const part = field && readPart(field, path)
  if (field === undefined || part === undefined || others.some(other => fieldIn(other, base) === undefined))
    return undefined
  return { text: near, field, original, ...part }
}
