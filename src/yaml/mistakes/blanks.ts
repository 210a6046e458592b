import { errorTrap, mending, type Trap, type TrapEdit } from './trap.ts'

/**
 * Spaces that YAML does not treat as spaces: no-break, full-width and the like, and a carriage return inside a line.
 */
const oddBlank = '[\\r\\u00a0\\u2000-\\u200b\\u202f\\u3000\\ufeff]'

const keyAndOddBlank = new RegExp(`^([A-Za-z][\\w.-]*(?: [\\w.-]+){0,4}):(${oddBlank}+)`)

/** A colon with a full-width or no-break space after it. */
export function oddBlankAfterColon(raw: string, start: number): Trap | undefined {
  const found = keyAndOddBlank.exec(raw)
  if (found?.[1] === undefined || found[2] === undefined) return undefined
  const message = `The space after "${found[1]}:" is a non-standard space (${codePoint(found[2])})`
  const { length } = found[2]
  const at = start + found[0].length - length
  const mend = mending(`Type a space there: ${found[1]}: …`, at, at + length, ' ', writeBlank)
  return errorTrap('odd-blank', at, length, message, mend)
}

const dashAndOddBlank = new RegExp(`^-(${oddBlank}+)`)

/** A dash with a full-width or no-break space after it. */
export function oddBlankAfterDash(raw: string, start: number): Trap | undefined {
  const found = dashAndOddBlank.exec(raw)?.[1]
  if (found === undefined) return undefined
  const message = `The space after the dash is a non-standard space (${codePoint(found)})`
  const at = start + 1
  const mend = mending('Type it with the space bar', at, at + found.length, ' ', writeBlank)
  return errorTrap('odd-blank', at, found.length, message, mend)
}

/** A key with a full-width or no-break space between its words: it looks like one that is known, and is another. */
export function oddBlankInKey(raw: string, start: number): Trap | undefined {
  const found = new RegExp(`(?<=\\w)${oddBlank}+(?=\\w)`).exec(raw)
  if (found === null) return undefined
  const message = `The space in "${raw.replaceAll(new RegExp(oddBlank, 'g'), ' ')}" is a non-standard space (${codePoint(found[0])})`
  const edits = [...raw.matchAll(new RegExp(`${oddBlank}+`, 'g'))].map(({ 0: odd, index }) => {
    return { start: start + index, end: start + index + odd.length, text: ' ' }
  })
  const fixes = [{ label: writeBlank, edits }]
  return errorTrap('odd-blank', start + found.index, found[0].length, message, {
    hint: 'Type it with the space bar',
    fixes,
  })
}

const leadingOddBlank = new RegExp(`^${oddBlank}+`)

/** Odd spaces where YAML expects something else, or nothing. */
export function oddBlanks(raw: string, start: number): Trap | undefined {
  const found = leadingOddBlank.exec(raw)
  if (found === null) return undefined
  const message = `This is a non-standard space (${codePoint(found[0])})`
  const { length } = found[0]
  const mend = mending('Delete it, or type it with the space bar', start, start + length, ' ', writeBlank)
  return errorTrap('odd-blank', start, length, message, mend)
}

/** Odd spaces at the start of a line, where its indentation should be. */
export function oddIndent(raw: string, start: number): Trap | undefined {
  const found = leadingOddBlank.exec(raw)
  if (found === null) return undefined
  const message = `This line is indented with non-standard spaces (${codePoint(found[0])})`
  return errorTrap('odd-blank', start, found[0].length, message, 'Delete them and indent with the space bar')
}

const indentOfLine = new RegExp(`^[ \\t]*(?=${oddBlank})`, 'gm')

/** The first line up to an offset that is indented with odd spaces: everything after it is not where it seems to be. */
export function oddIndentAbove(text: string, offset: number): Trap | undefined {
  const found = text.slice(0, text.indexOf('\n', offset) + 1 || undefined).matchAll(indentOfLine)
  for (const { 0: blanks, index } of found) {
    const at = index + blanks.length
    const trap = text[at] === '\r' ? undefined : oddIndent(text.slice(at), at)
    if (trap !== undefined) return { ...trap, fixes: [{ label: 'Indent with standard spaces', edits: ordinary(text) }] }
  }
  return undefined
}

const writeBlank = 'Write a standard space'

/** Edits that replace all odd indentation by standard spaces: a full-width space by two. */
function ordinary(text: string): TrapEdit[] {
  return [...text.matchAll(new RegExp(`^[ \\t]*${oddBlank}[ \\t]*(?:${oddBlank}[ \\t]*)*`, 'gm'))].map(
    ({ 0: lead, index }) => {
      const widths = [...lead].map(blank => (blank === '\u3000' ? '  ' : /[\u200b\ufeff\r]/.test(blank) ? '' : ' '))
      return { start: index, end: index + lead.length, text: widths.join('') }
    },
  )
}

function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Tabs in the indentation of a line, given an offset in it or at its first word. */
export function tabBefore(text: string, offset: number): Trap | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1
  const found = /^ *\t/.exec(text.slice(line, offset))
  return found === null ? undefined : tabs(text, line + found[0].length - 1)
}

/** An error about tabs used for indentation. */
export function tabs(text: string, start: number): Trap {
  let end = start
  while (text[end] === '\t') end++
  const hint = 'Indent with spaces, two for each level'
  const edits = [...text.matchAll(/^[ \t]*\t[ \t]*/gm)].map(({ 0: lead, index }) => ({
    start: index,
    end: index + lead.length,
    text: lead.replaceAll('\t', '  '),
  }))
  const fixes = [{ label: 'Replace each tab with two spaces', edits }]
  return errorTrap('tab', start, end - start, 'YAML cannot be indented with tabs', { hint, fixes })
}
