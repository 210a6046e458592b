import { after, type Broken, before, isClosing, isOpening, isQuoted, type Lexeme } from '../lexemes.ts'
import { oddBlanks } from './blanks.ts'
import { bracketInKey, fullWidthColonAt } from './colons.ts'
import { quoting } from './copied.ts'
import { choosing, errorTrap, mending, type Trap } from './trap.ts'
import { fullWidthComma, gluedEntries, mustBeQuoted } from './traps.ts'
import { valueAround } from './value.ts'
import { cite, meantList, quoted } from './wording.ts'

/** The last line of a text, with the key that the lines above were glued to. */
export function lastLine(text: string, { start, end }: { start: number; end: number }): { raw: string; start: number } {
  const raw = text.slice(Math.max(start, text.lastIndexOf('\n', end - 1) + 1), end).trimStart()
  return { raw: raw.trimEnd(), start: end - raw.length }
}

/** The problem with text after a complete value on its line; undefined if it says nothing. */
export function trailing(broken: Broken, index: number): Trap | undefined {
  const { text, all } = broken
  const { type, start, end, depth } = all[index] as Lexeme
  const raw = text.slice(start, end)
  const last = all[before(all, index)]
  if (type === 'comma' || raw === ',') return strayComma(start, last, depth)
  if (type === 'scalar' && /^[，、]/.test(raw)) return fullWidthComma(raw, start, 'error')
  if (type === 'seq-item-ind') return dashInLine(start)
  if (last === undefined) return undefined
  const blank = type === 'scalar' ? oddBlanks(raw, start) : undefined
  if (blank !== undefined) return blank
  if (raw.startsWith('：')) return fullWidthColonAt(text.slice(last.start, start + 1), start - last.start, last.start)
  if (depth > 0 && isNext(broken, index)) return missingComma({ raw, start, after: last.end })
  const isComplete = isClosing(last.type) || isQuoted(last.type)
  if (depth === 0 && isComplete && isKey(broken, index) && !/[[{]/.test(raw)) return keyInLine(raw, start)
  if (isQuoted(last.type)) return afterQuote(broken, last, index)
  return last.type === 'doc-start' ? afterMarker(start, raw) : wholeText(broken, index)
}

/** True if the text inside brackets is a separate entry whose comma is missing. */
function isNext(broken: Broken, index: number): boolean {
  const { all } = broken
  const type = all[index]?.type ?? 'unknown'
  const last = all[before(all, index)]?.type ?? 'unknown'
  // Without a space between them they are one text: [0-9]{5}
  const isGlued = all[index]?.start === all[before(all, index)]?.end
  const isBracketOrQuote = !isGlued && (isOpening(type) || isQuoted(type))
  return (isKey(broken, index) && last !== 'scalar') || (isBracketOrQuote && (isClosing(last) || isQuoted(last)))
}

function isKey({ all }: Broken, index: number): boolean {
  return all[after(all, index)]?.type === 'map-value-ind'
}

function keyInLine(raw: string, start: number): Trap {
  const message = `The key ${cite(raw)} follows a value on the same line`
  return errorTrap('bad-indent', start, raw.length, message, 'Put it on its own line, under the previous key')
}

function afterMarker(start: number, raw: string): Trap {
  const message = `${cite(raw)} cannot follow --- on the same line`
  return errorTrap('yaml-syntax', start, raw.length, message, 'Put it on the next line, or delete ---')
}

function strayComma(start: number, last: Lexeme | undefined, depth: number): Trap {
  const between = depth > 0 && last !== undefined && (last.type === 'comma' || isOpening(last.type))
  const message = between ? 'There is nothing before this comma' : 'A comma does not belong here'
  const hint = between
    ? 'Delete the comma, or write the entry before it'
    : 'Delete it; a list with commas needs brackets: [a, b]'
  return errorTrap('stray-comma', start, 1, message, mending(hint, start, start + 1, '', 'Delete the comma'))
}

function dashInLine(start: number): Trap {
  const hint = 'Start the list on the next line; put a text that starts with a dash in quotes'
  return errorTrap('bad-indent', start, 1, 'A list with dashes cannot start on the line of its key', hint)
}

/** An entry or a key without a comma before it; `after` is where the text before it ends. */
export function missingComma({ raw, start, after: at }: { raw: string; start: number; after?: number }): Trap {
  const message = `There is no comma before ${cite(raw)}`
  const hint = 'Write a comma and a space between entries'
  const mend = at === undefined ? hint : mending(hint, at, at, ',', 'Write a comma')
  return errorTrap('missing-comma', start, raw.length, message, mend)
}

/** Text after the closing quote: only a part is quoted, or the text contains a quote. */
function afterQuote(broken: Broken, last: Lexeme, index: number): Trap {
  const { text, all } = broken
  const { start, depth } = all[index] as Lexeme
  const { end } = valueAround(broken, index)
  const quote = text.charAt(last.start)
  const whole = text.slice(last.start, end)
  const rest = text.slice(start, end)
  if (depth === 0 && /^,\s*["']/.test(rest)) {
    const mend = mending(
      `Write a list in brackets: [${whole}]`,
      last.start,
      end,
      `[${whole}]`,
      'Write brackets around it',
    )
    return errorTrap('stray-comma', start, 1, 'Commas without brackets do not make a list', mend)
  }
  const before = text.lastIndexOf('(', last.start)
  const inParentheses = before === -1 ? undefined : severalInParentheses(text, before)
  if (inParentheses !== undefined && before + inParentheses.length >= start) {
    const list = `[${inParentheses.slice(1, -1).trim()}]`
    const mend = mending(`Write a list: ${list}`, before, before + inParentheses.length, list, `Write ${list}`)
    const message = 'Parentheses do not make a list'
    return errorTrap('text-after-quote', before, inParentheses.length, message, mend)
  }
  const several = severalQuoted(whole)
  if (several !== undefined) {
    const message = `The text in quotes ends before ${cite(rest)}`
    const mend = mending(`Write a list: ${several}`, last.start, end, several, `Write ${several}`)
    return errorTrap('text-after-quote', start, rest.length, message, mend)
  }
  const isDoubled = start === last.end && whole.endsWith(quote)
  const inner = whole.slice(1, -1)
  const put = quoted(isDoubled ? inner : whole)
  const hint = isDoubled ? `Use the other kind of quotes around it: ${put}` : `Put the whole text in quotes: ${put}`
  const bare = /^(["'])(.+)\1$/.exec(inner)?.[2]
  const choices = [
    ...(isDoubled && bare !== undefined ? [{ text: quoted(bare), label: `Write ${quoted(bare)}` }] : []),
    { text: put, label: `Write ${put}` },
  ]
  const mend = choosing(
    hint,
    choices.map(choice => ({ ...choice, start: last.start, end })),
  )
  return errorTrap('text-after-quote', start, rest.length, `The text in quotes ends before ${cite(rest)}`, mend)
}

/** Quoted texts in parentheses, with them. */
function severalInParentheses(text: string, start: number): string | undefined {
  const quoted = /"[^"\\\n]*"|'[^'\n]*'/.source
  const list = new RegExp(`\\(\\s*(?:${quoted})(?:\\s*,\\s*(?:${quoted}))*\\s*\\)`, 'y')
  list.lastIndex = start
  return list.exec(text)?.[0]
}

/** Quoted texts separated by "or" or by punctuation. */
function severalQuoted(whole: string): string | undefined {
  const text = /"[^"\\\n]*"|'[^'\n]*'/.source
  const between = /\s*(?:\b(?:or|and)\b|\|\|?|\/|&&?|,|;)\s*/.source
  if (!new RegExp(`^(?:${text})(?:${between}(?:${text}))+$`).test(whole)) return undefined
  return `[${(whole.match(new RegExp(text, 'g')) ?? []).join(', ')}]`
}

/** A closing bracket without an opening one, or whose opening one is part of an earlier text on the line. */
export function strayBracket({ text, all }: Broken, index: number): Trap {
  for (let at = index - 1; at >= 0 && all[at + 1]?.isFirst === false; at--) {
    const { type, start, end } = all[at] as Lexeme
    const trap = type === 'scalar' ? bracketInKey(text.slice(start, end), start) : undefined
    if (trap !== undefined) return trap
  }
  const { start } = all[index] as Lexeme
  const hint = 'Delete it, or write the opening bracket; put a text with brackets in quotes'
  const mend = mending(hint, start, start + 1, '', 'Delete it')
  return errorTrap('unmatched-bracket', start, 1, `This ${text[start]} has no opening bracket`, mend)
}

/** A text that needs quotes because of its first character or the brackets in it. */
export function wholeText(broken: Broken, index: number): Trap {
  const { start, end } = valueAround(broken, index)
  const raw = broken.text.slice(start, end)
  const [key] = /^\*\S*(?=:\s)/.exec(raw) ?? []
  if (key !== undefined) return mustBeQuoted(key, start)
  if (/^[*&!{[|>@`%]/.test(raw)) return mustBeQuoted(raw, start)
  const entries = gluedEntries(raw, start)
  if (entries !== undefined) return entries
  const pair = meantList(raw)
  if (pair !== undefined) {
    const message = `${cite(raw)} has no colon, and a test is "field: value"`
    return errorTrap('missing-colon', start, raw.length, message, mending(`Write ${pair}`, start, end, pair))
  }
  const sign = broken.text.charAt(broken.all[index]?.start ?? start)
  const because = /[[{]/.test(sign) ? `because of the ${sign} in it` : 'as a whole'
  const message = `${cite(raw)} must be in quotes, ${because}`
  return errorTrap('needs-quotes', start, raw.length, message, quoting(raw, start))
}
