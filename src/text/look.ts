import { confusables } from './data/confusables.ts'
import { forms } from './data/forms.ts'
import { han } from './data/han.ts'
import { japanese } from './data/japanese.ts'
import { drawn, hanAlike, styled } from './data/styled.ts'
import { foldCase } from './fold.ts'
import { pointTable } from './point-table.ts'
import { unitsOf } from './units.ts'

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
  /** The readings as code units, which are quicker to follow than a text. */
  units: readonly Uint16Array[]
  isHan: boolean
  /** True when it means a letter only in the company of letters: digits and signs of leetspeak, flag letters. */
  isWeak: boolean
  /** True for regional indicators, of which two are a flag. */
  isFlag: boolean
  /** True when it looks like another letter in upper case than in lower (Greek Η and η). */
  isCased: boolean
}

/** Looks of what is never read. */
export const gapLook: Look = lookAs('gap', [])
export const spaceLook: Look = lookAs('space', [])

/** The look of a code point, or of a letter drawn with several. Pure but for a bounded cache. */
export function lookOf(point: number): Look {
  const known = point < 0x10000 ? looks[point] : rareLooks.get(point)
  if (known !== undefined) return known
  if (point >= firstDrawn) return (drawnLetters[point - firstDrawn] as DrawnLetter).look
  const look = makeLook(String.fromCodePoint(point))
  if (point < 0x10000) {
    looks[point] = look
  } else {
    if (rareLooks.size >= 4096) rareLooks.clear()
    rareLooks.set(point, look)
  }
  return look
}

/** The letter that signs draw together at a place (`/\\` for a), as a number above all code points, or 0. Pure. */
export function drawnAt(units: Uint16Array, at: number): number {
  const first = drawnByFirst.get(units[at] as number)
  if (first === undefined) return 0
  for (let i = 0; i < first.length; i++) {
    const { own, number } = first[i] as DrawnLetter
    let length = 1
    while (length < own.length && own[length] === units[at + length]) length++
    if (length === own.length) return number
  }
  return 0
}

/** The character, or those that draw a letter together. Pure. */
export function charOf(point: number): string {
  return point < firstDrawn ? String.fromCodePoint(point) : (drawnLetters[point - firstDrawn] as DrawnLetter).char
}

type DrawnLetter = { char: string; own: Uint16Array; number: number; look: Look }

/** Of letters that are drawn with several characters. */
const firstDrawn = 0x110000

/**
 * What a pass over a text has to know of each look, as the bits of a byte: which kind it is (`kind`), and what else is
 * true of it.
 */
export const traits = {
  kind: 7,
  nothing: 1,
  letter: 2,
  mark: 3,
  digit: 4,
  sign: 5,
  gap: 6,
  space: 7,
  isHan: 8,
  isWeak: 16,
  isFlag: 32,
  /** It may begin, or is, a letter drawn with several signs. */
  isDrawn: 64,
  /** It is read as itself and nothing else: there is no need to ask for its readings. */
  isItself: 128,
} as const

/** The traits of the look of a code point. Pure. */
export const traitsOf: (point: number) => number = pointTable(point => {
  const char = String.fromCodePoint(point)
  return packed(makeLook(char), char) | (drawnByFirst.has(point) ? traits.isDrawn : 0)
})

/** True for what is read as itself alone, which needs no look. Pure. */
export function isItself(point: number): boolean {
  return point < firstDrawn && (traitsOf(point) & traits.isItself) !== 0
}

/** The traits of a letter drawn with several signs. */
export const traitsOfDrawn = traits.sign | traits.isWeak | traits.isDrawn

function packed(look: Look, char: string): number {
  const isItself = look.readings.length === 1 && look.readings[0] === char
  return (
    traits[look.kind] |
    (look.isHan ? traits.isHan : 0) |
    (look.isWeak ? traits.isWeak : 0) |
    (look.isFlag ? traits.isFlag : 0) |
    (isItself ? traits.isItself : 0)
  )
}

/** One slot for each code unit from the start: an array that grows with holes is many times slower. */
const looks: (Look | undefined)[] = new Array(0x10000)
const rareLooks = new Map<number, Look>()

function makeLook(char: string): Look {
  if (isInvisible.test(char)) return nothing
  if (isNoCharacter.test(char)) return gapLook
  if (isSpace.test(char)) return spaceLook
  if (/^\p{M}$/u.test(char)) return isAccent(char) ? nothing : lookAs('mark', [char])
  const forms = isUnknown(char) ? [char] : formsOf(char)
  // An apostrophe among the letters, or an Arabic vowel sign that has a form of its own.
  if (forms.includes('')) return /^\p{Lm}$/u.test(char) ? gapLook : nothing
  const readings = [...new Set([...forms, ...styledFrom(char, forms)])]
  const isCased = new Set(forms).size > 1
  if (/^\p{L}$/u.test(char)) return lookAs('letter', readings, { isCased, isHan: isHan.test(char) })
  if (/^\p{Nd}+$/u.test(char.normalize('NFKD'))) return lookAs('digit', readings, { isWeak: true })
  const letters = readings.filter(reading => /^[\p{L}\p{N}]+$/u.test(reading))
  return letters.length === 0 ? gapLook : lookAs('sign', letters, { isCased, ...weaknessOf(char) })
}

