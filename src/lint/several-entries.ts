/** Several entries written as one. */
export type Several = { what: string; entries: readonly string[] }

/**
 * Splits entries that were written as one; undefined if it is probably a single entry.
 *
 * A phrase may contain a comma, and a name may have two parts (`Smith, John`).
 */
export function severalIn(text: string): Several | undefined {
  if (!hasSeparator.test(text)) return undefined
  const inBrackets = /^\[(.*)\]$/su.exec(text)?.[1]
  for (const { what, split, isMeant } of separators) {
    const entries = (inBrackets ?? text).split(split).map(entry => entry.trim())
    if (entries.length < 2 || !entries.every(entry => /[\p{L}\p{N}]/u.test(entry))) continue
    if (inBrackets !== undefined) return { what: 'Brackets make a list only in YAML', entries }
    if (isMeant(entries, text)) return { what, entries }
  }
  return undefined
}

const hasSeparator = /[\r\n\t;；,，、|｜]| \/ /u

type Separator = { what: string; split: RegExp; isMeant: (entries: readonly string[], text: string) => boolean }

const separators: readonly Separator[] = [
  { what: 'A line break does not separate entries', split: /[\r\n]+/, isMeant: () => true },
  { what: 'A tab does not separate entries', split: /\t+/, isMeant: () => true },
  { what: 'A semicolon does not separate entries', split: /[;；]/u, isMeant: (_, text) => !/&#?\w+;/.test(text) },
  { what: 'A comma does not separate entries', split: /[,，、]/u, isMeant: areEntries },
  {
    what: 'A bar does not separate entries',
    split: /[|｜]/u,
    isMeant: (entries, text) => / [|｜] /u.test(text) || entries.every(entry => /^[\p{L}\p{N} _-]{3,}$/u.test(entry)),
  },
  { what: 'A slash does not separate entries', split: / \/ /, isMeant: () => true },
]

/** True for words between commas, and for more than two short phrases; not for a number or for a name in two parts. */
function areEntries(entries: readonly string[], text: string): boolean {
  if (/^\d{1,3}(?:,\d{3})+$/.test(text)) return false
  if (text.includes('://')) return entries.every(entry => entry.includes('://'))
  if (/[^\s、，][、，][^\s、，]/u.test(text)) return true
  if (entries.length > 2) return entries.every(entry => entry.split(/\s+/u).length <= 3)
  if (entries.some(entry => /\s/u.test(entry))) return false
  return /\S,\S/.test(text) || !entries.every(entry => /^\p{Lu}/u.test(entry))
}
/**
 * The indexes of entries that start with a number: two or more with consecutive numbers, since a name may start with
 * one (`1. FC Köln`).
 */
export function numberedIn(texts: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>()
  let last = { place: -1, number: Number.NaN }
  for (const [place, text] of texts.entries()) {
    const digits = numbered.exec(text)?.[1]
    if (digits === undefined) continue
    const number = Number(digits)
    if (number === last.number + 1) found.add(last.place).add(place)
    last = { place, number }
  }
  return found
}

const numbered = /^[(（]?(\d{1,6})(?:[.:)）、．：]|[.:)）]? +[-–—])(?=\s*[^\d\s])/u
