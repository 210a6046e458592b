import { codeUnitsOf } from '../code-units.ts'
import { drawn, hanAlike, styled } from '../data/styled.ts'
import { foldCase } from '../fold.ts'
import { hanForms, japaneseForms } from '../han-forms.ts'
import { lazily } from '../memo.ts'
import { type PointTable, pointTable } from '../point-table.ts'
import { isCaseless, isDecomposed, isLetter, isLetterOrNumber, isMark } from '../properties.ts'
import { isSpace } from '../spaces.ts'
import { isUnspaced } from '../words/segments.ts'
import {
  firstKatakana,
  hiraganaOf,
  isAccent,
  isInvisible,
  isModifier,
  lastKatakana,
  prototypes,
  skeletonOf,
  swaps,
} from './skeleton.ts'

/**
 * How readers see a character.
 *
 * `nothing` is not visible (invisible characters, accents); a `sign` may be a letter (`@dmin`) or separate letters
 * (`admin@home`); a `gap` only separates them, and a `space` is a gap of white space.
 */
export type CharacterShape = {
  kind: 'nothing' | 'letter' | 'mark' | 'digit' | 'sign' | 'gap' | 'space'
  /** The skeletons that it can be read as, its own first, of one or more code units. Empty for gaps and nothing. */
  readings: readonly string[]
  /** The readings as code units; undefined until they are needed. */
  units: readonly (readonly number[])[] | undefined
  /** True for letters of scripts without spaces between words. */
  isUnspaced: boolean
  /** True when it means a letter only in the company of letters: digits and signs of leetspeak, flag letters. */
  isWeak: boolean
  /** True for regional indicators, which form a flag in pairs. */
  isFlag: boolean
  /** True if it looks like different letters in upper and lower case (Greek Η and η). */
  isCased: boolean
}

/** The shapes of characters that are never read. */
export const gapShape: CharacterShape = lookAs('gap', [])
export const spaceShape: CharacterShape = lookAs('space', [])

/** The shape of a code point, or of a letter drawn with several. Uses a bounded cache. */
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

/** The readings of a shape as code units, which are quicker to process than texts. */
export function unitsOf(shape: CharacterShape): readonly (readonly number[])[] {
  shape.units ??= shape.readings.map(listOf)
  return shape.units
}

/** The letter that several signs draw at an index (`/\\` for a), as a number above all code points, or 0. */
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

/** The character, or the characters that draw a letter. */
export function charOf(point: number): string {
  return point < firstDrawn ? String.fromCodePoint(point) : (drawnLetters[point - firstDrawn] as DrawnLetter).char
}

type DrawnLetter = { char: string; own: Uint16Array; number: number; look: CharacterShape }

/** The first number for letters that are drawn with several characters. */
const firstDrawn = 0x110000

/**
 * What a scan of a text needs to know about each shape, as the bits of a byte: its kind (`kind`) and other properties.
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
  /** It is, or may begin, a letter drawn with several signs. */
  isDrawn: 64,
  /** It is only read as itself, so its readings need not be looked up. */
  isItself: 128,
} as const

/** The traits of the shape of each code point. */
export const allTraits: PointTable = pointTable(point => {
  const known = commonTraits(point)
  if (known !== 0) return known
  return packed(shapeOf(point), String.fromCodePoint(point)) | (firstOfDrawn.has(point) ? traits.isDrawn : 0)
})

/** A fast path for characters that are very common; 0 for others. */
function commonTraits(point: number): number {
  // Hangul syllables are read as their letters.
  if (point >= 0xac00 && point <= 0xd7a3) return traits.letter
  if (inTables()[point] === 1) return hanForms.has(String.fromCodePoint(point)) ? traits.letter | traits.isUnspaced : 0
  if (!isLetter(point) || !isReadAsItself(point)) return 0
  return traits.letter | traits.isItself | (isUnspaced(point) ? traits.isUnspaced : 0)
}

/** True for characters that are only read as themselves, which need no shape. */
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

/** Allocated in full: an array that grows with holes is many times slower. */
const looks: (CharacterShape | undefined)[] = new Array(0x10000)
const rareLooks = new Map<number, CharacterShape>()

function makeLook(point: number): CharacterShape {
  if (isSpace(point) || point === emptyBraille) return spaceShape
  if (isInvisible(point)) return nothing
  const char = String.fromCodePoint(point)
  if (isReadAsItself(point)) return unchangedLook(point, char)
  if (isMark(point)) return isAccent(char) ? nothing : lookAs('mark', [char])
  const forms = formsOf(point, char)
  // A modifier letter like an apostrophe, or an Arabic vowel sign with a form of its own.
  if (forms.includes('')) return isModifier.test(char) ? gapShape : nothing
  const readings = readingsOf(point, char, forms)
  const isCased = forms.some(form => form !== forms[0])
  if (isLetter(point)) return lookAs('letter', readings, { isCased, isUnspaced: isUnspaced(point) })
  if (isDigits.test(char.normalize('NFKD'))) return lookAs('digit', readings, { isWeak: true })
  const letters = readings.filter(reading => isWord.test(reading))
  return letters.length === 0 ? gapShape : lookAs('sign', letters, { isCased, ...weaknessOf(char) })
}

/** True for characters in no table that Unicode does not change: they are read as themselves, if at all. */
function isReadAsItself(point: number): boolean {
  return inTables()[point] === 0 && isCaseless(point) && isDecomposed(point) && !isInvisible(point)
}

