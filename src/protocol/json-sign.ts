/** A mistake in a text that should be JSON, its place (offsets in UTF-16 code units), and what to write instead. */
export type JsonMistake = { start: number; end: number; message: string; hint: string }

/** The mistake for a character that JSON does not have: a comment, another kind of quote, full-width punctuation. */
export function oddSign(text: string, start: number): JsonMistake {
  const sign = String.fromCodePoint(text.codePointAt(start) as number)
  const at = { start, end: start + sign.length }
  const comment = runAt(/\/\/.*|#.*|\/\*[\s\S]*?(?:\*\/|$)/y, text, start)
  if (comment !== '') {
    return { start, end: start + comment.length, message: 'JSON has no comments', hint: 'Remove the comment' }
  }
  const closers = quotes.get(sign)
  if (closers !== undefined) return oddQuote(text, start, sign, closers)
  const [, meant] = fullWidth.find(([written]) => written === sign) ?? []
  if (meant !== undefined) return { ...at, message: `This is a full-width ${sign}`, hint: `Write ${meant}` }
  if (sign === '=' || sign === ';') {
    const hint = sign === '=' ? 'Write : between a key and its value' : 'Write a comma between two values, or remove it'
    return { ...at, message: `"${sign}" is not part of JSON`, hint }
  }
  return { ...at, ...oddCharacter(sign) }
}

/** Quotes that JSON does not have, each with those that close it. */
const quotes: ReadonlyMap<string, string> = new Map([
  ['“', '”“'],
  ['”', '”'],
  ['„', '“”'],
  ['‟', '”'],
  ['«', '»'],
  ['‘', '’‘'],
  ['’', '’'],
  ['‚', '‘’'],
  ["'", "'"],
  ['`', '`'],
  ['＂', '＂'],
  ['＇', '＇'],
])

const fullWidth = [
  ['：', ':'],
  ['，', ','],
  ['、', ','],
  ['｛', '{'],
  ['｝', '}'],
  ['［', '['],
  ['］', ']'],
  ['【', '['],
  ['】', ']'],
] as const

function oddQuote(text: string, start: number, sign: string, closers: string): JsonMistake {
  const line = runAt(/.*/y, text, start + 1)
  const ends = [...`${closers}"`].map(closer => line.indexOf(closer)).filter(at => at !== -1)
  const content = line.slice(0, ends.length === 0 ? line.length : Math.min(...ends))
  const kind = sign === "'" ? 'single quotes' : sign === '`' ? 'backticks' : 'curly quotes'
  const message = `These are ${kind}, but JSON only has straight double quotes`
  const end = start + 1 + content.length + Math.min(ends.length, 1)
  return { start, end, message, hint: `Write ${JSON.stringify(content)}` }
}

function oddCharacter(sign: string): Pick<JsonMistake, 'message' | 'hint'> {
  const code = `U+${(sign.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
  if (/[\p{Z}\p{C}]/u.test(sign)) {
    return { message: `Invisible character ${code}`, hint: 'Remove it, or replace it with a normal space' }
  }
  const hint =
    sign === '<' ? 'This is HTML or XML: paste the JSON that the IM server sends' : 'Put text in double quotes'
  return { message: `Unexpected "${sign}"`, hint }
}

/** The match of a sticky pattern at an offset; empty if there is none. */
export function runAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
