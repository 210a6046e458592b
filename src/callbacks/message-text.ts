import { isObjectText, replaceTexts, topTexts } from './json-texts.ts'

/** Where a kind of message keeps its text: a key of the JSON object in `content`. */
type Place = {
  key: string
  /** True when clients before 3.3 send the bare text, without JSON around it. */
  mayBeBare?: true
}

/**
 * The kinds of message (`contentType`) that have a text of their own, and where.
 *
 * openim-sdk-core sdk_struct/sdk_struct.go: TextElem, AtTextElem, QuoteElem, AdvancedTextElem, MarkdownTextElem. Quoted
 * text, file names and the texts on cards and locations are not the sender's own words.
 */
const places: ReadonlyMap<number, Place> = new Map([
  [101, { key: 'content', mayBeBare: true }],
  [106, { key: 'text' }],
  [114, { key: 'text' }],
  [117, { key: 'text' }],
  [118, { key: 'content' }],
])

/** Whether messages of this kind have a text. */
export function hasMessageText(contentType: unknown): boolean {
  return typeof contentType === 'number' && places.has(contentType)
}

/**
 * The text that people read in a message; null if its kind has none or `content` is malformed.
 *
 * Clients find the key in any letter case and take the last of several, so more than one text could be shown: all
 * distinct ones are returned, one per line. Never throws.
 */
export function readMessageText(content: unknown, contentType: unknown): string | null {
  const place = placeOf(contentType)
  if (place === undefined || typeof content !== 'string') return null
  const texts = topTexts(content, place.key)
  if (texts === null) return place.mayBeBare ? content : null
  return texts.length === 0 ? null : [...new Set(texts)].join('\n')
}

/**
 * `content` with its text replaced, everything else byte for byte the same; null if there is no text to replace.
 *
 * If the key occurs more than once, each occurrence gets its own lines back, or the whole text if the number of lines
 * has changed. Never throws.
 */
export function writeMessageText(content: unknown, contentType: unknown, text: string): string | null {
  const place = placeOf(contentType)
  if (place === undefined || typeof content !== 'string') return null
  const texts = topTexts(content, place.key)
  if (texts === null) return place.mayBeBare ? text : null
  return texts.length === 0 ? null : replaceTexts(content, place.key, shared(texts, text))
}

/** Splits the combined text back into the texts that it was read from. */
function shared(texts: readonly string[], text: string): readonly string[] {
  const lines = text.split('\n')
  const parts = new Map<string, string>()
  for (const each of new Set(texts)) parts.set(each, lines.splice(0, each.split('\n').length).join('\n'))
  const isWhole = lines.length === 0 && [...parts.values()].join('\n') === text
  return texts.map(each => (isWhole ? (parts.get(each) as string) : text))
}

/** The `content` of a message with only this text; null if its kind has none. */
export function contentOfText(contentType: unknown, text: string): string | null {
  const place = placeOf(contentType)
  return place === undefined ? null : JSON.stringify({ [place.key]: text })
}

/**
 * Whether a message is a bare text without JSON around it: its whole `content` is the text that people read.
 *
 * Never throws.
 */
export function isBareText(content: unknown, contentType: unknown): boolean {
  return placeOf(contentType)?.mayBeBare === true && typeof content === 'string' && !isObjectText(content)
}

/** Wraps a bare text for a server that accepts only a JSON object as `content`. */
export function contentOfBareText(text: string): string {
  return JSON.stringify({ content: text })
}

function placeOf(contentType: unknown): Place | undefined {
  return typeof contentType === 'number' ? places.get(contentType) : undefined
}
