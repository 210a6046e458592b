import { respell } from './json-literal.ts'

/** A text inside a JSON text: its value, and the position of its literal, quotes included. */
type Found = { text: string; start: number; end: number }

/**
 * The texts directly inside a JSON object under a key, in any letter case; null if it is not an object.
 *
 * Returns all of them in order, since an object may repeat a key. Never throws.
 */
export function topTexts(json: string, key: string): string[] | null {
  return isObjectText(json) ? find(json, key).map(({ text }) => text) : null
}

/**
 * Replaces the texts under a key of a JSON object, one after another, by those of a list until the list runs out.
 *
 * Every other character stays the same, and unchanged parts of the texts keep their spelling. Only for valid objects.
 */
export function replaceTexts(json: string, key: string, texts: readonly string[]): string {
  let replaced = ''
  let at = 0
  for (const [place, { start, end }] of find(json, key).entries()) {
    replaced += json.slice(at, start) + respell(json.slice(start, end), texts[place] as string)
    at = end
  }
  return replaced + json.slice(at)
}

/** The texts of valid JSON, keys excluded, whose literals have at least `atLeast` code units, not counting quotes. */
export function longTexts(json: string, atLeast: number): string[] {
  const found: string[] = []
  for (let start = json.indexOf('"'); start !== -1; ) {
    const end = endOfLiteral(json, start)
    if (end - start - 2 >= atLeast && !isKey(json, end)) found.push(JSON.parse(json.slice(start, end)))
    start = json.indexOf('"', end)
  }
  return found
}

/** Whether a text is JSON. Pure; never throws. */
export function isJson(text: string): boolean {
  return kindOf(text) !== 'no JSON'
}

/** Whether a text is the JSON of an object. Pure; never throws. */
export function isObjectText(json: string): boolean {
  return kindOf(json) === 'object'
}

type Kind = 'object' | 'other JSON' | 'no JSON'

/** The last answer: the same message is checked several times, and parsing 1 MB takes some 20 ms. */
let known: { text: string; kind: Kind } = { text: '', kind: 'no JSON' }

function kindOf(text: string): Kind {
  if (known.text !== text) known = { text, kind: parsedKind(text) }
  return known.kind
}

function parsedKind(text: string): Kind {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'object' : 'other JSON'
  } catch (error) {
    if (error instanceof SyntaxError) return 'no JSON'
    throw error
  }
}

/**
 * Walks over each character, since a message may be as long as its request: regular expressions take ten times as long.
 */
function find(json: string, key: string): Found[] {
  const found: Found[] = []
  let depth = 0
  let isWanted = false
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at]
    if (character === '{' || character === '[') {
      depth += 1
      // The value under the key is an object or a list, not a text.
      isWanted = false
    } else if (character === '}' || character === ']') depth -= 1
    else if (character === '"') {
      const end = endOfLiteral(json, at)
      if (depth === 1 && isKey(json, end)) isWanted = isSame(json.slice(at, end), key)
      else if (depth === 1 && isWanted) found.push({ text: JSON.parse(json.slice(at, end)), start: at, end })
      at = end - 1
    }
  }
  return found
}

/** The end of the literal that starts at a quote, closing quote included. */
function endOfLiteral(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end + 1
}

/** A character after an odd number of backslashes. */
function isEscaped(json: string, at: number): boolean {
  let before = at
  while (json[before - 1] === '\\') before -= 1
  return (at - before) % 2 === 1
}

/** Whether a literal is the key, in any letter case. */
function isSame(literal: string, key: string): boolean {
  const isEscaped = literal.includes('\\')
  if (!isEscaped && literal.length !== key.length + 2) return false
  return (JSON.parse(literal) as string).toLowerCase() === key.toLowerCase()
}

const colon = /\s*:/y

/** A literal right inside an object is a key when a colon follows. */
function isKey(json: string, end: number): boolean {
  colon.lastIndex = end
  return colon.test(json)
}
