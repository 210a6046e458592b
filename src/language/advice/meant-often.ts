import type { Callback } from '../../callbacks/callback.ts'
import type { Fix } from '../../yaml/diagnostic.ts'
import { replacing } from '../../yaml/fix.ts'
import { inOneLine, takeOut } from '../../yaml/layout.ts'
import type { Entry, Node, ScalarNode } from '../../yaml/node.ts'
import { durationText, readDurationText, shortestMs } from '../duration.ts'
import { findField } from '../field.ts'
import { exampleField } from '../read/count-keys.ts'
import type { Misplaced } from '../read/mapping.ts'
import { countLimits, keys } from '../vocabulary.ts'
import { nearestField } from './field-advice.ts'
import { durationMeant, unitMeant } from './meant-duration.ts'
import { isOfCondition } from './meant-outcome.ts'

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
  if (first === undefined) return glued(entry, place) ?? negated(entry, place) ?? beside(entry)
  if (free.length === 0 && isLimit(first.key)) return second(entry, all, first.key)
  const hint = `Write ${meanings.map(({ key, value }) => `${key}: ${value}`).join(' or ')}`
  return { hint, meant: first.key, fixes: free.map(meant => written(entry, meant, text)) }
}

/** A limit with its number in the key, as in `more than 5: true`. */
function glued({ key, keySpan, value }: Entry, { form }: Place): Misplaced | undefined {
  const [, word = '', number = ''] = /^([a-z ]+?) ?(\d+)(?: .*)?$/.exec(key) ?? []
  if (!isLimit(word) || !form.includes(word) || form.includes(key)) return undefined
  const hint = `Write ${word}: ${number}`
  const isShort = value.kind === 'scalar'
  const fixes = isShort ? [replacing({ ...keySpan, end: value.span.end }, `${word}: ${number}`)] : []
  return { hint, meant: word, fixes }
}

const opposites: ReadonlyMap<string, string> = new Map([
  ['more than', 'at most'],
  ['at least', 'less than'],
  ['at most', 'more than'],
  ['less than', 'at least'],
])

/** A limit turned round, as in `not: { more than: 5 }`. */
function negated({ key, keySpan, value }: Entry, { text, form }: Place): Misplaced | undefined {
  const [inner, ...others] = key === 'not' && value.kind === 'map' ? value.entries : []
  const word = inner && others.length === 0 ? opposites.get(inner.key) : undefined
  const limit = inner && inOneLine(inner.value, text)
  if (word === undefined || limit === undefined || !form.includes(word)) return undefined
  const hint = `Write ${word}: ${limit}`
  return { hint, meant: word, fixes: [replacing({ ...keySpan, end: value.span.end }, `${word}: ${limit}`)] }
}

/** A condition, or a key of a rule, that was indented too deep. */
function beside({ key }: Entry): Misplaced | undefined {
  if (isOfCondition(key)) return { hint: `Write "${key}" beside the count, not inside it`, isUnclear: true }
  if (key === 'when' || key === 'unless') return { hint: `Write its conditions beside the count, not inside it` }
  const isOfRule = keys.rule.some(other => other === key)
  return isOfRule ? { hint: `It belongs to the rule: indent "${key}" to the level of "when"` } : undefined
}

function isLimit(key: string): boolean {
  return countLimits.some(word => word === key)
}

/** A limit beside another one. */
function second(entry: Entry, all: readonly Entry[], meant: string): Misplaced {
  const label = `Remove "${entry.key}"`
  return { hint: `${label}: a count has one limit`, meant, fixes: [{ label, edits: takeOut([entry], all) }] }
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
  const duration = typeof scalar === 'string' ? lengthIn(scalar) : undefined
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

/** A length of time as we write it, in whatever spelling it is. */
function lengthIn(text: string): string | undefined {
  const ms = readDurationText(text) ?? durationMeant(text)
  return ms === undefined || ms < shortestMs ? undefined : durationText(ms)
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

const counterNames = new Set(['counter', 'counters', 'name', 'named', 'use', 'from counter', 'counter name'])
const windowNames = new Set([
  'within',
  'window',
  'per',
  'period',
  'interval',
  'during',
  'time',
  'duration',
  'timeframe',
])
const exactNames = new Set(['exactly', 'exact', 'precisely'])
const leastNames = new Set(['min', 'minimum', 'reaches', 'from', 'starting at', 'not less than'])
const limitNames = new Set([
  'limit',
  'max',
  'maximum',
  'allowed',
  'rate',
  'burst',
  'over',
  'above',
  'exceeds',
  'up to',
  'cap',
  'quota',
  'rate limit',
  'more',
  'max count',
  'max calls',
  'max messages',
])
const amountNames = new Set([
  'count',
  'times',
  'threshold',
  'number',
  'calls',
  'messages',
  'amount',
  'how many',
  'total',
  'n',
  'hits',
  'events',
  'requests',
  'attempts',
  'tries',
  'how often',
])
const sameNames = new Set([
  'by',
  'per',
  'for each',
  'each',
  'for every',
  'every',
  'key',
  'keys',
  'group by',
  'grouped by',
  'count by',
  'counted by',
  'who',
  'whose',
  'on',
  'user',
  'users',
  'sender',
  'member',
  'group',
  'field',
  'fields',
  'same as',
  'same field',
  'same fields',
  'per user',
  'per group',
  'per sender',
  'by user',
  'of each',
  'from',
  'for',
  'together',
  'identity',
  'subject',
  'together by',
])
const differentNames = new Set([
  'distinct',
  'unique',
  'differing',
  'different values',
  'distinct values',
  'count distinct',
  'unique by',
  'of different',
  'distinct by',
  'count different',
  'others',
])
const countingNames = new Set([
  'counts',
  'counted',
  'count',
  'count calls',
  'counting only',
  'which',
  'include',
  'includes',
  'outcome',
  'mode',
  'result',
])
const silenceNames =
  /^(?:then|hold|holds|block|blocked|ban|banned|mute|muted|silence|silent|quiet|cool ?down|penalty|pause|wait|lock|lockout|keep|stay|stays|timeout|time out)(?: for)?$|^then (?:quiet|silence|silent|hold|block|mute)(?: for)?$|^(?:goes|go) on(?: for)?$/

/** `5 per 10 seconds` and its like. */
function rateIn(text: string): { count: number; isLeast: boolean; within?: string } | undefined {
  const said = text.trim().toLowerCase()
  const [, word = '', count = '', span = ''] =
    /^(more than |over |above |max(?:imum)? |at most |at least |min(?:imum)? |up to |> |>= )?(\d{1,4})\s*(?:x|times?|calls?|messages?|msgs?)?\s*(?:(?:\/|per|in|within|every|each|an?\b|once in)\s*(.*))?$/.exec(
      said,
    ) ?? []
  if (count === '') return undefined
  const within = span === '' ? undefined : lengthIn(span)
  if (span !== '' && within === undefined) return undefined
  return { count: Number(count), isLeast: /^(?:at least|min|>=)/.test(word), ...(within !== undefined && { within }) }
}

/** A whole count in one text, as in `5 per 10 seconds` or `more than 5 in 10s`, as it is written in braces. Pure. */
export function oftenMeant({ value, raw }: ScalarNode, field: string): string | undefined {
  const rate =
    typeof value === 'boolean' || value === null ? undefined : rateIn(typeof value === 'string' ? value : raw)
  if (rate === undefined) return undefined
  const { count, isLeast, within = '10 seconds' } = rate
  return `{ same: ${field}, in: ${within}, ${isLeast ? 'at least' : 'more than'}: ${count} }`
}
