import type { Field } from '../callbacks/callback.ts'
import { isJson, longTexts } from '../callbacks/json-texts.ts'
import { own } from './json-type.ts'

/** The default for the longest text of a call, in bytes of UTF-8: rules read each text in one go, without a pause. */
export const usualTextBytes = 65_536

/**
 * Which text of a value is too long, in words for the sender of the request; null if none is.
 *
 * Each item of a list and each text inside JSON is checked separately, so a long list of short texts is fine. `value`
 * must have the type of the field, or be absent. Never throws.
 */
export function problemOfLength(field: Field, value: unknown, maxBytes: number): string | null {
  const found = tooLongIn(field, value, maxBytes)
  if (found === undefined) return null
  const place = `"${field.name}${found.place}"`
  const what = found.how === 'text in JSON' ? `A text in ${place}` : place
  return `${what} is longer than ${maxBytes} bytes${found.how === 'not JSON' ? ' and is not JSON' : ''}`
}

/** What is too long, and its place in the value of a field, such as `[3].nickname`. */
type TooLong = { place: string; how: 'plain' | 'not JSON' | 'text in JSON' }

function tooLongIn(field: Pick<Field, 'kind' | 'items'>, value: unknown, maxBytes: number): TooLong | undefined {
  if (Array.isArray(value)) return tooLongInList(value, field.items ?? 'text', maxBytes)
  if (typeof value !== 'string' || !isLonger(value, maxBytes)) return undefined
  if (field.kind !== 'json') return { place: '', how: 'plain' }
  // No text is longer than the JSON that contains it, so only long JSON is searched.
  if (!isJson(value)) return { place: '', how: 'not JSON' }
  const isAnyLonger = longTexts(value, maxBytes / mostBytes).some(text => isLonger(text, maxBytes))
  return isAnyLonger ? { place: '', how: 'text in JSON' } : undefined
}

function tooLongInList(
  values: readonly unknown[],
  items: NonNullable<Field['items']>,
  maxBytes: number,
): TooLong | undefined {
  for (const [at, value] of values.entries()) {
    const found =
      typeof items === 'string'
        ? tooLongIn({ kind: items }, value, maxBytes)
        : tooLongInItem(value as object, items, maxBytes)
    if (found !== undefined) return { ...found, place: `[${at}]${found.place}` }
  }
  return undefined
}

function tooLongInItem(item: object, fields: readonly Field[], maxBytes: number): TooLong | undefined {
  for (const field of fields) {
    const found = tooLongIn(field, own(item, field.name), maxBytes)
    if (found !== undefined) return { ...found, place: `.${field.name}${found.place}` }
  }
  return undefined
}

/** The most bytes of UTF-8 for one UTF-16 code unit. */
const mostBytes = 3

/** Whether a text has more bytes. Most are so short that the bytes need not be counted. */
function isLonger(text: string, maxBytes: number): boolean {
  return text.length * mostBytes > maxBytes && (text.length > maxBytes || bytesOf(text) > maxBytes)
}

function bytesOf(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    // Each half of a surrogate pair counts for two of its four bytes; a lone one, which JSON allows, for three.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isHalfOfPair(text, at, unit) ? 2 : 3
  }
  return bytes
}

function isHalfOfPair(text: string, at: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdfff) return false
  return unit < 0xdc00 ? isLow(text.charCodeAt(at + 1)) : isHigh(text.charCodeAt(at - 1))
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000
