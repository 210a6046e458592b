import { isObjectText, replaceTexts, topTexts } from './json-texts.ts'

/** Where a kind of message keeps its text: a key of the JSON object that `content` is. */
type Place = {
  key: string
  /** True when clients before 3.3 send the text alone, without JSON around it. */
  mayBeBare?: true
}

/**
 * The kinds of message (`contentType`) that have a text of their own, and where.
 *
 * openim-sdk-core sdk_struct/sdk_struct.go: TextElem, AtTextElem, QuoteElem, AdvancedTextElem, MarkdownTextElem. What
 * a quote quotes, the names of files and the texts on cards and places are not the sender's words of this message.
 */
const places: ReadonlyMap<number, Place> = new Map([
  [101, { key: 'content', mayBeBare: true }],
  [106, { key: 'text' }],
  [114, { key: 'text' }],
  [117, { key: 'text' }],
  [118, { key: 'content' }],
])

/** Whether messages of a kind have a text. Pure. */
export function hasMessageText(contentType: unknown): boolean {
  return typeof contentType === 'number' && places.has(contentType)
}

/**
 * The text that people read in a message; null when its kind has none or `content` is not what its kind should be.
 *
 * Clients find the key in any letter case and take the last of several, so that more than one text may be shown:
 * all that differ are read, a line each. Pure; never throws.
 */
export function readMessageText(content: unknown, contentType: unknown): string | null {
  const place = placeOf(contentType)
  if (place === undefined || typeof content !== 'string') return null
  const texts = topTexts(content, place.key)
  if (texts === null) return place.mayBeBare ? content : null
  return texts.length === 0 ? null : [...new Set(texts)].join('\n')
}

/**
 * `content` with another text in it, all else as it was, to the letter; null where there is no text to replace.
 *
 * Where the key is there more than once, each of its texts gets the lines that it had, or the whole text where those
 * can no longer be told apart. Pure; never throws.
 */
export function writeMessageText(content: unknown, contentType: unknown, text: string): string | null {
  const place = placeOf(contentType)
  if (place === undefined || typeof content !== 'string') return null
  const texts = topTexts(content, place.key)
  if (texts === null) return place.mayBeBare ? text : null
  return texts.length === 0 ? null : replaceTexts(content, place.key, shared(texts, text))
}

/** What each of several texts gets of the one that all of them were read as. */
function shared(texts: readonly string[], text: string): readonly string[] {
  const lines = text.split('\n')
  const parts = new Map<string, string>()
  for (const each of new Set(texts)) parts.set(each, lines.splice(0, each.split('\n').length).join('\n'))
  const isWhole = lines.length === 0 && [...parts.values()].join('\n') === text
  return texts.map(each => (isWhole ? (parts.get(each) as string) : text))
}

/** The `content` of a message that has only this text; null where its kind has none. Pure. */
export function contentOfText(contentType: unknown, text: string): string | null {
  const place = placeOf(contentType)
  return place === undefined ? null : JSON.stringify({ [place.key]: text })
}

/**
 * Whether a message is a text alone, without JSON around it: its whole `content` is the text that people read.
 *
 * Pure; never throws.
 */
export function isBareText(content: unknown, contentType: unknown): boolean {
  return placeOf(contentType)?.mayBeBare === true && typeof content === 'string' && !isObjectText(content)
}

/** The `content` of a message that came as a text alone, for a server that takes only the JSON of an object. Pure. */
export function contentOfBareText(text: string): string {
  return JSON.stringify({ content: text })
}

function placeOf(contentType: unknown): Place | undefined {
  return typeof contentType === 'number' ? places.get(contentType) : undefined
}
