import { type JsonMistake, oddSign, runAt } from './json-sign.ts'

/** A token of JSON; `word` is an unknown run of letters, and `wrong` is no token at all. */
export type JsonToken = { start: number; end: number } & (
  | { kind: '{' | '}' | '[' | ']' | ':' | ',' | 'text' | 'scalar' | 'word' | 'end' }
  | { kind: 'wrong'; mistake: JsonMistake }
)

/** The token that begins at or after an offset. Never throws. */
export function readToken(text: string, from: number): JsonToken {
  const start = from + runAt(/[ \t\r\n]*/y, text, from).length
  const sign = text[start]
  if (sign === undefined) return { kind: 'end', start, end: start }
  if (isMark(sign)) return { kind: sign, start, end: start + 1 }
  if (sign === '"') return readText(text, start)
  const number = runAt(/[-+.\d][\w.+-]*/y, text, start)
  if (number !== '') return readNumber(number, start)
  const word = runAt(/[\p{L}_$][\p{L}\p{N}_$.-]*/uy, text, start)
  if (word !== '') return { kind: scalars.includes(word) ? 'scalar' : 'word', start, end: start + word.length }
  return wrong(oddSign(text, start))
}

const scalars: readonly string[] = ['true', 'false', 'null']

type Mark = '{' | '}' | '[' | ']' | ':' | ','

function isMark(sign: string): sign is Mark {
  return '{}[]:,'.includes(sign)
}

function wrong(mistake: JsonMistake): JsonToken {
  return { kind: 'wrong', start: mistake.start, end: mistake.end, mistake }
}

/** Read a text in double quotes, and check what is inside. */
function readText(text: string, start: number): JsonToken {
  let at = start + 1
  for (;;) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these in a text.
    at += runAt(/[^"\\\u0000-\u001f]*/y, text, at).length
    const sign = text[at]
    if (sign === '"') return { kind: 'text', start, end: at + 1 }
    if (sign === undefined || sign === '\n' || sign === '\r') return wrong(unclosed(start, at))
    if (sign !== '\\') return wrong(control(sign, at))
    const escaped = runAt(/\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y, text, at)
    if (escaped === '') return wrong(badEscape(text, at))
    at += escaped.length
  }
}

function unclosed(start: number, end: number): JsonMistake {
  const hint = 'Close it with ". Write \\n for a line break inside text'
  return { start, end, message: 'This text has no closing quote on its line', hint }
}

function control(sign: string, at: number): JsonMistake {
  const [name, hint] = sign === '\t' ? ['A tab', 'Write \\t'] : ['A control character', 'Remove it']
  return { start: at, end: at + 1, message: `${name} is not allowed inside text`, hint }
}

function badEscape(text: string, at: number): JsonMistake {
  const end = Math.min(at + 2, text.length)
  const next = text.slice(at + 1, end)
  const hint = next === "'" ? "Write ' alone" : 'Write \\\\ for a backslash inside text'
  return { start: at, end, message: `A backslash cannot come before ${next === '' ? 'nothing' : `"${next}"`}`, hint }
}

function readNumber(found: string, start: number): JsonToken {
  const end = start + found.length
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(found)) return { kind: 'scalar', start, end }
  const plain = found.replaceAll('_', '').replace(/^\+/, '')
  const value = Number(/^-?0\d+$/.test(plain) ? plain.replace(/^(-?)0+(?=\d)/, '$1') : plain)
  const hint = Number.isFinite(value) ? `Write ${value}, or "${found}" for text` : `Write "${found}" for text`
  return wrong({ start, end, message: `"${found}" is not a JSON number`, hint })
}
