import { oddBlankAfterColon, oddBlankAfterDash } from './blanks.ts'
import { blankAfterDash, fullWidthColon, gluedPair } from './colons.ts'
import { copiedTrap, quoting } from './copied.ts'
import { choosing, errorTrap, mending, type Trap } from './trap.ts'
import { cite, meantComparison, meantPair, putInQuotes, quoted } from './wording.ts'

/** An unquoted text and its position in a file. */
export type Plain = {
  /** The whole file. */
  text: string
  start: number
  end: number
  /** True for an item of a list. */
  isItem: boolean
  /** True inside `[ ]` or `{ }`. */
  inFlow: boolean
  /** True if the line starts with it, and its key is on a line above. */
  ownLine: boolean
}

/**
 * An unquoted text that YAML accepts but that cannot be meant as read.
 *
 * Returns one error, or warnings.
 */
export function plainTraps(plain: Plain): Trap[] {
  const raw = plain.text.slice(plain.start, plain.end)
  const error =
    reservedStart(raw, plain.start) ??
    gluedEntries(raw, plain.start) ??
    (plain.isItem || plain.ownLine ? fullWidthColon(raw, plain.start) : undefined) ??
    (plain.isItem || plain.ownLine ? oddBlankAfterColon(raw, plain.start) : undefined) ??
    (plain.ownLine
      ? (gluedPair(raw, plain.start) ?? blankAfterDash(raw, plain.start) ?? oddBlankAfterDash(raw, plain.start))
      : undefined)
  if (error !== undefined) return [error]
  const warnings = [
    curlyQuotes(raw, plain.start, 'warning'),
    plain.isItem && plain.inFlow ? fullWidthComma(raw, plain.start, 'warning') : undefined,
    gluedHash(plain, 'warning'),
  ]
  return warnings.filter(trap => trap !== undefined)
}

/** A text whose first character means something to YAML. */
export function mustBeQuoted(raw: string, start: number): Trap {
  const copied = copiedTrap(raw, start)
  if (copied !== undefined) return copied
  const message = `${cite(raw)} must be in quotes, because it begins with ${raw[0]}`
  const pair = meantPair(raw)
  if (pair !== undefined) {
    const message = `${cite(raw)} has no colon, and a test is "field: value"`
    const mend = mending(`Write ${pair}`, start, start + raw.length, pair)
    return errorTrap('needs-quotes', start, raw.length, message, mend)
  }
  const compared = meantComparison(raw)
  const mend = quoting(raw, start)
  if (compared === undefined) return errorTrap('needs-quotes', start, raw.length, message, mend)
  const hint = `Write ${compared}. For a text, ${mend.hint.replace(/^P/, 'p')}`
  const test = { label: `Write ${compared}`, edits: [{ start, end: start + raw.length, text: compared }] }
  return errorTrap('needs-quotes', start, raw.length, message, { hint, fixes: [test] })
}