/** True for what no table knows of and Unicode changes nothing of: it is quickly said what such looks like. */
function isUnknown(char: string): boolean {
  if (prototypes.has(char) || hanForms.has(char) || swaps.has(char)) return false
  return char.normalize('NFKD') === char && char.toUpperCase() === char && foldCase(char) === char
}

/** Every look has the same keys in the same order: reading mixed objects is several times slower. */
function lookAs(kind: Look['kind'], readings: readonly string[], traits: Partial<Look> = {}): Look {
  const { isHan = false, isWeak = false, isFlag = false, isCased = false } = traits
  return { kind, readings, units: readings.map(unitsOf), isHan, isWeak, isFlag, isCased }
}

const nothing = lookAs('nothing', [])

const isHan = /^\p{Script=Han}$/u
/** Tatweel (U+0640) only stretches a word. */
const isInvisible = /^(?!\p{White_Space})[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u0640]$/u
/** Private use, halves of pairs and what is not assigned. */
const isNoCharacter = /^[\p{Co}\p{Cs}\p{Cn}]$/u
const isSpace = /^[\p{White_Space}\u2800]$/u
/** Signs of everyday typing, and regional indicators, which are flags far more often than letters. */
function weaknessOf(sign: string): Partial<Look> {
  const isFlag = /^\p{Regional_Indicator}$/u.test(sign)
  return { isFlag, isWeak: isFlag || /^[\x21-\x7e\xa1-\xbf\xd7€]$/.test(sign) }
}

/**
 * True for marks that only adorn a letter. Those of Indic and South-East Asian scripts are vowels, and those of
 * kana tell two letters apart.
 */
function isAccent(mark: string): boolean {
  return isAdornment.test(mark) && mark !== '\u3099' && mark !== '\u309a'
}

const isAdornment =
  /^[\p{Me}\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]$/u

/** The skeletons of one character as it stands, in lower and in upper case. */
function formsOf(char: string): string[] {
  const forms = [char, foldCase(char), char.toUpperCase()].map(skeletonOf)
  // Of a letter with a stroke beside it (Ґ, to Unicode Г and an apostrophe) the letter is read.
  return forms.map(form => form.replace(/[^\p{L}\p{M}\p{N}]/gu, '') || form)
}

/** The letters that people type it for, by its own shape or that of its skeleton. */
function styledFrom(char: string, forms: readonly string[]): string[] {
  return [char, char.normalize('NFKD'), ...forms].flatMap(form => styledLetters.get(form) ?? [])
}

/** The skeleton of a character, by what it looks like in the case that it has. Pure. */
export function skeletonOf(text: string): string {
  return Array.from(close(foldCase(close(text))), char => swaps.get(char) ?? char).join('')
}

/** The text with each character as its prototype, over and over until it stays. */
function close(text: string): string {
  let now = text
  for (let round = 0; round < 8; round++) {
    const next = Array.from(now.normalize('NFKD'), prototype).join('')
    if (next === now) return now
    now = next
  }
  return now
}

function prototype(char: string): string {
  if (isInvisible.test(char) || (/^\p{M}$/u.test(char) && isAccent(char))) return ''
  const mapped = hanForms.get(char) ?? prototypes.get(char)
  if (mapped === undefined) return char
  if (!/^[\p{L}\p{N}]$/u.test(char) || /[\p{L}\p{N}]/u.test(mapped)) return mapped
  // A few letters have a sign for prototype (yod an apostrophe) and stay letters; of modifiers it is all they are.
  return /^\p{Lm}$/u.test(char) ? '' : char
}

/** The letters that digits are typed for, i and l as one (I, 1 and | are either), and w as the vv that it looks like. */
const swaps = new Map(
  Object.entries({ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', i: 'l', w: 'vv', ς: 'o' }),
)

const prototypes = new Map([...readGroups(forms), ...readGroups(confusables)])
const hanForms = readPairs(han)
const styledLetters = readStyled()
const drawnLetters: readonly DrawnLetter[] = drawn.map(([char, to], i) => {
  return { char, own: unitsOf(char), number: firstDrawn + i, look: lookAs('sign', [skeletonOf(to)], { isWeak: true }) }
})

const drawnByFirst = new Map<number, DrawnLetter[]>()
for (const letter of drawnLetters) {
  const first = letter.own[0] as number
  drawnByFirst.set(first, [...(drawnByFirst.get(first) ?? []), letter])
}

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
  const groups = hanAlike.split(' ').flatMap(group => Array.from(group, (char): [string, string] => [char, group]))
  const letters = new Map<string, string[]>()
  const forms = [...readPairs(japanese)]
  const both = [...forms, ...forms.map(([form, to]): [string, string] => [to, form])]
  for (const [to, chars] of [...styled, ...groups, ...both]) {
    for (const char of chars) letters.set(char, [...(letters.get(char) ?? []), skeletonOf(to)])
  }
  return letters
}
