import type { CallbackShown, FieldShown } from '../../../serve/page/answers.ts'

/** What a call says of a field: nothing, that it is cleared, or a value as typed. */
export type FieldInput = { mode: 'alone' | 'cleared' | 'value'; text: string }

/** Calls like this one that came before it. */
export type EarlierInput = { times: string; ago: string; unit: 'seconds' | 'minutes' | 'hours' | 'days' }

/** A call as its form has it. `at` is a local time in `zone`; empty for now. */
export type CallInput = {
  callback: string
  fields: Readonly<Record<string, FieldInput>>
  earlier: readonly EarlierInput[]
  at: string
  zone: string
}

/** The zone of this browser. */
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A form in which nothing is filled in. */
export function emptyCall(callback: string): CallInput {
  return { callback, fields: {}, earlier: [], at: '', zone: ownZone }
}

/** A form filled with the sample of a callback. */
export function sampleCall(callback: CallbackShown): CallInput {
  const fields = callback.fields.flatMap(({ name, names }): [string, FieldInput][] => {
    if (!Object.hasOwn(callback.sample, name)) return []
    const value = callback.sample[name]
    if (value === null) return [[name, { mode: 'alone', text: '' }]]
    if (value === '') return [[name, { mode: 'cleared', text: '' }]]
    const named = Object.entries(names ?? {}).find(([, number]) => number === value)?.[0]
    const text = named ?? (typeof value === 'string' ? value : textOfValue(value))
    return [[name, { mode: 'value', text }]]
  })
  return { ...emptyCall(callback.name), fields: Object.fromEntries(fields) }
}

function textOfValue(value: unknown): string {
  const isPlainList = Array.isArray(value) && value.every(item => typeof item === 'string' || typeof item === 'number')
  return isPlainList ? value.join('\n') : JSON.stringify(value, null, 2)
}

/** What is sent to be judged; or the field whose text is no such value. */
export type SentCall =
  | { body: { callback: string; payload: Record<string, unknown>; at?: string; after?: object[] } }
  | { wrong: string }

/** The call that a form describes. */
export function sentCall(input: CallInput, callback: CallbackShown): SentCall {
  const payload: Record<string, unknown> = {}
  for (const field of callback.fields) {
    const { mode, text } = input.fields[field.name] ?? { mode: 'alone', text: '' }
    if (mode === 'alone') continue
    const value = mode === 'cleared' ? emptyOf(field) : valueOfText(text, field)
    if (value === undefined) return { wrong: field.name }
    payload[field.name] = value
  }
  const at = input.at === '' ? undefined : instantText(input.at, input.zone)
  const after = input.earlier
    .filter(({ times, ago }) => Number(times) > 0 && Number(ago) > 0)
    .map(({ times, ago, unit }) => ({ times: Number(times), ago: `${Number(ago)} ${unit}` }))
  return {
    body: { callback: input.callback, payload, ...(at !== undefined && { at }), ...(after.length > 0 && { after }) },
  }
}

function emptyOf({ kind }: FieldShown): unknown {
  if (kind === 'list') return []
  return kind === 'integer' || kind === 'enum' ? 0 : kind === 'flag' ? false : ''
}

function valueOfText(text: string, { kind, items }: FieldShown): unknown {
  switch (kind) {
    case 'integer':
      return /^-?\d{1,16}$/.test(text.trim()) ? Number(text) : undefined
    case 'enum':
      return /^-?\d{1,16}$/.test(text.trim()) ? Number(text) : text
    case 'flag':
      return text === 'true'
    case 'list':
      if (typeof items === 'string') return itemsIn(text, items)
      return parsedJson(text)
    default:
      return text
  }
}

function itemsIn(text: string, items: string): unknown[] {
  const lines = text
    .split('\n')
    .map(each => each.trim())
    .filter(each => each !== '')
  return items === 'integer' ? lines.map(Number) : lines
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A local time such as `2026-03-01T23:30` in a zone, as an instant with its offset. */
export function instantText(local: string, zone: string): string {
  const wanted = Date.parse(`${local}Z`)
  // The offset at that time is found from the time itself: a second look settles the hours around a change of clocks.
  let at = wanted
  for (let look = 0; look < 2; look += 1) at = wanted - offsetMs(at, zone)
  return new Date(at).toISOString()
}

function offsetMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    ...({
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const),
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find(each => each.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(at / 1000) * 1000
}
