import { after, before, isClosing, isOpening, isQuoted, type Lexeme } from './yaml-lexemes.ts'
import { type Broken, deeperLine } from './yaml-lines.ts'
import {
  bracketInKey,
  curlyQuotes,
  errorTrap,
  fullWidthColonAt,
  fullWidthComma,
  gluedEntries,
  mustBeQuoted,
  reservedStart,
  type Trap,
} from './yaml-traps.ts'
import { cite, putInQuotes, quoted } from './yaml-wording.ts'

/** A value that a second colon makes a mapping on the line of its key. Pure. */
export function secondColon(broken: Broken, index: number): Trap {
  const { text, all } = broken
  const { type, start, end, depth } = all[index] as Lexeme
  const raw = text.slice(start, end)
  if (type !== 'scalar' && !isQuoted(type)) return wholeText(broken, index)
  const trap = type === 'scalar' ? startOfText(broken, index) : undefined
  if (trap !== undefined) return trap
  if (raw.includes('\n')) return depth > 0 ? missingComma(lastLine(text, { start, end })) : deeperLine(broken, index)
  const comma = depth > 0 && type === 'scalar' ? fullWidthComma(raw, start, 'error') : undefined
  return comma ?? colonInText(broken, index)
}

function startOfText(broken: Broken, index: number): Trap | undefined {
  const { start, end } = valueAround(broken, index)
  const raw = broken.text.slice(start, end)
  return curlyQuotes(raw, start, 'error') ?? reservedStart(raw, start)
}

function colonInText(broken: Broken, index: number): Trap {
  const { text, all } = broken
  const colon = all[after(all, index)] as Lexeme
  const { start, end } = valueAround(broken, index)
  const raw = text.slice(start, end)
  const message = `The text ${cite(raw)} has a colon in it, so it must be in quotes`
  const hint = colon.depth > 0 ? `${putInQuotes(raw)}; or write a comma before the next key` : putInQuotes(raw)
  return errorTrap('colon-in-text', colon.start, 1, message, hint)
}

/** The last line of a text, where a key stands that the lines above were glued to. Pure. */
export function lastLine(text: string, { start, end }: { start: number; end: number }): { raw: string; start: number } {
  const raw = text.slice(Math.max(start, text.lastIndexOf('\n', end - 1) + 1), end).trimStart()
  return { raw: raw.trimEnd(), start: end - raw.length }
}

/** What follows on the line of a value that is complete; undefined when it tells nothing. Pure. */
export function trailing(broken: Broken, index: number): Trap | undefined {
  const { text, all } = broken
  const { type, start, end, depth } = all[index] as Lexeme
  const raw = text.slice(start, end)
  const last = all[before(all, index)]
  if (isClosing(type)) return strayBracket(broken, index)
  if (type === 'comma') return strayComma(start, last)
  if (type === 'scalar' && /^[，、]/.test(raw)) return fullWidthComma(raw, start, 'error')
  if (type === 'seq-item-ind') return dashInLine(start)
  if (last === undefined) return undefined
  if (raw.startsWith('：')) return fullWidthColonAt(text.slice(last.start, start + 1), start - last.start, last.start)
  if (type === 'unknown' || last.type === 'block-scalar-header') return fromHeader(broken, last)
  if (depth > 0 && isNext(broken, index)) return missingComma({ raw, start })
  if (isQuoted(last.type)) return afterQuote(broken, last, index)
  return last.type === 'doc-start' ? afterMarker(start, raw) : wholeText(broken, index)
}

/** True when what follows inside brackets is an entry of its own that a comma forgot. */
function isNext({ all }: Broken, index: number): boolean {
  const type = all[index]?.type ?? 'unknown'
  const last = all[before(all, index)]?.type ?? 'unknown'
  const isKey = all[after(all, index)]?.type === 'map-value-ind' && last !== 'scalar'
  const isBracketOrQuote = isOpening(type) || isQuoted(type)
  return isKey || (isBracketOrQuote && (isClosing(last) || isQuoted(last)))
}

function afterMarker(start: number, raw: string): Trap {
  const message = `${cite(raw)} cannot stand on the line of ---`
  return errorTrap('yaml-syntax', start, raw.length, message, 'Put it on the next line, or delete ---')
}

function strayComma(start: number, last: Lexeme | undefined): Trap {
  const between = last?.type === 'comma' || (last !== undefined && isOpening(last.type))
  const message = between ? 'There is nothing before this comma' : 'A comma does not belong here'
  const hint = between ? 'Delete the comma, or write the entry' : 'Write a list in brackets: [a, b]'
  return errorTrap('stray-comma', start, 1, message, hint)
}

function dashInLine(start: number): Trap {
  const hint = 'Begin the list on the next line; put a text that begins with a dash in quotes'
  return errorTrap('bad-indent', start, 1, 'A list with dashes cannot begin on the line of its key', hint)
}

