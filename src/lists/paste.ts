import { numberedIn, severalIn } from '../lint/several-entries.ts'
import { fold } from '../text/fold.ts'
import { removeInvisible } from '../text/invisible.ts'
import { isBlank, trimBlanks } from '../text/spaces.ts'
import { limits, shownCount } from '../yaml/limits.ts'

/**
 * What became of a pasted text: the entries to add, in their order and as a list file has them, and what was done on the
 * way. `more` is how many notes were left out.
 */
export type Pasted = { entries: readonly string[]; notes: readonly PasteNote[]; more: number }

/** What was done with a line of a paste, counted from 1, and why. `became` are the entries that are left of it. */
export type PasteNote = { line: number; kind: PasteKind; text: string; became: readonly string[]; why: string }

/** Several entries became of it; signs that no entry has were taken off; it is in the list already; another covers it. */
export type PasteKind = 'split' | 'cleaned' | 'doubled' | 'swallowed' | 'invisible' | 'dropped'

/** So many lines are read of a paste; a list has no more entries. */
const mostLines = 200_000

/** So many notes are told. */
const mostNotes = 500

/** No word is longer; longer entries are not compared with what ends in a star. */
const longestStem = 40

/**
 * Reads what somebody pasted from a spreadsheet, a chat or a document as entries for a list that has `present` entries.
 *
 * Cells, and entries between commas, become entries of their own; numbers, bullets and quotes around them go, and so does
 * what cannot be seen. Signs may be written as in a list file, `\#` for one. What the list has already, in any letter
 * case, is left out. Pure.
 */
export function readPaste(text: string, present: Iterable<string> = []): Pasted {
  const lines = text.split(/\r\n?|\n|\u2028/)
  const notes = new Notes()
  const known = new Known(present)
  const numbered = numberedIn(lines.map(trimBlanks))
  for (const [at, written] of lines.entries()) {
    if (at === mostLines) {
      const why = `only ${shownCount(mostLines)} lines are read at once`
      notes.add({ line: at + 1, kind: 'dropped', text: written, became: [], why })
      break
    }
    if (isBlank(written)) continue
    for (const cell of cellsOf(written, { line: at + 1, isNumbered: numbered.has(at) }, notes)) {
      const left = known.add(cell)
      if (left !== undefined) notes.add(left)
    }
  }
  return { entries: known.added, ...notes.all() }
}

class Notes {
  readonly #notes: PasteNote[] = []
  #more = 0

