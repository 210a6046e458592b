import { confusables } from './data/confusables.ts'
import { forms } from './data/forms.ts'
import { han } from './data/han.ts'
import { styled } from './data/styled.ts'
import { foldCase } from './fold.ts'

/**
 * What a reader takes one character for.
 *
 * `nothing` is not seen (invisible characters, accents); a `sign` may be a letter (`@dmin`) or stand between
 * letters (`admin@home`); a `gap` stands between them, and `space` is a gap of white space.
 */
export type Look = {
  kind: 'nothing' | 'letter' | 'mark' | 'digit' | 'sign' | 'gap' | 'space'
  /** Skeletons it can be read as, its own first: one or more code units each. Empty for gaps and nothing. */
  readings: readonly string[]
  isHan: boolean
  /** True when it means a letter only in the company of letters: digits and signs of leetspeak, flag letters. */
  isWeak: boolean
}

/** The look of a code point. Pure but for a bounded cache. */
export function lookOf(point: number): Look {
  const known = point < 0x10000 ? looks[point] : rareLooks.get(point)
  if (known !== undefined) return known
  const look = makeLook(String.fromCodePoint(point))
  if (point < 0x10000) {
    looks[point] = look
  } else {
    if (rareLooks.size >= 4096) rareLooks.clear()
    rareLooks.set(point, look)
  }
  return look
}

const looks: Look[] = []
const rareLooks = new Map<number, Look>()

function makeLook(char: string): Look {
  if (isInvisible.test(char)) return nothing
  if (isSpace.test(char)) return space
  if (/^\p{M}$/u.test(char)) return isAccent(char) ? nothing : { kind: 'mark', readings: [char], ...strong }
  const readings = readingsOf(char)
  if (/^\p{L}$/u.test(char)) return letter(char, readings)
  if (/^\p{Nd}+$/u.test(char.normalize('NFKD'))) return { kind: 'digit', readings, isHan: false, isWeak: true }
  const letters = readings.filter(reading => /^[\p{L}\p{N}]+$/u.test(reading))
  if (letters.length === 0) return gap
  return { kind: 'sign', readings: letters, isHan: false, isWeak: isWeakSign.test(char) }
}

function letter(char: string, readings: string[]): Look {
  // An apostrophe that Unicode counts among the letters.
  if (/^\p{Lm}$/u.test(char) && /^[^\p{L}\p{N}]*$/u.test(close(char, 'any'))) return gap
  return { kind: 'letter', readings, isHan: /^\p{Script=Han}$/u.test(char), isWeak: false }
}

const strong = { isHan: false, isWeak: false }
const nothing: Look = { kind: 'nothing', readings: [], ...strong }
const gap: Look = { kind: 'gap', readings: [], ...strong }
const space: Look = { kind: 'space', readings: [], ...strong }

/** Tatweel (U+0640) only stretches a word. */
const isInvisible = /^[\p{Default_Ignorable_Code_Point}\u0640]$/u
const isSpace = /^[\p{White_Space}\p{Cc}\u2800]$/u
/** Signs of everyday typing, and regional indicators, which are flags far more often than letters. */
const isWeakSign = /^[\x21-\x7e\xa1-\xbf\xd7€\p{Regional_Indicator}]$/u

/**
 * True for marks that only adorn a letter. Those of Indic and South-East Asian scripts are vowels, and those of
 * kana tell two letters apart.
 */
function isAccent(mark: string): boolean {
  return isAdornment.test(mark) && mark !== '\u3099' && mark !== '\u309a'
}

const isAdornment =
  /^[\p{Me}\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]$/u

/** The skeletons of one character: as it stands, in lower and in upper case, and as people style letters. */
function readingsOf(char: string): string[] {
  const extra = styledLetters.get(char) ?? styledLetters.get(char.normalize('NFKD')) ?? []
  const forms = [char, foldCase(char), char.toUpperCase()].map(skeletonOf)
  // Of a letter with a stroke beside it (Ґ, to Unicode Г and an apostrophe) the letter is read.
  const letters = forms.map(form => form.replace(/[^\p{L}\p{M}\p{N}]/gu, '') || form)
  return [...new Set([...letters, ...extra])]
}

/** The skeleton of a character, by what it looks like in the case that it has. Pure. */
export function skeletonOf(text: string): string {
  return Array.from(close(foldCase(close(text, 'letters')), 'letters'), char => swaps.get(char) ?? char).join('')
}

/** The text with each character as its prototype, over and over until it stays. */
function close(text: string, kind: 'letters' | 'any'): string {
  let now = text
  for (let round = 0; round < 8; round++) {
    const next = Array.from(now.normalize('NFKD'), char => prototype(char, kind)).join('')
    if (next === now) return now
    now = next
  }
  return now
}

function prototype(char: string, kind: 'letters' | 'any'): string {
  if (isInvisible.test(char) || (/^\p{M}$/u.test(char) && isAccent(char))) return ''
  const mapped = hanForms.get(char) ?? prototypes.get(char)
  if (mapped === undefined) return char
  // Some letters have a sign for prototype (yod an apostrophe): they stay letters.
  const wouldVanish = kind === 'letters' && /^[\p{L}\p{N}]/u.test(char) && !/[\p{L}\p{N}]/u.test(mapped)
  return wouldVanish ? char : mapped
}

/** The letters that digits are typed for, i and l as one (I, 1 and | are either), and w as the vv that it looks like. */
const swaps = new Map(
  Object.entries({ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', i: 'l', w: 'vv', ς: 'o' }),
)

const prototypes = new Map([...readGroups(forms), ...readGroups(confusables)])
const hanForms = readPairs(han)
const styledLetters = readStyled()

function readGroups(table: string): [string, string][] {
  return table
    .replaceAll('\n', '')
    .split(';')
    .flatMap(group => {
      const [to = '', members = ''] = group.split(':')
      const base = String.fromCodePoint(...to.split('+').map(point => Number.parseInt(point, 36)))
      let point = 0
      return members.split(',').map((step): [string, string] => {
        point += Number.parseInt(step, 36)
        return [String.fromCodePoint(point), base]
      })
    })
}

function readPairs(table: string): Map<string, string> {
  const chars = Array.from(table.replaceAll('\n', ''))
  const pairs = new Map<string, string>()
  for (let i = 0; i + 1 < chars.length; i += 2) pairs.set(chars[i] as string, chars[i + 1] as string)
  return pairs
}

function readStyled(): Map<string, string[]> {
  const letters = new Map<string, string[]>()
  for (const [to, chars] of styled) {
    for (const char of chars) letters.set(char, [...(letters.get(char) ?? []), skeletonOf(to)])
  }
  return letters
}
