import { isClosing, isQuoted, type Lexeme } from '../lexemes.ts'
import { errorTrap, mending, type Trap } from './trap.ts'

/** True if a quoted text ends with its closing quote. */
export function isClosed(raw: string): boolean {
  const quote = raw.charAt(0)
  for (let at = 1; at < raw.length; at++) {
    if (quote === '"' && raw[at] === '\\') at++
    else if (raw[at] === quote && quote === "'" && raw[at + 1] === quote) at++
    else if (raw[at] === quote) return at === raw.length - 1
  }
  return false
}

/** A text without its closing quote, reported where it opens. */
export function unclosedQuote(raw: string, start: number): Trap {
  const quote = raw.charAt(0)
  const [line = ''] = raw.split(/\r?\n/, 1)
  const escaped = quote === '"' && /\\"[\s\]}]*$/.test(line)
  const hint = escaped
    ? 'The backslash escapes the closing quote: use single quotes, where a backslash is literal'
    : `Write ${quote} at the end of the text, or indent the lines that continue the text`
  const message = `This quote ${quote} is not closed`
  if (escaped) return errorTrap('unclosed-quote', start, 1, message, hint)
  const end = start + line.replace(/[\s\]}]*$/, '').length
  return errorTrap('unclosed-quote', start, 1, message, mending(hint, end, end, quote, `Write ${quote} at the end`))
}

/**
 * The first quoted text up to an offset that is not closed, or that is closed by the opening quote of the next text.
 *
 * The latter has text glued to its closing quote, and spans lines or ends where a quote usually opens.
 */
export function openQuote(text: string, all: readonly Lexeme[], at: number): Trap | undefined {
  for (const [index, { type, start, end }] of all.entries()) {
    if (start > at) return undefined
    if (!isQuoted(type)) continue
    const raw = text.slice(start, end)
    if (!isClosed(raw) || (isGlued(all[index + 1], end) && closedByNext(text, raw, start, end))) {
      return unclosedQuote(raw, start)
    }
  }
  return undefined
}

function isGlued(next: Lexeme | undefined, end: number): boolean {
  if (next === undefined || next.start !== end || isClosing(next.type)) return false
  return next.type !== 'comma' && next.type !== 'map-value-ind' && next.type !== 'comment'
}

function closedByNext(text: string, raw: string, start: number, end: number): boolean {
  if (raw.includes('\n')) return true
  const line = text.slice(text.lastIndexOf('\n', start) + 1, lineEnd(text, end))
  return /[:,[{]\s?.$/.test(raw) && line.split(raw.charAt(0)).length % 2 === 0
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}
