import type { Callback } from '../../callbacks/callback.ts'
import type { Fix } from '../../yaml/diagnostic.ts'
import { replacing } from '../../yaml/fix.ts'
import { inOneLine } from '../../yaml/layout.ts'
import type { Entry, Node, ScalarNode } from '../../yaml/node.ts'
import { durationText, shortestMs } from '../duration.ts'
import { findField } from '../field.ts'
import { exampleField } from '../read/count-keys.ts'
import type { Misplaced } from '../read/mapping.ts'
import { nearestField } from './field-advice.ts'
import { insideOften, isLimit, second } from './inside-often.ts'
import {
  amountNames,
  counterNames,
  countingNames,
  differentNames,
  exactNames,
  leastNames,
  limitNames,
  sameNames,
  silenceNames,
  windowNames,
} from './limiter-words.ts'
import { lengthMeant, unitMeant } from './meant-duration.ts'
import { rateIn } from './meant-rate.ts'

/** The text of the file, the keys that the count can have, and the callbacks whose calls are counted. */
type Place = { text: string; form: readonly string[]; callbacks: readonly Callback[] }

/** What one key of a count was meant to be, each as it would be written. */
type Meant = { key: string; value: string }

/**
 * What an unknown key of `how often` or `how long since` was meant to be: its value says more than its name, since a
 * length of time, a number and a field each have one place.
 */
export function meantInOften(entry: Entry, all: readonly Entry[], place: Place): Misplaced | undefined {
  const phrase = entry.key
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase()
  const { text, form } = place
  // What is there already is not meant again, so that `min` beside a length of time is no minute.
  const isFree = ({ key }: Meant) =>
    !all.some(other => other !== entry && (other.key === key || (isLimit(other.key) && isLimit(key))))
  const known = meaningsOf(phrase, entry.value, place).filter(({ key }) => form.includes(key))
  const free = known.filter(isFree)
  const meanings = free.length > 0 ? free : known
  const [first] = meanings
  if (first === undefined) return insideOften(entry, place)
  if (free.length === 0 && isLimit(first.key)) return second(entry, all, first.key)
  const hint = `Write ${meanings.map(({ key, value }) => `${key}: ${value}`).join(' or ')}`
  return { hint, meant: first.key, fixes: free.map(meant => written(entry, meant, text)) }
}

function written({ keySpan, value }: Entry, meant: Meant, text: string): Fix {
  const isShort = inOneLine(value, text) !== undefined
  const label = `Write ${meant.key}: ${meant.value}`
  return isShort
    ? replacing({ ...keySpan, end: value.span.end }, `${meant.key}: ${meant.value}`)
    : replacing(keySpan, meant.key, label)
}

function meaningsOf(phrase: string, value: Node, { text, form, callbacks }: Place): Meant[] {
  const raw = inOneLine(value, text) ?? '…'
  const scalar = value.kind === 'scalar' ? value.value : undefined
  if (counterNames.has(phrase)) return [{ key: 'of', value: raw }]
  const duration = typeof scalar === 'string' ? lengthMeant(scalar) : undefined
  if (duration !== undefined) return keysForLength(phrase, form).map(key => ({ key, value: duration }))
  if (typeof scalar === 'number') return ofNumber(phrase, scalar)
  const amount = typeof scalar === 'string' ? rateIn(scalar) : undefined
  if (amount !== undefined && limitNames.has(phrase)) return [{ key: 'more than', value: String(amount.count) }]
  if (countingNames.has(phrase)) return [{ key: 'counting', value: raw }]
  if (differentNames.has(phrase))
    return [{ key: 'different', value: value.kind === 'scalar' ? fieldMeant(scalar, callbacks) : raw }]
  if (sameNames.has(phrase))
    return [{ key: 'same', value: value.kind === 'scalar' ? fieldMeant(scalar, callbacks) : raw }]
  return []
}

/** The field that a value names; who the calls are about if it names none. */
function fieldMeant(value: ScalarNode['value'] | undefined, callbacks: readonly Callback[]): string {
  const name = String(value)
  const [first] = callbacks
  if (callbacks.some(callback => findField(name.replace(/^each /, ''), callback) !== undefined)) return name
  const near = first && nearestField(name, first)
  return near ?? exampleField({ callbacks })
}

function keysForLength(phrase: string, form: readonly string[]): string[] {
  const isMore = /^(?:over|above|after|min|minimum|at least|more|longer|longer than|older|older than)$/.test(phrase)
  // How long since something was has a limit, but no span.
  if (!form.includes('in')) return [isMore ? 'more than' : 'less than']
  if (silenceNames.test(phrase)) return ['then for']
  if (phrase === 'for') return ['in', 'then for']
  return ['in']
}

function ofNumber(phrase: string, number: number): Meant[] {
  const unit = unitMeant(phrase)
  const ms = unit === undefined ? 0 : unit * number
  const value = String(number)
  if (ms >= shortestMs && Number.isSafeInteger(ms)) {
    return [{ key: 'in', value: durationText(ms) }, ...(leastNames.has(phrase) ? [{ key: 'at least', value }] : [])]
  }
  if (/^(?:not|no) more than$/.test(phrase)) return ['at most', 'more than'].map(key => ({ key, value }))
  if (exactNames.has(phrase)) return [{ key: 'is', value }]
  if (leastNames.has(phrase)) return [{ key: 'at least', value }]
  if (limitNames.has(phrase)) return [{ key: 'more than', value }]
  const either = ['more than', 'at least'].map(key => ({ key, value }))
  if (amountNames.has(phrase)) return either
  if (windowNames.has(phrase)) return [{ key: 'in', value: `${number} seconds` }]
  return []
}