function fromHeader({ text }: Broken, header: Lexeme): Trap {
  const end = text.indexOf('\n', header.start)
  return mustBeQuoted(text.slice(header.start, end === -1 ? text.length : end).trimEnd(), header.start)
}

/** An entry or a key without a comma before it. Pure. */
export function missingComma({ raw, start }: { raw: string; start: number }): Trap {
  const message = `There is no comma before ${cite(raw)}`
  return errorTrap('missing-comma', start, raw.length, message, 'Write a comma and a blank between entries')
}

/** Text after the closing quote: what is quoted is only a part, or has a quote in it. */
function afterQuote(broken: Broken, last: Lexeme, index: number): Trap {
  const { text, all } = broken
  const { start, depth } = all[index] as Lexeme
  const { end } = valueAround(broken, index)
  const quote = text.charAt(last.start)
  const whole = text.slice(last.start, end)
  const rest = text.slice(start, end)
  if (depth === 0 && /^,\s*["']/.test(rest)) {
    return errorTrap(
      'stray-comma',
      start,
      1,
      'Texts with commas between them are no list',
      `Write a list in brackets: [${whole}]`,
    )
  }
  const hint = whole.endsWith(quote)
    ? otherQuotes(whole.slice(1, -1))
    : `Put the whole text in quotes: ${quoted(whole)}`
  return errorTrap('text-after-quote', start, rest.length, `The text in quotes ends before ${cite(rest)}`, hint)
}

function otherQuotes(inner: string): string {
  return `Use the other quotes around a text with quotes in it: ${quoted(inner)}`
}

/** A bracket that closes nothing, or whose opening bracket is part of a text before it on the line. Pure. */
export function strayBracket({ text, all }: Broken, index: number): Trap {
  for (let at = index - 1; at >= 0 && all[at + 1]?.isFirst === false; at--) {
    const { type, start, end } = all[at] as Lexeme
    const trap = type === 'scalar' ? bracketInKey(text.slice(start, end), start) : undefined
    if (trap !== undefined) return trap
  }
  const { start } = all[index] as Lexeme
  const hint = 'Delete it, or write the bracket that opens; put a text with brackets in quotes'
  return errorTrap('unmatched-bracket', start, 1, `The ${text[start]} closes nothing`, hint)
}

/** A text that needs quotes for how it begins, or for the brackets in it. */
function wholeText(broken: Broken, index: number): Trap {
  const { start, end } = valueAround(broken, index)
  const raw = broken.text.slice(start, end)
  const [key] = /^\*\S*(?=:\s)/.exec(raw) ?? []
  if (key !== undefined) return mustBeQuoted(key, start)
  if (/^[*&!{[|>@`%]/.test(raw)) return mustBeQuoted(raw, start)
  const entries = gluedEntries(raw, start)
  if (entries !== undefined) return entries
  const message = `${cite(raw)} must be in quotes, because of the ${broken.text[broken.all[index]?.start ?? start]} in it`
  return errorTrap('needs-quotes', start, raw.length, message, putInQuotes(raw))
}

/** The whole value around a lexeme, as far as it goes on its line. */
function valueAround({ text, all }: Broken, index: number): { start: number; end: number } {
  const { depth } = all[index] as Lexeme
  let first = index
  while (all[first]?.isFirst === false && belongs(all[first - 1], depth)) first--
  let last = index
  while (all[last + 1]?.isFirst === false && followsOn(all, last + 1, depth)) last++
  const { start } = all[first] as Lexeme
  const [line = ''] = text.slice(start, all[last]?.end).split(/\r?\n/, 1)
  return { start, end: start + line.trimEnd().length }
}

function belongs(lexeme: Lexeme | undefined, depth: number): boolean {
  if (lexeme === undefined || lexeme.depth < depth) return false
  if (lexeme.depth > depth) return true
  return !['map-value-ind', 'seq-item-ind', 'comma', 'explicit-key-ind', 'doc-start'].includes(lexeme.type)
}

function followsOn(all: readonly Lexeme[], index: number, depth: number): boolean {
  const lexeme = all[index]
  if (lexeme === undefined || lexeme.type === 'comment' || lexeme.depth < depth) return false
  if (depth === 0 || lexeme.depth > depth) return true
  return lexeme.type === 'comma' ? !beginsPair(all, index + 1, depth) : lexeme.type !== 'flow-error-end'
}

/** True when the entry after a comma is a pair or the last of nothing: then the comma is none of the text's. */
function beginsPair(all: readonly Lexeme[], index: number, depth: number): boolean {
  for (let at = index; at < all.length; at++) {
    const { type, depth: here } = all[at] as Lexeme
    if (here === depth && type === 'map-value-ind') return true
    if (here < depth || (here === depth && type === 'comma')) return type === 'flow-seq-end'
  }
  return true
}
