import type { Callback, Field } from '../../callbacks/callback.ts'
import { hasMessageText } from '../../callbacks/message-text.ts'
import { write } from '../../yaml/fix.ts'
import { isFlow } from '../../yaml/layout.ts'
import { shownCount } from '../../yaml/limits.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import { meantInAfter } from '../advice/meant-after.ts'
import type { GivenValue } from '../condition.ts'
import { fieldIn } from '../field.ts'
import type { EarlierCall } from '../rule.ts'
import { keys } from '../vocabulary.ts'
import { readCallbacks } from './callbacks.ts'
import { readDuration } from './duration.ts'
import { readEachInSteps } from './each.ts'
import { isAlike } from './field.ts'
import { isPossibleText, isWorkedOut, readGivenIn } from './given.ts'
import { type MappingForm, readMapping, required } from './mapping.ts'
import type { Scope } from './scope.ts'
import { asList } from './shape.ts'
import { readCount } from './value.ts'

/** More calls in one line, and in one test, than any count distinguishes. */
const mostTimes = 1_000
const mostCalls = 10_000

/** The case that earlier calls belong to: its callback and its values. */
export type Base = { callback: Callback; given: ReadonlyMap<string, GivenValue> }

/** The calls of `after`; undefined if invalid (reported). */
export function* readEarlier(
  { keySpan, value }: Entry,
  base: Base,
  scope: Scope,
): Steps<readonly EarlierCall[] | undefined> {
  const { reporter, text } = scope
  const isOne = value.kind === 'map' && isFlow(value, text)
  const one = isOne ? write(value.span, `[${text.slice(value.span.start, value.span.end)}]`) : undefined
  const items = asList(value, '"after"', reporter, one ?? 'Write calls in a list, as in [{ times: 5, ago: 9 seconds }]')
  if (items === undefined) return undefined
  if (items.length === 0) {
    reporter.error(
      'empty',
      value.span,
      'No earlier call is given here',
      'Remove "after", or write [{ ago: 9 seconds }]',
    )
    return undefined
  }
  const read = yield* readEachInSteps(items, reporter, item => readOne(item, base, scope))
  if (read.includes(undefined)) return undefined
  const calls = read as EarlierCall[]
  if (calls.reduce((sum, { times }) => sum + times, 0) <= mostCalls) return calls
  reporter.error('too-large', keySpan, `This test has more than ${shownCount(mostCalls)} earlier calls`, 'Write fewer')
  return undefined
}

const form: MappingForm = {
  place: 'an earlier call',
  keys: keys.earlier,
  example: '{ times: 5, ago: 9 seconds }',
  misplaced: (entry, all) => meantInAfter(entry, all),
}

function* readOne(node: Node, base: Base, scope: Scope): Steps<EarlierCall | undefined> {
  const { reporter } = scope
  const entries = readMapping(node, form, reporter)
  const found = entries && required(entries, ['ago'], { node, form, reporter })
  if (entries === undefined || found === undefined) return undefined
  const ago = readDuration(found.ago, reporter)
  const times = readTimes(entries.get('times'), scope)
  const callback = readCallback(entries.get('callback'), base, scope)
  const written = entries.get('given')
  const given = callback && (yield* readLaidOver(written, callback, base, scope))
  if (ago === undefined || times === undefined || callback === undefined || given === undefined) return undefined
  return { ago, times, callback, ...given, span: node.span }
}

function readTimes(entry: Entry | undefined, { reporter }: Scope): number | undefined {
  if (entry === undefined) return 1
  const count = readCount(entry.value, reporter)
  if (count === undefined || (count >= 1 && count <= mostTimes)) return count
  const message = `"times" must be from 1 to ${shownCount(mostTimes)}, got ${count}`
  reporter.error('wrong-value', entry.value.span, message, write(entry.value.span, String(count < 1 ? 1 : mostTimes)))
  return undefined
}

/** Any callback: a counter may count others than those of the rule. */
function readCallback(entry: Entry | undefined, base: Base, { reporter }: Scope): Callback | undefined {
  if (entry === undefined) return base.callback
  const [callback, second] = readCallbacks(entry.value, reporter)
  if (second === undefined) return callback
  reporter.error('wrong-shape', entry.value.span, 'An earlier call takes one callback', `Write ${callback?.name}`)
  return undefined
}

/** The values of the case that fit the callback, with those of the call laid over them; `null` removes one. */
function* readLaidOver(
  entry: Entry | undefined,
  callback: Callback,
  base: Base,
  outer: Scope,
): Steps<Pick<EarlierCall, 'given' | 'share'> | undefined> {
  const scope = { ...outer, callbacks: [callback] }
  const kept = fitting(base, callback)
  if (entry === undefined) return { given: kept }
  const own = yield* readGivenIn(entry.value, scope)
  if (own === undefined || entry.value.kind !== 'map') return undefined
  const named = entry.value.entries.map(({ key }) => key)
  const given = new Map(kept)
  for (const key of named) {
    given.delete(key)
    for (const other of saidTwice(key, callback)) given.delete(other)
  }
  for (const [key, value] of own.values) given.set(key, value)
  const laid = { given, ...(own.share && { share: own.share.side }) }
  const text = entry.value.entries.find(({ key }) => own.values.has(key) && isWorkedOut(key, [callback]))
  if (text !== undefined) return isPossibleText(given, text, outer.reporter) ? laid : undefined
  // A message of another type has no text, whatever the case says.
  const type = given.get('contentType')
  if (named.includes('contentType') && type !== undefined && !hasMessageText(type)) {
    for (const key of [...given.keys()]) if (isWorkedOut(key, [callback])) given.delete(key)
  }
  return laid
}

/** The text of a message and what holds it: naming one of them replaces both. */
function saidTwice(key: string, callback: Callback): string[] {
  const texts = callback.fields.filter(({ origin }) => origin === 'message text' || origin === 'all text')
  if (key === 'content') return texts.map(({ name }) => name)
  return texts.some(({ name }) => name === key) ? ['content'] : []
}

/** The values of a case that calls of a callback have as well. */
export function fitting<V>(
  { callback: from, given }: { callback: Callback; given: ReadonlyMap<string, V> },
  to: Callback,
): ReadonlyMap<string, V> {
  // Each earlier call is a message of its own, unless it says otherwise.
  if (from === to) return new Map([...given].filter(([name]) => name !== 'serverMsgID'))
  const isShared = (name: string) => {
    const [one, other] = [fieldIn(from, name), fieldIn(to, name)] as [Field | undefined, Field | undefined]
    return name !== 'serverMsgID' && one !== undefined && other !== undefined && isAlike(one, other)
  }
  return new Map([...given].filter(([name]) => isShared(name)))
}
