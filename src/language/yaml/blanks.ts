import { errorTrap, type Trap } from './trap.ts'

/** Blanks that are none to YAML: no-break, full-width and the like, and a return that ends no line. */
const oddBlank = '[\\r\\u00a0\\u2000-\\u200b\\u202f\\u3000\\ufeff]'

const keyAndOddBlank = new RegExp(`^([A-Za-z][\\w.-]*(?: [\\w.-]+){0,4}):(${oddBlank}+)`)

/** A colon with a full-width or no-break blank after it. Pure. */
export function oddBlankAfterColon(raw: string, start: number): Trap | undefined {
  const found = keyAndOddBlank.exec(raw)
  if (found?.[1] === undefined || found[2] === undefined) return undefined
  const message = `The blank after "${found[1]}:" is no ordinary blank (${codePoint(found[2])})`
  const at = start + found[0].length - found[2].length
  return errorTrap('odd-blank', at, found[2].length, message, `Write an ordinary blank there: ${found[1]}: …`)
}

const dashAndOddBlank = new RegExp(`^-(${oddBlank}+)`)

/** A dash with a full-width or no-break blank after it. Pure. */
export function oddBlankAfterDash(raw: string, start: number): Trap | undefined {
  const found = dashAndOddBlank.exec(raw)?.[1]
  if (found === undefined) return undefined
  const message = `The blank after the dash is no ordinary blank (${codePoint(found)})`
  return errorTrap('odd-blank', start + 1, found.length, message, 'Type a blank with the space bar')
}

const leadingOddBlank = new RegExp(`^${oddBlank}+`)

/** Odd blanks where YAML expects something else, or nothing. Pure. */
export function oddBlanks(raw: string, start: number): Trap | undefined {
  const found = leadingOddBlank.exec(raw)
  if (found === null) return undefined
  const message = `The blank here is no ordinary blank (${codePoint(found[0])})`
  return errorTrap('odd-blank', start, found[0].length, message, 'Delete it, or type a blank with the space bar')
}

/** Odd blanks that a line begins with, where its indentation should be. Pure. */
export function oddIndent(raw: string, start: number): Trap | undefined {
  const found = leadingOddBlank.exec(raw)
  if (found === null) return undefined
  const message = `This line is indented with blanks that are no ordinary ones (${codePoint(found[0])})`
  return errorTrap('odd-blank', start, found[0].length, message, 'Delete them and indent with the space bar')
}

const indentOfLine = new RegExp(`^[ \\t]*(?=${oddBlank})`, 'gm')

/** The first line up to an offset that odd blanks indent: all that follows is not where it seems to be. Pure. */
export function oddIndentAbove(text: string, offset: number): Trap | undefined {
  const found = text.slice(0, text.indexOf('\n', offset) + 1 || undefined).matchAll(indentOfLine)
  for (const { 0: blanks, index } of found) {
    const at = index + blanks.length
    if (text[at] !== '\r') return oddIndent(text.slice(at), at)
  }
  return undefined
}

function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Tabs in the indentation of a line, looking from an offset in it or at its first word. Pure. */
export function tabBefore(text: string, offset: number): Trap | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1
  const found = /^ *\t/.exec(text.slice(line, offset))
  return found === null ? undefined : tabs(text, line + found[0].length - 1)
}

/** Tabs that indent. Pure. */
export function tabs(text: string, start: number): Trap {
  let end = start
  while (text[end] === '\t') end++
  const hint = 'Indent with blanks (the space bar), two for each level'
  return errorTrap('tab', start, end - start, 'A tab cannot indent in YAML', hint)
}
