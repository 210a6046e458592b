import { codeUnitsOf } from '../code-units.ts'
import { drawn, hanAlike, styled } from '../data/styled.ts'
import { foldCase } from '../fold.ts'
import { hanForms, japaneseForms } from '../han-forms.ts'
import { type PointTable, pointTable } from '../point-table.ts'
import { isCaseless, isDecomposed, isLetter, isLetterOrNumber, isMark } from '../properties.ts'
import { isSpace } from '../spaces.ts'
import { isUnspaced } from '../words/segments.ts'
import { hiraganaOf, isAccent, isInvisible, isModifier, prototypes, skeletonOf, swaps } from './skeleton.ts'

/**
 * What a reader takes one character for.
 *
 * `nothing` is not seen (invisible characters, accents); a `sign` may be a letter (`@dmin`) or stand between
 * letters (`admin@home`); a `gap` stands between them, and `space` is a gap of white space.
 */
export type CharacterShape = {
  kind: 'nothing' | 'letter' | 'mark' | 'digit' | 'sign' | 'gap' | 'space'
  /** Skeletons it can be read as, its own first: one or more code units each. Empty for gaps and nothing. */
  readings: readonly string[]
  /** The readings as code units, which are quicker to follow than a text. */
  units: readonly (readonly number[])[]
  /** True for letters of scripts without spaces between words. */
  isUnspaced: boolean
  /** True when it means a letter only in the company of letters: digits and signs of leetspeak, flag letters. */
  isWeak: boolean
  /** True for regional indicators, of which two are a flag. */
  isFlag: boolean
  /** True when it looks like another letter in upper case than in lower (Greek Η and η). */
  isCased: boolean
}

/** Looks of what is never read. */
export const gapShape: CharacterShape = lookAs('gap', [])
export const spaceShape: CharacterShape = lookAs('space', [])

/** The look of a code point, or of a letter drawn with several. Pure but for a bounded cache. */
export function shapeOf(point: number): CharacterShape {
  const known = point < 0x10000 ? looks[point] : rareLooks.get(point)
  if (known !== undefined) return known
  if (point >= firstDrawn) return (drawnLetters[point - firstDrawn] as DrawnLetter).look
  const look = makeLook(point)
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
  const list = at + 1 < units.length ? drawnLists[pairOf(units[at] as number, units[at + 1] as number)] : 0
  if (!list) return 0
  const letters = drawnByPair[list - 1] as DrawnLetter[]
  for (let i = 0; i < letters.length; i++) {
    const { own, number } = letters[i] as DrawnLetter
    let length = 2
    while (length < own.length && own[length] === units[at + length]) length++
    if (length === own.length) return number
  }
  return 0
}

/** The character, or those that draw a letter together. Pure. */
export function charOf(point: number): string {
  return point < firstDrawn ? String.fromCodePoint(point) : (drawnLetters[point - firstDrawn] as DrawnLetter).char
}

type DrawnLetter = { char: string; own: Uint16Array; number: number; look: CharacterShape }

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
  isUnspaced: 8,
  isWeak: 16,
  isFlag: 32,
  /** It may begin, or is, a letter drawn with several signs. */
  isDrawn: 64,
  /** It is read as itself and nothing else: there is no need to ask for its readings. */
  isItself: 128,
} as const

/** The traits of the look of each code point. */
export const allTraits: PointTable = pointTable(point => {
  const known = commonTraits(point)
  if (known !== 0) return known
  return packed(makeLook(point), String.fromCodePoint(point)) | (firstOfDrawn.has(point) ? traits.isDrawn : 0)
})

/** The traits of those that are so many that it counts how soon they are told; 0 of others. */
function commonTraits(point: number): number {
  // Syllables of Hangul are read as their letters.
  if (point >= 0xac00 && point <= 0xd7a3) return traits.letter
  if (inTables.has(point)) return hanForms.has(String.fromCodePoint(point)) ? traits.letter | traits.isUnspaced : 0
  if (!isLetter(point) || !isReadAsItself(point)) return 0
  return traits.letter | traits.isItself | (isUnspaced(point) ? traits.isUnspaced : 0)
}

/** True for what is read as itself alone, which needs no look. Pure. */
export function isItself(point: number): boolean {
  return point < firstDrawn && (allTraits.of(point) & traits.isItself) !== 0
}

/** The traits of a letter drawn with several signs. */
export const traitsOfDrawn = traits.sign | traits.isWeak | traits.isDrawn

function packed(look: CharacterShape, char: string): number {
  const isItself = look.readings.length === 1 && look.readings[0] === char
  return (
    traits[look.kind] |
    (look.isUnspaced ? traits.isUnspaced : 0) |
    (look.isWeak ? traits.isWeak : 0) |
    (look.isFlag ? traits.isFlag : 0) |
    (isItself ? traits.isItself : 0)
  )
}

/** One slot for each code unit from the start: an array that grows with holes is many times slower. */
const looks: (CharacterShape | undefined)[] = new Array(0x10000)
const rareLooks = new Map<number, CharacterShape>()

