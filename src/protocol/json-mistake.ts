import { misspelt } from '../language/advice/suggest.ts'
import type { JsonMistake } from './json-sign.ts'
import { type JsonToken, readToken } from './json-token.ts'

/**
 * The first mistake in a text that should be JSON, explained to its author; undefined for valid JSON.
 *
 * Takes linear time and does not recurse, so any depth is fine. Never throws.
 */
export function findJsonMistake(text: string): JsonMistake | undefined {
  const walk: Walk = { text, open: [], last: undefined, wanted: 'value' }
  for (let at = 0; ; ) {
    const token = readToken(text, at)
    const mistake = step(walk, token)
    if (mistake !== undefined) return mistake
    if (token.kind === 'end') return undefined
    walk.last = token
    at = token.end
  }
}

/** The state of the walk: the open brackets, the previous token, and what must come next. */
type Walk = { text: string; open: JsonToken[]; last: JsonToken | undefined; wanted: Wanted }

type Wanted = 'value' | 'firstKey' | 'key' | 'colon' | 'next' | 'nothing'

function step(walk: Walk, token: JsonToken): JsonMistake | undefined {
  if (token.kind === 'end') return atEnd(walk, token)
  if (token.kind === 'wrong') return token.mistake
  return steps[walk.wanted](walk, token)
}

type Step = (walk: Walk, token: JsonToken) => JsonMistake | undefined

const steps: Record<Wanted, Step> = {
  value: (walk: Walk, token: JsonToken) => {
    const opened = walk.open.at(-1)
    if (token.kind === ']' && opened?.kind === '[') {
      return walk.last?.kind === ',' ? trailingComma(walk.last) : close(walk, token)
    }
    if (token.kind === '{' || token.kind === '[') {
      walk.open.push(token)
      walk.wanted = token.kind === '{' ? 'firstKey' : 'value'
      return undefined
    }
    if (token.kind === 'word') return bareWord(walk, token)
    if (token.kind !== 'text' && token.kind !== 'scalar') return missingValue(walk, token)
    walk.wanted = walk.open.length === 0 ? 'nothing' : 'next'
    return undefined
  },
  firstKey: (walk: Walk, token: JsonToken) => (token.kind === '}' ? close(walk, token) : steps.key(walk, token)),
  key: (walk: Walk, token: JsonToken) => {
    if (token.kind === '}' && walk.last?.kind === ',') return trailingComma(walk.last)
    if (token.kind === ',') return at(token, 'Extra comma', 'Remove it')
    if (token.kind === 'word' || token.kind === 'scalar') {
      return at(token, 'A key needs double quotes', `Write ${JSON.stringify(shown(walk, token))}`)
    }
    if (token.kind !== 'text') return at(token, 'Expected a key in double quotes', 'Write "nickName": …')
    walk.wanted = 'colon'
    return undefined
  },
  colon: (walk: Walk, token: JsonToken) => {
    if (token.kind !== ':') {
      const key = walk.last === undefined ? 'the key' : shown(walk, walk.last)
      return at(
        token,
        `A colon is missing after ${key}`,
        `Write ${key}: ${token.kind === 'text' ? shown(walk, token) : '…'}`,
      )
    }
    walk.wanted = 'value'
    return undefined
  },
  next: (walk: Walk, token: JsonToken) => {
    if (token.kind === ',') {
      walk.wanted = walk.open.at(-1)?.kind === '{' ? 'key' : 'value'
      return undefined
    }
    return token.kind === '}' || token.kind === ']' ? close(walk, token) : missingComma(walk, token)
  },
  nothing: (walk: Walk, token: JsonToken) => {
    if (token.kind === '{' || token.kind === '[') {
      return at(token, 'A second value starts here, but a payload is a single object', 'Try one payload at a time')
    }
    const hint = token.kind === '}' || token.kind === ']' ? 'Remove it' : 'Remove everything after the last bracket'
    return at(token, `Unexpected ${shown(walk, token)} after the end of the JSON`, hint)
  },
}

function at({ start, end }: { start: number; end: number }, message: string, hint: string): JsonMistake {
  return { start, end, message, hint }
}

/** A token as written; a long one is cut. */
function shown({ text }: Walk, { start, end }: JsonToken): string {
  return end - start > 40 ? `${text.slice(start, start + 39)}…` : text.slice(start, end)
}

function trailingComma(comma: JsonToken): JsonMistake {
  return at(comma, 'Trailing comma', 'Remove it: JSON has no comma after the last value')
}

function close(walk: Walk, token: JsonToken): JsonMistake | undefined {
  const opened = walk.open.pop()
  const wanted = opened?.kind === '[' ? ']' : '}'
  if (token.kind !== wanted) return at(token, `This ${token.kind} matches no open bracket`, `Write ${wanted}`)
  walk.wanted = walk.open.length === 0 ? 'nothing' : 'next'
  return undefined
}

/** What other languages write for the keywords of JSON. */
const words: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['TRUE', 'true'],
  ['yes', 'true'],
  ['False', 'false'],
  ['FALSE', 'false'],
  ['no', 'false'],
  ['None', 'null'],
  ['NULL', 'null'],
  ['Null', 'null'],
  ['nil', 'null'],
  ['undefined', 'null'],
  ['NaN', 'null'],
])

function bareWord(walk: Walk, token: JsonToken): JsonMistake {
  const word = shown(walk, token)
  if (walk.open.length === 0) {
    const hint = 'A payload is one JSON object, as in { "callbackCommand": "callbackBeforeAddFriendCommand", … }'
    return at(token, `JSON cannot start with "${word}"`, hint)
  }
  const meant = words.get(word) ?? misspelt(word, ['true', 'false', 'null'])
  return meant === undefined
    ? at(token, 'Text needs double quotes', `Write ${JSON.stringify(word)}`)
    : at(token, `"${word}" is not a JSON keyword`, `Write ${meant}`)
}

function missingValue({ last }: Walk, token: JsonToken): JsonMistake {
  if (token.kind === ',' && last?.kind !== ':') return at(token, 'Extra comma', 'Remove it')
  if (token.kind === ':') return at(token, 'Extra colon', 'Remove it')
  return at(token, 'A value is missing before this', 'Write one, or null for a field that is absent')
}

function missingComma(walk: Walk, token: JsonToken): JsonMistake {
  const { last } = walk
  // A quote inside the text ended it.
  if (last?.kind === 'text' && token.kind === 'word') {
    return at(token, `The text ends at the quote before this`, 'Write \\" for a quote inside text')
  }
  if (token.kind === ':')
    return at(token, 'Unexpected colon', 'Write one colon after each key, and a comma after each value')
  const after = last === undefined ? 'the value before' : shown(walk, last)
  return at(token, 'A comma is missing before this', `Write a comma after ${after}`)
}

function atEnd({ text, open, last, wanted }: Walk, token: JsonToken): JsonMistake | undefined {
  if (wanted === 'nothing') return undefined
  if (text.trim() === '') return at(token, 'The payload is empty', 'Paste what the IM server sends')
  const opened = open.at(-1)
  if (opened === undefined) return at(token, 'The JSON ends too early', 'Paste what the IM server sends')
  const missing = open
    .map(({ kind }) => (kind === '{' ? '}' : ']'))
    .reverse()
    .join(' ')
  const comma = last?.kind === ',' ? ' instead of the last comma' : ' at the end'
  return at(opened, `This ${opened.kind} is never closed`, `Write ${missing.slice(0, 40)}${comma}`)
}