  add(note: PasteNote): void {
    if (this.#notes.length < mostNotes) this.#notes.push({ ...note, text: note.text.slice(0, longestShown) })
    else this.#more += 1
  }

  all(): Pick<Pasted, 'notes' | 'more'> {
    return { notes: this.#notes, more: this.#more }
  }
}

const longestShown = 200

/** One entry as it was pasted and cleaned. */
type Cell = { line: number; text: string }

function cellsOf(written: string, { line, isNumbered }: { line: number; isNumbered: boolean }, notes: Notes): Cell[] {
  const visible = removeInvisible(written).replaceAll(otherInvisible, '')
  if (visible !== written) {
    const why = isBlank(visible) ? 'it has only characters that cannot be seen' : 'characters that cannot be seen went'
    notes.add({ line, kind: 'invisible', text: written, became: isBlank(visible) ? [] : [trimBlanks(visible)], why })
  }
  const whole = trimBlanks(visible)
  const unmarked = isNumbered ? whole.replace(number, '') : whole.replace(bullet, '')
  const parts = partsOf(unmarked)
  const cleaned = parts.map(unquoted).filter(part => !isBlank(part))
  if (cleaned.length === 0) {
    if (whole !== '') notes.add({ line, kind: 'dropped', text: whole, became: [], why: 'nothing is left of it' })
    return []
  }
  if (cleaned.length > 1) {
    notes.add({ line, kind: 'split', text: whole, became: cleaned, why: 'each entry has a line of its own' })
  } else if (cleaned[0] !== whole) {
    const why = 'an entry has no number, bullet, quotes or separator around it'
    notes.add({ line, kind: 'cleaned', text: whole, became: cleaned, why })
  }
  return cleaned.map(text => ({ line, text: meant(text) }))
}

/** Without the backslashes with which a list file has signs as themselves; it cannot have those before a sign. */
function meant(text: string): string {
  return text
    .replace(/^\\+!/, '!')
    .replaceAll(/\\+#/g, '#')
    .replaceAll(/(?<=^| )\\+=(?= |$)/g, '=')
}

/** Control characters other than the tab between cells are no part of any entry. */
const otherInvisible = /(?!\t)\p{Cc}/gu

const number = /^[(（]?\d{1,6}(?:[.:)）、．：]|[.:)）]? +[-–—])\s*/u
const bullet = /^[-–—•·+] +(?=\S)/u

/** Cells of a spreadsheet stand between tabs; in a cell, entries may stand between commas as in a list of YAML. */
function partsOf(text: string): readonly string[] {
  const cells = text.split('\t')
  return cells.flatMap(cell => {
    const one = cell.replace(/[,;，；、]$/u, '')
    return isQuoted.test(one) ? [one] : (severalIn(one)?.entries ?? [one])
  })
}

const isQuoted = /^(?:"[^"]*(?:""[^"]*)*"|“[^”]*”|‘[^’]*’)$/u

/** Without the quotes of a cell, in which a doubled one is one. */
function unquoted(part: string): string {
  const text = trimBlanks(part)
  if (!isQuoted.test(text)) return text
  const inner = text.slice(1, -1)
  return trimBlanks(text.startsWith('"') ? inner.replaceAll('""', '"') : inner)
}

/** The entries of the list and of the paste so far. */
class Known {
  readonly added: string[] = []
  readonly #folded = new Set<string>()
  readonly #stems = new Map<string, string>()

  constructor(present: Iterable<string>) {
    for (const entry of present) this.#keep(entry)
  }

  /** Keeps an entry that the list does not have yet, or says why not. */
  add({ line, text }: Cell): PasteNote | undefined {
    const left = this.#leftOut(text)
    if (left !== undefined) return { line, text, became: [], ...left }
    this.#keep(text)
    this.added.push(entryLine(text))
    return undefined
  }

  #leftOut(text: string): Pick<PasteNote, 'kind' | 'why'> | undefined {
    if (text.length > limits.needle) return { kind: 'dropped', why: tooLong }
    if (text === '*') return { kind: 'dropped', why: 'a star alone has no meaning' }
    if (this.#folded.has(fold(text))) return { kind: 'doubled', why: 'the list has it' }
    const stem = this.#coveredBy(text)
    return stem === undefined ? undefined : { kind: 'swallowed', why: `${stem} matches everything that it matches` }
  }

  #keep(entry: string): void {
    this.#folded.add(fold(entry))
    if (isStem.test(entry)) this.#stems.set(fold(entry.slice(0, -1)), entry)
  }

  #coveredBy(text: string): string | undefined {
    if (this.#stems.size === 0) return undefined
    const own = fold(isStem.test(text) ? text.slice(0, -1) : text)
    for (let end = 1; end <= Math.min(own.length, longestStem); end++) {
      const stem = this.#stems.get(own.slice(0, end))
      if (stem !== undefined) return stem
    }
    return undefined
  }
}

const tooLong = `an entry has at most ${shownCount(limits.needle)} characters`

const isStem = /[\p{L}\p{N}]\*$/u

/** An entry as a line of a list file, in which some signs mean something else. */
export function entryLine(entry: string): string {
  return entry
    .replace(/^!/, '\\!')
    .replaceAll(/(^|\s)#/g, '$1\\#')
    .replaceAll(/(?<=^| )=(?= |$)/g, '\\=')
}
