import type { Test } from '../condition.ts'
import { enumerated, valuePhrase } from './value-phrase.ts'

/**
 * A test of a number that the call sets, such as the role, as a clause that says so: `the call sets roleLevel to admin
 * or above`. Undefined for other tests.
 */
export function settingPhrase(test: Test, isNegated: boolean): string | undefined {
  const { field, word } = test
  const isSet = field.kind === 'enum' && field.part.kind === 'whole' && field.field.nullable === true
  if (!isSet || field.original || field.ofItem !== undefined) return undefined
  const value = settingOf(test)
  if (value === undefined) return undefined
  const isTurned = isNegated !== negatives.has(word)
  return `the call sets ${field.text}${isTurned ? ', but not' : ''} ${value}`
}

const negatives: ReadonlySet<Test['word']> = new Set(['is not', 'not one of', 'not in list'])

/** What the field is set to; undefined for words that do not compare. */
function settingOf({ word, operand, field }: Test): string | undefined {
  const named = (value: unknown) => valuePhrase(value, field.field.names)
  if (operand.kind === 'values') {
    const values = operand.list?.name ?? enumerated(operand.values.map(named))
    return operand.list === undefined && operand.values.length === 1 ? `to ${values}` : `to one of ${values}`
  }
  if (operand.kind === 'range') return `between ${named(operand.low)} and ${named(operand.high)}`
  if (operand.kind !== 'value' && operand.kind !== 'number') return undefined
  const value = named(operand.value)
  switch (word) {
    case 'is':
    case 'is not':
      return `to ${value}`
    case 'at least':
      return `to ${value} or above`
    case 'at most':
      return `to ${value} or below`
    case 'more than':
      return `above ${value}`
    case 'less than':
      return `below ${value}`
    default:
      return undefined
  }
}
