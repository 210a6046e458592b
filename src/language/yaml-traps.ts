import type { Diagnostic, DiagnosticCode } from './diagnostic.ts'
import { cite, putInQuotes, quoted } from './yaml-wording.ts'

/** A diagnostic whose file is not yet named. */
export type Trap = Omit<Diagnostic, 'span'> & { start: number; end: number }

/** An unquoted text where it stands in a file. */
export type Plain = {
  /** The whole file. */
  text: string
  start: number
  end: number
  /** True for an entry of a list. */
  isItem: boolean
  /** True inside `[ ]` or `{ }`. */
  inFlow: boolean
  /** True when the line begins with it, its key standing on a line above. */
  ownLine: boolean
}

/**
 * What an unquoted text that YAML reads without complaint cannot have been meant to say.
 *
 * One error, or warnings. Pure.
 */
export function plainTraps(plain: Plain): Trap[] {
  const raw = plain.text.slice(plain.start, plain.end)
  const error =
    reservedStart(raw, plain.start) ??
    gluedEntries(raw, plain.start) ??
    (plain.isItem || plain.ownLine ? fullWidthColon(raw, plain.start) : undefined) ??
    (plain.isItem || plain.ownLine ? oddBlankAfterColon(raw, plain.start) : undefined) ??
    (plain.ownLine ? (gluedPair(raw, plain.start) ?? blankAfterDash(raw, plain.start)) : undefined)
  if (error !== undefined) return [error]
  const warnings = [
    curlyQuotes(raw, plain.start, 'warning'),
    plain.isItem && plain.inFlow ? fullWidthComma(raw, plain.start, 'warning') : undefined,
    gluedHash(plain, 'warning'),
  ]
  return warnings.filter(trap => trap !== undefined)
}

/** A text whose first character means something to YAML. Pure. */
export function mustBeQuoted(raw: string, start: number): Trap {
  const message = `${cite(raw)} must be in quotes, because it begins with ${raw[0]}`
  return errorTrap('needs-quotes', start, raw.length, message, putInQuotes(raw))
}

