import { before, isClosing, isOpening, type Lexeme } from '../lexemes.ts'
import { tabBefore } from './blanks.ts'
import { errorTrap, mending, type Trap } from './trap.ts'
import { fullWidthBracket, gluedHash, hashEntry } from './traps.ts'

/** The first bracket up to an offset that is never closed, or closed by the wrong bracket. */
export function openBracket(text: string, all: readonly Lexeme[], at: number): Trap | undefined {
  const open: number[] = []
  for (const [index, { type, start }] of all.entries()) {
    if (isOpening(type)) open.push(index)
    else if (isClosing(type)) {
      const opening = popFor(text[start], all, open)
      if (opening !== undefined && closingOf(all[opening]) !== text[start]) {
        const trap = unclosed(text, all, opening, index, at)
        if (trap !== undefined) return trap
      }
    } else if (type === 'flow-error-end') {
      const trap = lastOpen(text, all, open, index, at)
      if (trap !== undefined) return trap
      open.length = 0
    }
  }
  return lastOpen(text, all, open, all.length, at)
}

/** Removes the opening bracket that matches a closing one; ignores others inside texts. */
function popFor(sign: string | undefined, all: readonly Lexeme[], open: number[]): number | undefined {
  let opening = open.pop()
  while (opening !== undefined && closingOf(all[opening]) !== sign && followsText(all, opening)) opening = open.pop()
  return opening
}

function lastOpen(text: string, all: readonly Lexeme[], open: number[], until: number, at: number): Trap | undefined {
  const opening = open.findLast(index => !followsText(all, index))
  return opening === undefined ? undefined : unclosed(text, all, opening, until, at)
}

function unclosed(text: string, all: readonly Lexeme[], opening: number, until: number, at: number): Trap | undefined {
  const { start } = all[opening] as Lexeme
  if (start > at) return undefined
  const swallowed = inComment(text, all, opening, until)
  if (swallowed !== undefined) return swallowed
  const tab = all[until]?.type === 'flow-error-end' ? tabBefore(text, all[until + 1]?.start ?? text.length) : undefined
  if (tab !== undefined) return tab
  const line = text.slice(start, text.indexOf('\n', start) + 1 || text.length)
  const bracket = fullWidthBracket(line, start)
  if (bracket !== undefined) return bracket
  const sign = text.charAt(start)
  const found = all[until]
  const by = found !== undefined && isClosing(found.type) ? ` before ${text[found.start]}` : ''
  const closing = closingOf(all[opening])
  const hint = `Write ${closing} at the end; put a text that starts with ${sign} in quotes`
  const end = start + line.replace(/ #.*$/, '').trimEnd().length
  const mend = mending(hint, end, end, closing === '}' ? ' }' : ']', `Write ${closing} at the end`)
  return errorTrap('unmatched-bracket', start, 1, `This ${sign} is not closed${by}`, mend)
}

/** A bracket in the middle of an unquoted text is not a forgotten bracket. */
function followsText(all: readonly Lexeme[], opening: number): boolean {
  const last = all[before(all, opening)]
  return !(all[opening] as Lexeme).isFirst && (last?.type === 'scalar' || (last !== undefined && isClosing(last.type)))
}

/** The closing bracket is inside an accidental comment, started by a hash glued to a word. */
function inComment(text: string, all: readonly Lexeme[], opening: number, until: number): Trap | undefined {
  for (let index = opening + 1; index < until; index++) {
    const { type, start, end } = all[index] as Lexeme
    if (type !== 'comment' || !/[\]}]/.test(text.slice(start, end))) continue
    const last = all[index - 1] as Lexeme
    const value = { text, start: last.start, end: last.end, inFlow: true }
    const trap = last.type === 'scalar' ? gluedHash(value, 'error') : hashEntry(text, last.end, true)
    if (trap !== undefined) return trap
  }
  return undefined
}

function closingOf(opening: Lexeme | undefined): string {
  return opening?.type === 'flow-map-start' ? '}' : ']'
}
