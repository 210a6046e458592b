import type { Zone } from '../language/clock.ts'
import type { RecordedEvent } from '../record/record-line.ts'
import { minuteText } from './covered.ts'

type Data = { readonly [key: string]: unknown }

/** Say an event on record in words, and then whatever else it holds. Its texts are untrusted, and are kept as they are. */
export function eventSentence(event: RecordedEvent, zone: Zone): string {
  const data = new Map(Object.entries(event).filter(([key, value]) => !common.has(key) && value !== null))
  const words = sentences.get(event.event)?.({ data, zone })
  const said = words === undefined ? event.event : words.text
  for (const key of words?.keys ?? []) data.delete(key)
  const rest = [...data].map(([key, value]) => `${key} ${textOf(value)}`)
  return rest.length === 0 ? said : `${said} (${rest.join(', ')})`
}

const common = new Set(['v', 'id', 'at', 'instance', 'kind', 'event'])

type Asked = { data: ReadonlyMap<string, unknown>; zone: Zone }

/** A sentence, and which data it tells. Undefined if what it needs is missing, as in lines that other versions wrote. */
type Sentence = (asked: Asked) => { text: string; keys: readonly string[] } | undefined

const sentences: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ['paused', asked => ruleSentence(asked, 'was paused')],
  ['resumed', asked => ruleSentence(asked, 'was resumed', 'because')],
  ['reloaded', ({ data }) => withVersion(data, 'new rules came into force')],
  ['rolled back', ({ data }) => withVersion(data, 'the rules were rolled back')],
  ['started', ({ data }) => withApp(data, 'the service started')],
  ['stopped', () => ({ text: 'the service stopped', keys: [] })],
  ['alone', () => ({ text: 'counts alone', keys: [] })],
  ['together', () => ({ text: 'counts together again', keys: [] })],
  ['dropped', ({ data }) => droppedSentence(data.get('dropped'))],
  ['failed', ({ data }) => failedSentence(data)],
])

function ruleSentence({ data, zone }: Asked, did: string, reason = 'why'): ReturnType<Sentence> {
  const [rule, until, who, from, why] = ['rule', 'until', 'who', 'from', reason].map(key => textIn(data, key))
  if (rule === undefined) return undefined
  const end = Date.parse(until ?? '')
  const text = [
    `${rule} ${did}`,
    Number.isNaN(end) ? '' : ` until ${minuteText(end, zone)}`,
    who === undefined ? '' : ` by ${who}`,
    from === undefined ? '' : ` on ${from}`,
    why === undefined ? '' : (reasons.get(why) ?? `: ${why}`),
  ].join('')
  return { text, keys: ['rule', 'since', ...(Number.isNaN(end) ? [] : ['until']), 'who', 'from', reason] }
}

/** Why a rule is enforced again, as the service names it. That somebody asked needs no words beside the name. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['asked', ''],
  ['over', ', since the time was over'],
  ['removed', ', since the pause was removed from its file'],
  ['rules', ', since the rule files agree'],
])

function withVersion(data: Asked['data'], did: string): ReturnType<Sentence> {
  const [rules, before, who, why] = ['rules', 'before', 'who', 'why'].map(key => textIn(data, key))
  if (rules === undefined) return undefined
  const by = who === undefined ? '' : ` by ${who}`
  const for_ = why === undefined ? '' : `: ${why}`
  const instead = before === undefined ? '' : ` instead of ${short(before)}`
  return { text: `${did}${by}, ${short(rules)}${instead}${for_}`, keys: ['rules', 'before', 'who', 'why'] }
}

function short(version: string): string {
  return version.slice(0, 8)
}

function withApp(data: Asked['data'], did: string): ReturnType<Sentence> {
  const app = textIn(data, 'app')
  return app === undefined ? undefined : { text: `${did}, hookwarden ${app}`, keys: ['app'] }
}

function droppedSentence(dropped: unknown): ReturnType<Sentence> {
  if (typeof dropped !== 'object' || dropped === null) return undefined
  const some = Object.entries(dropped as Data).filter(([, count]) => typeof count === 'number' && count > 0)
  const total = some.reduce((sum, [, count]) => sum + Number(count), 0)
  const by = some.map(([reason, count]) => `${reason} ${count}`).join(', ')
  return { text: `${total} ${total === 1 ? 'decision is' : 'decisions are'} not on record: ${by}`, keys: ['dropped'] }
}

function failedSentence(data: Asked['data']): ReturnType<Sentence> {
  const [callback, decision] = ['callback', 'decision'].map(key => textIn(data, key))
  if (callback === undefined) return undefined
  const code = data.get('code')
  const answer =
    decision === 'allow' ? ' and was let through' : decision === 'reject' ? ` and was refused with ${textOf(code)}` : ''
  return {
    text: `a call of ${callback} failed${answer}`,
    keys: ['callback', ...(answer === '' ? [] : ['decision', 'code'])],
  }
}

function textIn(data: ReadonlyMap<string, unknown>, key: string): string | undefined {
  const value = data.get(key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