/** A text that starts with a character that unquoted texts cannot start with. */
export function reservedStart(raw: string, start: number): Trap | undefined {
  return /^[@`%,|>]/.test(raw) ? mustBeQuoted(raw, start) : undefined
}

/** A dash at the start of a continuation line: a list item that its indentation glued to the previous one. */
export function gluedEntries(raw: string, start: number): Trap | undefined {
  const found = /\n[ \t]*-(?=[ \t\r\n]|$)/.exec(raw)
  if (found === null) return undefined
  const at = start + found.index + found[0].length - 1
  const message = 'This dash does not start a list item: its indentation makes it part of the text above'
  const hint =
    'Put the dash exactly under the other dashes of the list; put the text in quotes if the dash belongs to it'
  return errorTrap('glued-entries', at, 1, message, hint)
}

/** Typographic quotes around a whole value. */
export function curlyQuotes(raw: string, start: number, severity: 'error' | 'warning'): Trap | undefined {
  const close = closingOf.get(raw.charAt(0))
  if (close === undefined || (severity === 'warning' && raw.indexOf(close, 1) !== raw.length - 1)) return undefined
  const message = `The quotes ${raw[0]} ${close} are ordinary characters here: they are part of the text`
  const straight = quoted(raw.slice(1).replace(close, ''))
  const end = start + raw.length
  const mend = mending(`Write straight quotes: ${straight}`, start, end, straight, `Write ${straight}`)
  return { severity, code: 'curly-quotes', start, end, message, ...mend }
}

/** An error inside such quotes is a consequence: they do not hold the value together. */
export function insideCurlyQuotes(text: string, trap: Trap): Trap {
  if (!brokenByQuotes.has(trap.code)) return trap
  const before = text.slice(Math.max(0, trap.start - maxAround), trap.start)
  const from = trap.start - before.length + before.lastIndexOf('\n') + 1
  const [line = ''] = text.slice(from, trap.start + maxAround).split('\n', 1)
  for (const { index } of line.matchAll(/[“‘„‚«‹＂＇](?<=[:[,{][ \t]*.)/gu)) {
    const end = line.indexOf(closingOf.get(line.charAt(index)) ?? '', index + 1) + 1
    const isAround =
      from + index <= trap.start && trap.start < from + end && /^[ \t\r]*(?:[,}\]]|$)/.test(line.slice(end))
    const found = isAround ? curlyQuotes(line.slice(index, end), from + index, 'error') : undefined
    if (found !== undefined) return found
  }
  return trap
}

/** How far around a mistake such quotes are searched, in UTF-16 code units. */
const maxAround = 1_000

const brokenByQuotes = new Set<Trap['code']>(['stray-comma', 'needs-quotes', 'key-not-text'])

const closingOf = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['„', '“'],
  ['‚', '‘'],
  ['«', '»'],
  ['‹', '›'],
  ['＂', '＂'],
  ['＇', '＇'],
])

/** A full-width bracket where a list or pairs were meant. */
export function fullWidthBracket(raw: string, start: number): Trap | undefined {
  const index = raw.search(/[｛｝［］【】〔〕〖〗]/)
  if (index === -1) return undefined
  const sign = raw.charAt(index)
  const hint = `Write ${ordinaryBracket(sign)}; put a text with such brackets in quotes`
  const edits = [...raw.matchAll(/[｛｝［］【】〔〕〖〗，、]/g)].map(({ 0: each, index: at }) => ({
    start: start + at,
    end: start + at + 1,
    text: /[，、]/.test(each) ? ', ' : ordinaryBracket(each),
  }))
  const fixes = [{ label: 'Write ordinary brackets', edits }]
  return errorTrap('full-width-bracket', start + index, 1, `The bracket ${sign} is full-width`, { hint, fixes })
}

function ordinaryBracket(sign: string): string {
  return '[]{}[][][]'['［］｛｝【】〔〕〖〗'.indexOf(sign)] ?? ''
}

/** A full-width comma between entries. */
export function fullWidthComma(raw: string, start: number, severity: 'error' | 'warning'): Trap | undefined {
  const index = raw.search(/[，、]/)
  if (index === -1) return undefined
  const message = `The comma ${raw[index]} is full-width: it does not start a new entry`
  const hint = 'Write an ordinary comma and a space; put the text in quotes if the comma belongs to it'
  const edits = [...raw.matchAll(/[，、]\s*/g)].map(({ 0: each, index: at }) => ({
    start: start + at,
    end: start + at + each.length,
    text: ', ',
  }))
  const fixes = [{ label: 'Write ordinary commas', edits }]
  return { severity, code: 'full-width-comma', start: start + index, end: start + index + 1, message, hint, fixes }
}

/** A word with a hash glued to it that ends a text by starting a comment. */
export function gluedHash(
  { text, start, end, inFlow }: Pick<Plain, 'text' | 'start' | 'end' | 'inFlow'>,
  severity: 'error' | 'warning',
): Trap | undefined {
  const found = hashAfter(text, end, inFlow)
  if (found === undefined) return undefined
  const lost = text.slice(found.start, found.end)
  const [word = lost] = lost.split(/\s/, 1)
  const message = `The text ends before ${cite(word)}: a # after a space starts a comment`
  const whole = text.slice(start, found.end)
  const mend = choosing(`${putInQuotes(whole)}; for a comment, write a space after the #`, [
    { start, end: found.end, text: quoted(whole), label: 'Put it in quotes' },
    { start: found.start + 1, end: found.start + 1, text: ' ', label: 'Write a space after the # of a comment' },
  ])
  return { severity, code: 'glued-hash', start: found.start, end: found.start + word.length, message, ...mend }
}

/** A list item or a value that YAML reads as a comment. */
export function hashEntry(text: string, indicatorEnd: number, inFlow: boolean): Trap | undefined {
  const found = hashAfter(text, indicatorEnd, inFlow)
  if (found === undefined) return undefined
  const entry = text.slice(found.start, found.end)
  const message = `${cite(entry)} is read as a comment, so there is nothing here`
  return errorTrap('hash-entry', found.start, entry.length, message, quoting(entry, found.start))
}

/**
 * The comment on the rest of the line, if a word is glued to its hash. Rows of hashes are decoration.
 *
 * Inside brackets it ends where the intended text would.
 */
function hashAfter(text: string, offset: number, inFlow: boolean): { start: number; end: number } | undefined {
  const line = /[ \t]*(#[^\s#=*~!-][^\r\n]*)/y
  line.lastIndex = offset
  const comment = line.exec(text)?.[1]
  if (comment === undefined) return undefined
  const start = line.lastIndex - comment.length
  const [meant = comment] = inFlow ? comment.split(/[,[\]{}]/, 1) : [comment]
  return { start, end: start + meant.trimEnd().length }
}

/** True if there are only spaces before an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  let at = offset
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--
  return at === 0 || text[at - 1] === '\n'
}
