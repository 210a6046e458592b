import { respell } from './json-literal.ts'

/** The string literals of valid JSON, and the brackets between them: all that tells where a key's value is. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/g

/** A text in a JSON text: what it says, and where its literal stands, quotes included. */
type Found = { text: string; start: number; end: number }

/**
 * The texts that stand right inside a JSON object under a key, in any letter case; null when it is no object.
 *
 * Every one of them, in order: an object may have a key twice. Pure; never throws.
 */
export function topTexts(json: string, key: string): string[] | null {
  return isObject(json) ? find(json, key).map(({ text }) => text) : null
}

/**
 * A JSON object with the texts under a key replaced, one after another by those of a list as long as there are texts.
 *
 * Every other character stays as it was, and in the texts what did not change stays spelt as it was. Only for valid
 * objects. Pure.
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

/** Whether a text is the JSON of an object. Pure; never throws. */
export function isObject(json: string): boolean {
  const value = parse(json)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function find(json: string, key: string): Found[] {
  const found: Found[] = []
  let depth = 0
  let isWanted = false
  for (const { 0: token, index } of json.matchAll(tokens)) {
    const isText = token.startsWith('"')
    if (!isText) depth += token === '{' || token === '[' ? 1 : -1
    if (!isText || depth !== 1) {
      // The value under the key is an object or a list: no text.
      isWanted = false
      continue
    }
    const end = index + token.length
    if (isKey(json, end)) isWanted = (JSON.parse(token) as string).toLowerCase() === key.toLowerCase()
    else if (isWanted) found.push({ text: JSON.parse(token), start: index, end })
  }
  return found
}

const colon = /\s*:/y

/** A literal right inside an object is a key when a colon follows. */
function isKey(json: string, end: number): boolean {
  colon.lastIndex = end
  return colon.test(json)
}