/** A text that begins with a character no unquoted text may begin with. Pure. */
export function reservedStart(raw: string, start: number): Trap | undefined {
  return /^[@`%,|>]/.test(raw) ? mustBeQuoted(raw, start) : undefined
}

/** A dash at the beginning of a further line of a text: an entry that its indentation glued to the one before. Pure. */
export function gluedEntries(raw: string, start: number): Trap | undefined {
  const found = /\n[ \t]*-(?=[ \t\r\n]|$)/.exec(raw)
  if (found === null) return undefined
  const at = start + found.index + found[0].length - 1
  const message = 'This dash begins no entry: its indentation makes it part of the text above'
  const hint = 'Put the dash exactly under the dashes of its list; quote the text if the dash belongs to it'
  return errorTrap('glued-entries', at, 1, message, hint)
}

/** A full-width colon after what looks like a key of the language: latin letters at the beginning. Pure. */
export function fullWidthColon(raw: string, start: number): Trap | undefined {
  const found = /^[A-Za-z][\w.-]*(?: [\w.-]+){0,4} ?：/.exec(raw)
  return found === null ? undefined : fullWidthColonAt(raw, found[0].length - 1, start)
}

/** The full-width colon at an index of a text. Pure. */
export function fullWidthColonAt(raw: string, index: number, start: number): Trap {
  const key = raw.slice(0, index).split('\n').at(-1)?.trim() ?? ''
  const [value = ''] = raw.slice(index + 1).split('\n', 1)
  const hint = `Write an ordinary colon and a blank: ${key}: ${/^[^[{]+$/.test(value) ? value.trim() : '…'}`
  return errorTrap('full-width-colon', start + index, 1, `The colon after ${cite(key)} is full-width (：)`, hint)
}

/** A bracket that opens inside a key: `when { nickName`, `when:{ nickName`, where a colon or a blank is missing. Pure. */
export function bracketInKey(raw: string, start: number): Trap | undefined {
  const at = raw.search(/[{[]/)
  if (at < 1 || isBalanced(raw)) return undefined
  const head = raw.slice(0, at).trimEnd()
  if (head.endsWith('：')) return fullWidthColonAt(raw, head.length - 1, start)
  const key = head.replace(/:$/, '').trimEnd()
  const hint = `Write: ${key}: ${raw[at]} …`
  if (head.endsWith(':')) {
    return errorTrap('missing-blank', start + head.length - 1, 1, `There is no blank after ${cite(head)}`, hint)
  }
  return errorTrap('missing-colon', start, head.length, `There is no colon after ${cite(head)}`, hint)
}

function isBalanced(raw: string): boolean {
  const count = (signs: RegExp) => raw.match(signs)?.length ?? 0
  return count(/[{[]/g) === count(/[}\]]/g)
}

/** A colon that a key glues to its value: `nickName:admin`, but not `https://…`. Pure. */
export function blankAfterColon(raw: string, start: number): Trap | undefined {
  const found = /^([A-Za-z][\w.-]*(?: [\w.-]+){0,4}):(?=[^\s/:\\])/.exec(raw)
  if (found?.[1] === undefined) return undefined
  const [line = ''] = raw.split('\n')
  const value = line.slice(found[0].length).trim()
  const message = `There is no blank after the colon in ${cite(line)}`
  return errorTrap('missing-blank', start + found[0].length - 1, 1, message, `Write: ${found[1]}: ${value}`)
}

/** A glued colon in a text that is no prose: the only word of its line, or before a bracket or a quote. */
function gluedPair(raw: string, start: number): Trap | undefined {
  return /^[\w.-]+:(?:[^\s[{"'][^ \t]*(?:[\r\n]|$)|[[{"'])/.test(raw) ? blankAfterColon(raw, start) : undefined
}

/** Blanks that are none to YAML: no-break, full-width and the like. */
const oddBlank = '[\\u00a0\\u2000-\\u200b\\u202f\\u3000\\ufeff]'

const keyAndOddBlank = new RegExp(`^([A-Za-z][\\w.-]*(?: [\\w.-]+){0,4}):(${oddBlank}+)`)

/** A colon with a full-width or no-break blank after it. Pure. */
export function oddBlankAfterColon(raw: string, start: number): Trap | undefined {
  const found = keyAndOddBlank.exec(raw)
  if (found?.[1] === undefined || found[2] === undefined) return undefined
  const message = `The blank after "${found[1]}:" is no ordinary blank (${codePoint(found[2])})`
  const at = start + found[0].length - found[2].length
  return errorTrap('odd-blank', at, found[2].length, message, `Write an ordinary blank there: ${found[1]}: …`)
}

const leadingOddBlank = new RegExp(`^${oddBlank}+`)

/** Odd blanks that a line begins with, where its indentation should be. Pure. */
export function oddIndent(raw: string, start: number): Trap | undefined {
  const found = leadingOddBlank.exec(raw)
  if (found === null) return undefined
  const message = `This line is indented with blanks that are no ordinary ones (${codePoint(found[0])})`
  return errorTrap('odd-blank', start, found[0].length, message, 'Delete them and indent with the space bar')
}

function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** A dash that is glued to its entry: `-admin`; a number may begin so. Pure. */
export function blankAfterDash(raw: string, start: number): Trap | undefined {
  if (!/^-[\p{L}"'[{]/u.test(raw)) return undefined
  const [line = ''] = raw.split('\n')
  const hint = `Write: - ${line.slice(1).trim()}`
  return errorTrap('missing-blank', start, 1, `There is no blank after the dash in ${cite(line)}`, hint)
}

/** Quotes of typesetters around a whole value. Pure. */
export function curlyQuotes(raw: string, start: number, severity: 'error' | 'warning'): Trap | undefined {
  const close = closingOf.get(raw.charAt(0))
  if (close === undefined || (severity === 'warning' && raw.indexOf(close, 1) !== raw.length - 1)) return undefined
  const message = `The quotes ${raw[0]} ${close} are ordinary characters here: they become part of the text`
  const hint = `Write straight quotes: ${quoted(raw.replace(close, '').slice(1))}`
  return { severity, code: 'curly-quotes', start, end: start + raw.length, message, hint }
}

const closingOf = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['＂', '＂'],
  ['＇', '＇'],
])

/** A full-width comma where entries are told apart. Pure. */
export function fullWidthComma(raw: string, start: number, severity: 'error' | 'warning'): Trap | undefined {
  const index = raw.search(/[，、]/)
  if (index === -1) return undefined
  const message = `The comma ${raw[index]} is full-width: it does not begin a new entry`
  const hint = 'Write an ordinary comma and a blank; quote the text if the comma belongs to it'
  return { severity, code: 'full-width-comma', start: start + index, end: start + index + 1, message, hint }
}

/** A word with a hash glued to it that ends a text, because it begins a comment. Pure. */
export function gluedHash(
  { text, start, end, inFlow }: Pick<Plain, 'text' | 'start' | 'end' | 'inFlow'>,
  severity: 'error' | 'warning',
): Trap | undefined {
  const found = hashAfter(text, end, inFlow)
  if (found === undefined) return undefined
  const lost = text.slice(found.start, found.end)
  const [word = lost] = lost.split(/\s/, 1)
  const message = `The text ends before ${cite(word)}: a # after a blank begins a comment`
  const hint = `${putInQuotes(text.slice(start, found.end))}; for a comment, write a blank after the #`
  return { severity, code: 'glued-hash', start: found.start, end: found.start + word.length, message, hint }
}

/** An entry or a value that is a comment to YAML, and so is none. Pure. */
export function hashEntry(text: string, indicatorEnd: number, inFlow: boolean): Trap | undefined {
  const found = hashAfter(text, indicatorEnd, inFlow)
  if (found === undefined) return undefined
  const entry = text.slice(found.start, found.end)
  const message = `${cite(entry)} is read as a comment, so there is nothing here`
  return errorTrap('hash-entry', found.start, entry.length, message, putInQuotes(entry))
}

/**
 * The comment that follows on the line, if a word is glued to its hash. Rows of signs are decoration.
 *
 * Inside brackets it ends where the text that was meant would.
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

/** An error trap. Pure. */
export function errorTrap(code: DiagnosticCode, start: number, length: number, message: string, hint: string): Trap {
  return { severity: 'error', code, start, end: start + length, message, hint }
}

/** True when nothing but blanks stands before an offset on its line. Pure. */
export function beginsLine(text: string, offset: number): boolean {
  let at = offset
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--
  return at === 0 || text[at - 1] === '\n'
}
