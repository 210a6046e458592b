import { after, type Broken, isQuoted, type Lexeme } from '../lexemes.ts'
import { lastLine, missingComma, trailing, wholeText } from './inline.ts'
import { deeperLine } from './lines.ts'
import { choosing, errorTrap, mending, type Trap } from './trap.ts'
import { curlyQuotes, fullWidthBracket, fullWidthComma, reservedStart } from './traps.ts'
import { valueAround } from './value.ts'
import { cite, putInQuotes, quoted } from './wording.ts'

/** A second colon that turns a value into a mapping on the line of its key. */
export function secondColon(broken: Broken, index: number): Trap {
  const { text, all } = broken
  const { type, start, end, depth } = all[index] as Lexeme
  const raw = text.slice(start, end)
  if (type !== 'scalar' && !isQuoted(type)) return wholeText(broken, index)
  const next = after(all, index)
  if (isQuoted(type) && all[next]?.isFirst === false && all[next]?.type !== 'map-value-ind') {
    return trailing(broken, next) ?? wholeText(broken, index)
  }
  const trap = type === 'scalar' ? startOfText(broken, index) : undefined
  if (trap !== undefined) return trap
  if (raw.includes('\n')) return depth > 0 ? missingComma(lastLine(text, { start, end })) : deeperLine(broken, index)
  const comma = depth > 0 && type === 'scalar' ? fullWidthComma(raw, start, 'error') : undefined
  return comma ?? missingOpening(broken, index) ?? colonInText(broken, index)
}

function startOfText(broken: Broken, index: number): Trap | undefined {
  const { start, end } = valueAround(broken, index)
  const raw = broken.text.slice(start, end)
  return curlyQuotes(raw, start, 'error') ?? fullWidthBracket(raw, start) ?? reservedStart(raw, start)
}

/** A closing bracket on the line without an opening one: the opening one was forgotten before the key. */
function missingOpening({ text, all }: Broken, index: number): Trap | undefined {
  const { start, end, depth } = all[index] as Lexeme
  let open = depth
  for (let at = index + 1; all[at]?.isFirst === false && all[at]?.type !== 'comment'; at++) {
    const lexeme = all[at] as Lexeme
    const raw = isQuoted(lexeme.type) ? '' : text.slice(lexeme.start, lexeme.end)
    for (const { 0: sign, index: offset } of raw.matchAll(/[[\]{}]/g)) {
      open += sign === '{' || sign === '[' ? 1 : -1
      if (open >= 0) continue
      const opening = sign === '}' ? '{' : '['
      const key = cite(text.slice(start, end))
      const at = lexeme.start + offset
      const mend = choosing(`Write ${opening} before ${key}, or delete the ${sign}`, [
        { start, end: start, text: opening === '{' ? '{ ' : '[', label: `Write ${opening} before ${key}` },
        { start: at, end: at + 1, text: '', label: `Delete the ${sign}` },
      ])
      return errorTrap('unmatched-bracket', at, 1, `This ${sign} has no opening bracket`, mend)
    }
  }
  return undefined
}

function colonInText(broken: Broken, index: number): Trap {
  const { text, all } = broken
  const colon = all[after(all, index)] as Lexeme
  const { start, end } = valueAround(broken, index)
  const raw = text.slice(start, end)
  const key = text.slice(all[index]?.start, all[index]?.end)
  const rest = text.slice(colon.end, end).trim()
  if (isWord(key) && /^[[{]/.test(rest)) return keyInValue(key, raw, start, colon)
  const parens = /^\(\s*(.*?)\s*\)$/.exec(raw)?.[1]
  if (parens !== undefined && isWord(parens.slice(0, parens.indexOf(':')))) return inParentheses(raw, parens, start)
  const message = `The text ${cite(raw)} has a colon in it, so it must be in quotes`
  const hint = `${putInQuotes(raw)}${orElse(key, raw, colon.depth > 0)}`
  const choices = [
    { text: quoted(raw), label: 'Put it in quotes' },
    ...(isWord(key) && colon.depth === 0 ? [{ text: `{ ${raw} }`, label: `Write { ${raw} }` }] : []),
  ]
  const mend = choosing(
    hint,
    choices.map(choice => ({ ...choice, start, end })),
  )
  return errorTrap('colon-in-text', colon.start, 1, message, mend)
}

/** `( nickName: present )`: pairs belong in braces. */
function inParentheses(raw: string, inside: string, start: number): Trap {
  const message = `${cite(raw)} is in parentheses, but "key: value" pairs go in braces`
  const braces = `{ ${inside} }`
  return errorTrap(
    'colon-in-text',
    start,
    raw.length,
    message,
    mending(`Write ${braces}`, start, start + raw.length, braces),
  )
}

/** True for a text that is spelt like a key of the language. */
function isWord(key: string): boolean {
  return /^[a-z][\w.]*(?: [a-z]+){0,4}$/.test(key)
}

function keyInValue(key: string, raw: string, start: number, colon: Lexeme): Trap {
  const message = `The key ${cite(key)} cannot follow another key on the same line`
  const hint =
    raw.length > 100 ? 'Put it on the next line, indented' : `Put it on the next line, or in braces: { ${raw} }`
  const mend = mending(hint, start, start + raw.length, `{ ${raw} }`, 'Put it in braces')
  return errorTrap('colon-in-text', colon.start, 1, message, mend)
}

function orElse(key: string, raw: string, inFlow: boolean): string {
  if (inFlow) return '; or write a comma before the next key'
  if (!isWord(key)) return ''
  return `; if ${cite(key)} is a key, put it on the next line${raw.length > 60 ? '' : `, or in braces: { ${raw} }`}`
}