function makeLook(point: number): CharacterShape {
  const char = String.fromCodePoint(point)
  if (isSpace(point) || point === emptyBraille) return spaceShape
  if (isInvisible(point)) return nothing
  if (isReadAsItself(point)) return unchangedLook(point, char)
  if (isMark(point)) return isAccent(char) ? nothing : lookAs('mark', [char])
  const forms = formsOf(char)
  // An apostrophe among the letters, or an Arabic vowel sign that has a form of its own.
  if (forms.includes('')) return isModifier.test(char) ? gapShape : nothing
  const readings = [...new Set([...forms, ...styledFrom(char, forms)])]
  const isCased = new Set(forms).size > 1
  if (isLetter(point)) return lookAs('letter', readings, { isCased, isUnspaced: isUnspaced(point) })
  if (isDigits.test(char.normalize('NFKD'))) return lookAs('digit', readings, { isWeak: true })
  const letters = readings.filter(reading => isWord.test(reading))
  return letters.length === 0 ? gapShape : lookAs('sign', letters, { isCased, ...weaknessOf(char) })
}

/** True for what no table knows and Unicode changes nothing of, so that it is read as itself, if it is read at all. */
function isReadAsItself(point: number): boolean {
  return !inTables.has(point) && isCaseless(point) && isDecomposed(point) && !isInvisible(point)
}

/** The look of what is read as itself, if it is read at all. */
function unchangedLook(point: number, char: string): CharacterShape {
  if (isLetter(point)) return lookAs('letter', [char], { isUnspaced: isUnspaced(point) })
  if (isMark(point)) return isAccent(char) ? nothing : lookAs('mark', [char])
  if (!isLetterOrNumber(point)) return gapShape
  return isDigits.test(char) ? lookAs('digit', [char], { isWeak: true }) : lookAs('sign', [char], weaknessOf(char))
}

/** Every look has the same keys in the same order: reading mixed objects is several times slower. */
function lookAs(
  kind: CharacterShape['kind'],
  readings: readonly string[],
  traits: Partial<CharacterShape> = {},
): CharacterShape {
  const { isUnspaced = false, isWeak = false, isFlag = false, isCased = false } = traits
  return { kind, readings, units: readings.map(listOf), isUnspaced, isWeak, isFlag, isCased }
}

function listOf(reading: string): number[] {
  const units: number[] = []
  for (let at = 0; at < reading.length; at++) units.push(reading.charCodeAt(at))
  return units
}

const nothing = lookAs('nothing', [])

const isDigits = /^\p{Nd}+$/u
const isWord = /^[\p{L}\p{N}]+$/u
const notOfWord = /[^\p{L}\p{M}\p{N}]/gu
/** A letter to Unicode and a blank to the eye. */
const emptyBraille = 0x2800
/** Signs of everyday typing, and regional indicators, which are flags far more often than letters. */
function weaknessOf(sign: string): Partial<CharacterShape> {
  const isFlag = /^\p{Regional_Indicator}$/u.test(sign)
  return { isFlag, isWeak: isFlag || /^[\x21-\x7e\xa1-\xbf\xd7€]$/.test(sign) }
}

/** The skeletons of one character as it stands, in lower and in upper case. */
function formsOf(char: string): string[] {
  const forms = Array.from(new Set([char, foldCase(char), char.toUpperCase()]), skeletonOf)
  // Of a letter with a stroke beside it (Ґ, to Unicode Г and an apostrophe) the letter is read.
  return forms.map(form => form.replace(notOfWord, '') || form)
}

/** The letters that people type it for, by its own shape or that of its skeleton. */
function styledFrom(char: string, forms: readonly string[]): string[] {
  return [char, char.normalize('NFKD'), ...forms].flatMap(form => styledLetters.get(form) ?? [])
}

const styledLetters = readStyled()
const drawnLetters: readonly DrawnLetter[] = drawn.map(([char, to], i) => {
  return {
    char,
    own: codeUnitsOf(char),
    number: firstDrawn + i,
    look: lookAs('sign', [skeletonOf(to)], { isWeak: true }),
  }
})

/** The code points of which a table says what they look like. What else nothing changes is read as itself. */
const inTables = new Set(
  [prototypes, hanForms, swaps, styledLetters].flatMap(table => [...table.keys()]).map(char => char.codePointAt(0)),
)
for (let point = 0x30a1; point <= 0x30f6; point++) inTables.add(point)

const firstOfDrawn = new Set(drawnLetters.map(({ own }) => own[0]))
/** By the two signs of ASCII that drawn letters begin with: which list has them, or 0. */
const drawnLists = new Uint8Array(0x4000)
const drawnByPair: DrawnLetter[][] = []
for (const letter of drawnLetters) {
  const pair = pairOf(letter.own[0] as number, letter.own[1] as number)
  drawnLists[pair] ||= drawnByPair.push([])
  drawnByPair[(drawnLists[pair] as number) - 1]?.push(letter)
}

/** Two signs as one number, at or above 0x4000 where they are not of ASCII. */
function pairOf(first: number, second: number): number {
  return (first << 7) | (second < 0x80 ? second : 0x4000)
}

/** Katakana that look like Han: each may be read as the other, and as the hiragana that it is. */
function kanaLikeHan(): [string, string][] {
  return [...prototypes].flatMap(([char, han]): [string, string][] => {
    const kana = hiraganaOf(char.codePointAt(0) as number)
    return kana !== undefined && /^\p{Script=Han}$/u.test(han)
      ? [
          [han, char],
          [kana, han],
        ]
      : []
  })
}

function readStyled(): Map<string, string[]> {
  const groups = hanAlike.split(' ').flatMap(group => Array.from(group, (char): [string, string] => [char, group]))
  const letters = new Map<string, string[]>()
  const forms = [...japaneseForms]
  const both = [...forms, ...forms.map(([form, to]): [string, string] => [to, form])]
  for (const [to, chars] of [...styled, ...groups, ...both, ...kanaLikeHan()]) {
    for (const char of chars) letters.set(char, [...(letters.get(char) ?? []), skeletonOf(to)])
  }
  return letters
}
