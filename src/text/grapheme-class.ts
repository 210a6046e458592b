import { isInert } from './inert.ts'
import { type PointTable, pointTable } from './point-table.ts'
import { isLetter, setOf, withAll } from './properties.ts'

/**
 * What a code point does to the graphemes on both sides, by the classes of UAX #29 (Grapheme_Cluster_Break, with
 * Extended_Pictographic and Indic_Conjunct_Break).
 */
export const graphemeClass = {
  other: 1,
  control: 2,
  cr: 3,
  lf: 4,
  /** Extend, which parts the consonants of a conjunct. */
  extend: 5,
  /** Extend, which does not. */
  conjunctExtend: 6,
  linker: 7,
  zwj: 8,
  spacingMark: 9,
  prepend: 10,
  consonant: 11,
  pictograph: 12,
  regional: 13,
  l: 14,
  v: 15,
  t: 16,
  lv: 17,
  lvt: 18,
} as const

/** The classes of code points; half a pair is like a letter. */
export const graphemeClasses: PointTable = pointTable(makeClass)

/**
 * JavaScript has properties for some classes. The others are seen from what the segmenter of this very platform
 * does, so there is no table to keep, and none that could be of another version of Unicode.
 */
function makeClass(point: number): number {
  if (isInert(point)) return graphemeClass.other
  if (point === 0x0d) return graphemeClass.cr
  if (point === 0x0a) return graphemeClass.lf
  if (point === 0x200d) return graphemeClass.zwj
  if (point >= 0xac00 && point <= 0xd7a3) return (point - 0xac00) % 28 === 0 ? graphemeClass.lv : graphemeClass.lvt
  const char = String.fromCodePoint(point)
  if (isPlain(point)) return graphemeClass.other
  if (/^\p{Extended_Pictographic}$/u.test(char)) return graphemeClass.pictograph
  if (/^\p{Regional_Indicator}$/u.test(char)) return graphemeClass.regional
  if (!isOne(`${char}\u0301`)) return graphemeClass.control
  if (isOne(`a${char}`)) return classOfJoined(char)
  if (isOne(`${char}a`)) return graphemeClass.prepend
  if (isOne(`\u0915\u094d${char}`)) return graphemeClass.consonant
  return classOfJamo(char)
}

/** They join nothing, and are most of all. */
function isPlain(point: number): boolean {
  return (isSign(point) || (isLetter(point) && isOfPlainScript(point))) && !mayJoin(point)
}

/** Signs, digits, cased letters, Han, private use and what is not assigned. */
const isSign = setOf(withAll(/[\p{P}\p{S}\p{N}\p{Zs}\p{LC}\p{Script=Han}\p{Co}\p{Cn}]+/gu))

/** Of the scripts with the most letters, those that have none that joins. */
const isOfPlainScript = setOf(
  withAll(
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Ethiopic}\p{Script=Canadian_Aboriginal}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Yi}\p{Script=Vai}\p{Script=Bamum}\p{Script=Tangut}\p{Script=Nushu}\p{Script=Egyptian_Hieroglyphs}\p{Script=Anatolian_Hieroglyphs}\p{Script=Cuneiform}]+/gu,
  ),
)

const mayJoin = setOf(
  withAll(
    /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Grapheme_Extend}\p{Emoji_Modifier}\p{Default_Ignorable_Code_Point}]+/gu,
  ),
)

function classOfJoined(char: string): number {
  if (!isOne(`👩${char}\u200d👩`)) return graphemeClass.spacingMark
  if (isOne(`\u0915${char}\u0915`)) return graphemeClass.linker
  return isOne(`\u0915\u094d${char}\u0915`) ? graphemeClass.conjunctExtend : graphemeClass.extend
}

/** Vowels of Kirat Rai, too, join as the jamo of Hangul do. */
function classOfJamo(char: string): number {
  const [l, v, lvt] = ['\u1100', '\u1161', '각']
  if (isOne(v + char)) return isOne(char + v) ? graphemeClass.v : graphemeClass.t
  if (!isOne(l + char)) return graphemeClass.other
  if (isOne(char + lvt)) return graphemeClass.l
  return isOne(char + v) ? graphemeClass.lv : graphemeClass.lvt
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** True when a short text is one grapheme. On long texts the time of the segmenter grows with the square. */
function isOne(text: string): boolean {
  return segmenter.segment(text).containing(0)?.segment === text
}