/** The shape of a character that is read as itself, if at all. */
function unchangedLook(point: number, char: string): CharacterShape {
  if (isLetter(point)) return lookAs('letter', [char], { isUnspaced: isUnspaced(point) })
  if (isMark(point)) return isAccent(char) ? nothing : lookAs('mark', [char])
  if (!isLetterOrNumber(point)) return gapShape
  return isDigits.test(char) ? lookAs('digit', [char], { isWeak: true }) : lookAs('sign', [char], weaknessOf(char))
}

/** Every shape has the same keys in the same order: reading mixed objects is several times slower. */
function lookAs(
  kind: CharacterShape['kind'],
  readings: readonly string[],
  traits: Partial<CharacterShape> = {},
): CharacterShape {
  const { isUnspaced = false, isWeak = false, isFlag = false, isCased = false } = traits
  return { kind, readings, units: undefined, isUnspaced, isWeak, isFlag, isCased }
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
/** A symbol in Unicode that looks like a space. */
const emptyBraille = 0x2800
/** Whether a sign is weak: everyday signs, and regional indicators, which are flags far more often than letters. */
function weaknessOf(sign: string): Partial<CharacterShape> {
  const isFlag = /^\p{Regional_Indicator}$/u.test(sign)
  return { isFlag, isWeak: isFlag || /^[\x21-\x7e\xa1-\xbf\xd7€]$/.test(sign) }
}

/** The skeletons of a character as written, in lower case and in upper case. */
function formsOf(point: number, char: string): string[] {
  const cases = isCaseless(point) ? [char] : [...new Set([char, foldCase(char), char.toUpperCase()])]
  return cases.map(each => withoutStroke(skeletonOf(each)))
}

/** For a letter with a stroke (Ґ, in Unicode Г and an apostrophe), the letter is read. */
function withoutStroke(form: string): string {
  if (form.length === 1 && isLetterOrNumber(form.charCodeAt(0))) return form
  return form.replace(notOfWord, '') || form
}

/** The forms, and the letters that people use the character for because of its own shape or that of a form. */
function readingsOf(point: number, char: string, forms: readonly string[]): string[] {
  const readings: string[] = []
  for (const form of forms) addNew(readings, form)
  addStyled(readings, char)
  if (!isDecomposed(point)) addStyled(readings, char.normalize('NFKD'))
  for (const form of forms) addStyled(readings, form)
  return readings
}

function addStyled(readings: string[], form: string): void {
  const letters = styledLetters().get(form)
  if (letters !== undefined) for (const letter of letters) addNew(readings, letter)
}

function addNew(readings: string[], reading: string): void {
  if (!readings.includes(reading)) readings.push(reading)
}

const styledLetters = lazily(readStyled)
const drawnLetters: readonly DrawnLetter[] = drawn.map(([char, to], i) => {
  return {
    char,
    own: codeUnitsOf(char),
    number: firstDrawn + i,
    look: lookAs('sign', [skeletonOf(to)], { isWeak: true }),
  }
})

/** 1 for code points with an entry in a table. All others that nothing changes are read as themselves. */
const inTables = lazily(() => {
  const points = new Uint8Array(0x110000)
  for (const table of [prototypes, hanForms, swaps, styledLetters()]) {
    for (const char of table.keys()) points[char.codePointAt(0) as number] = 1
  }
  return points.fill(1, firstKatakana, lastKatakana + 1)
})

const firstOfDrawn = new Set(drawnLetters.map(({ own }) => own[0]))
/** For the two ASCII signs that a drawn letter begins with: its list, or 0. */
const drawnLists = new Uint8Array(0x4000)
const drawnByPair: DrawnLetter[][] = []
for (const letter of drawnLetters) {
  const pair = pairOf(letter.own[0] as number, letter.own[1] as number)
  drawnLists[pair] ||= drawnByPair.push([])
  drawnByPair[(drawnLists[pair] as number) - 1]?.push(letter)
}

/** Two signs as one number; at least 0x4000 if they are not ASCII. */
function pairOf(first: number, second: number): number {
  return (first << 7) | (second < 0x80 ? second : 0x4000)
}

/** Katakana that look like Han: each may be read as the other, and as the hiragana that it is. */
function kanaLikeHan(): [string, string][] {
  const pairs: [string, string][] = []
  for (let point = firstKatakana; point <= lastKatakana; point++) {
    const char = String.fromCodePoint(point)
    const han = prototypes.get(char)
    if (han !== undefined && /^\p{Script=Han}$/u.test(han)) pairs.push([han, char], [hiraganaOf(point) as string, han])
  }
  return pairs
}

function readStyled(): Map<string, string[]> {
  const groups = hanAlike.split(' ').flatMap(group => Array.from(group, (char): [string, string] => [char, group]))
  const letters = new Map<string, string[]>()
  const forms = [...japaneseForms]
  const both = [...forms, ...forms.map(([form, to]): [string, string] => [to, form])]
  for (const [to, chars] of [...styled, ...groups, ...both, ...kanaLikeHan()]) {
    const reading = skeletonOf(to)
    for (const char of chars) {
      const known = letters.get(char)
      if (known === undefined) letters.set(char, [reading])
      else known.push(reading)
    }
  }
  return letters
}
