import { isNestedDeeper } from './nesting.ts'

/** Kinds of message that show a reader more than what the sender typed. openimsdk/protocol constant.go. */
const kindsWithMore: ReadonlySet<unknown> = new Set([105, 106, 107, 108, 109, 110, 114])

/** In UTF-16 code units: of what is shown beyond this, which nobody reads to the end, nothing is looked at. */
const mostText = 65_536

/** So deep are quotes in quotes and forwards in forwards followed. */
const mostLevels = 8

/**
 * All that a reader of a message sees, a line each: what the sender typed, what is quoted, the messages that are
 * forwarded together and who wrote them, names of files, cards and places. Null where a message shows no text.
 *
 * The shapes are those of MessageItem and its elements in openim-wasm-client-sdk (types/entity). `typed` is what the
 * sender typed. Pure; never throws.
 */
export function readAllText(content: unknown, contentType: unknown, typed: string | null): string | null {
  if (!kindsWithMore.has(contentType) || typeof content !== 'string') return typed
  const shown = new Set(typed === null ? [] : [typed])
  const element = parsed(content)
  if (element !== undefined) addElement(element, shown, mostLevels)
  const all = [...shown].join('\n')
  return all === '' ? typed : all.slice(0, Math.max(mostText, typed?.length ?? 0))
}

function parsed(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !isNestedDeeper(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Texts right inside an element, and elements in it: a message that is quoted, those that are forwarded. */
const textKeys = ['content', 'text', 'title', 'fileName', 'nickname', 'description']
const messageKeys = ['quoteMessage', 'multiMessage']

/** Keys of an item that hold its element, by the kind of message. */
const elementKey = /^(?:text|atText|quote|merge|file|card|location|custom|advancedText|markdownText)Elem$/i

function addElement(element: object, shown: Set<string>, levels: number): void {
  for (const [key, value] of entriesOf(element)) {
    if (isOneOf(textKeys, key) && typeof value === 'string') addText(value, shown)
    else if (key.toLowerCase() === 'abstractlist' && Array.isArray(value)) {
      for (const line of value) if (typeof line === 'string') addText(line, shown)
    } else if (isOneOf(messageKeys, key) && levels > 0) {
      for (const message of Array.isArray(value) ? value : [value]) addMessage(message, shown, levels - 1)
    }
  }
}

/** A message inside another: its element under a key of its own, or as the JSON that `content` is. */
function addMessage(message: unknown, shown: Set<string>, levels: number): void {
  for (const [key, value] of entriesOf(message)) {
    if (key.toLowerCase() === 'sendernickname' && typeof value === 'string') addText(value, shown)
    else if (elementKey.test(key)) addElement(value as object, shown, levels)
    else if (key.toLowerCase() === 'content' && typeof value === 'string') {
      const element = parsed(value)
      if (element === undefined) addText(value, shown)
      else addElement(element, shown, levels)
    }
  }
}

function addText(text: string, shown: Set<string>): void {
  if (text !== '') shown.add(text)
}

/** Clients find keys in any letter case. */
function isOneOf(keys: readonly string[], key: string): boolean {
  return keys.some(each => each.toLowerCase() === key.toLowerCase())
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}
