import { isInert, isInertHan } from './inert.ts'
import { pointTable } from './point-table.ts'
import { isIgnorable, setOf, withAll } from './properties.ts'
import { pointAt, textOf, unitsOf, unitsToWrite } from './units.ts'

/**
 * The text without invisible characters (Unicode's Default_Ignorable_Code_Point).
 *
 * Joiners and selectors stay where they show: in an emoji (families, VS15 and VS16, keycaps, the tags of flags)
 * and in a script that needs them (joiners between letters of joining and Indic scripts and after a virama,
 * Mongolian selectors, variants of Han). A second one in the same place goes. Pure, linear, idempotent.
 */
export function removeInvisible(text: string): string {
  if (!hasInvisible.test(text)) return text
  const units = unitsOf(text)
  const out = { units: unitsToWrite(units.length), length: 0 }
  const seen = out.units
  let length = 0
  let before = outside
  const { units: known } = sides
  for (let at = 0; at < units.length; ) {
    const unit = units[at] as number
    const own = known[unit] as number
    if (own !== 0 && own !== invisible) {
      seen[length++] = unit
      before = unit
      at++
      continue
    }
    const point = pointAt(units, at)
    if (sides.of(point) !== invisible) {
      seen[length++] = units[at++] as number
      if (point > 0xffff) seen[length++] = units[at++] as number
      before = point
      continue
    }
    const end = runEnd(units, at)
    const after = end < units.length ? pointAt(units, end) : 0
    if (before !== outside && end === at + 1) {
      if (belongs(unit, noneKept, before, after)) seen[length++] = unit
    } else if (before !== outside) {
      out.length = length
      keep({ units, at, end }, before, after, out)
      length = out.length
    }
    at = end
  }
  return textOf(seen, length)
}

type Out = { units: Uint16Array; length: number }

function put(out: Out, point: number): void {
  if (point > 0xffff) {
    out.units[out.length++] = 0xd7c0 + (point >> 10)
    out.units[out.length++] = 0xdc00 + (point & 0x3ff)
  } else {
    out.units[out.length++] = point
  }
}

function runEnd(units: Uint16Array, from: number): number {
  let end = from
  for (let point = 0; end < units.length; end += point > 0xffff ? 2 : 1) {
    point = pointAt(units, end)
    if (sides.of(point) !== invisible) break
  }
  return end
}

/** Some code units of a text, up to `end`. */
type Run = { units: Uint16Array; at: number; end: number }

/** What has been kept of a run so far: how many, the last of them, and whether a vowel separator is among them. */
type Kept = { count: number; last: number; hasSeparator: boolean }

/** What is kept before the first of a run. */
const noneKept: Kept = { count: 0, last: -1, hasSeparator: false }

/** What stays of a run of invisible characters, judged by the visible characters on both sides. */
function keep({ units, at: start, end }: Run, before: number, after: number, out: Out): void {
  const kept: Kept = { count: 0, last: outside, hasSeparator: false }
  if (before === blackFlag) {
    for (const tag of flagTags(textOf(units.subarray(start, end)))) {
      put(out, tag.codePointAt(0) as number)
      kept.count++
    }
  }
  for (let at = start, point = 0; at < end; at += point > 0xffff ? 2 : 1) {
    point = pointAt(units, at)
    if (!belongs(point, kept, before, after)) continue
    put(out, point)
    kept.count++
    kept.last = point
    kept.hasSeparator ||= point === mongolianVowelSeparator
  }
}

/** Zero width space, marks of direction and their like: nowhere is one needed, and they are the most common. Pure. */
export function isNeverKept(unit: number): boolean {
  if (unit < 0x200b) return unit === 0xad
  return unit === 0x200b || isDirection(unit) || (unit >= 0x2060 && unit <= 0x206f) || unit === 0xfeff
}

function isDirection(unit: number): boolean {
  return unit === 0x200e || unit === 0x200f || (unit >= 0x202a && unit <= 0x202e)
}

function belongs(point: number, kept: Kept, before: number, after: number): boolean {
  if (isEmojiSelector(point)) return kept.count === 0 && selectsEmoji(point, before, after)
  if (point === 0x200c || point === 0x200d) return joins(point, kept, before, after)
  if (isMongolianSelector(point)) return kept.count === 0 && is(before, side.mongolian)
  if (point === mongolianVowelSeparator) {
    return is(before, side.mongolian) && is(after, side.mongolian) && !kept.hasSeparator
  }
  return kept.count === 0 && isHanSelector(point) && is(before, side.han)
}

function selectsEmoji(point: number, before: number, after: number): boolean {
  if (isKeycapBase(before)) return point === 0xfe0f && after === 0x20e3
  return is(before, side.emoji)
}

function joins(point: number, kept: Kept, before: number, after: number): boolean {
  const isAfterOne = kept.count === 1
  if (is(before, side.emojiPart)) {
    return (
      point === 0x200d && (kept.count === 0 || (isAfterOne && isEmojiSelector(kept.last))) && is(after, side.pictograph)
    )
  }
  if (kept.count !== 0 && !(isAfterOne && isMongolianSelector(kept.last))) return false
  return is(before, side.virama) || (is(before, side.joining) && is(after, side.joining))
}

/** The tags of a flag such as Scotland's: three to six letters and digits, and the closing tag. */
function flagTags(run: string): string {
  return /[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/u.exec(run)?.[0] ?? ''
}

/** Finds what is invisible by itself. */
export const hasInvisible = /\p{Default_Ignorable_Code_Point}/u
/** Before the first code point. */
const outside = -1
const blackFlag = 0x1f3f4
const mongolianVowelSeparator = 0x180e

function isEmojiSelector(point: number): boolean {
  return point === 0xfe0e || point === 0xfe0f
}

function isKeycapBase(point: number): boolean {
  return (point >= 0x30 && point <= 0x39) || point === 0x23 || point === 0x2a
}

function isMongolianSelector(point: number): boolean {
  return (point >= 0x180b && point <= 0x180d) || point === 0x180f
}

/** VS1 to VS3 choose compatibility forms, VS17 and up ideographic variants. StandardizedVariants.txt, UTS #37. */
function isHanSelector(point: number): boolean {
  return (point >= 0xfe00 && point <= 0xfe02) || (point >= 0xe0100 && point <= 0xe01ef)
}

/** What a visible code point means to an invisible one beside it, as the bits of a byte. */
const side = { visible: 1, emoji: 2, pictograph: 4, emojiPart: 8, mongolian: 16, joining: 32, virama: 64, han: 128 }
/** Instead of them, of what cannot be seen. */
const invisible = 2

/** True for joiners and for the Mongolian vowel separator: whether they stay, the character behind them says, too. Pure. */
export function isJudgedByNext(point: number): boolean {
  return point === 0x200c || point === 0x200d || point === mongolianVowelSeparator
}

function is(point: number, what: number): boolean {
  return point !== outside && (sides.of(point) & what) !== 0
}

const sides = pointTable(point => {
  if (isInert(point)) return isInertHan(point) ? side.visible | side.han : side.visible
  if (isIgnorable(point)) return invisible
  let own = side.visible
  if ((point < 0x80 && !isKeycapBase(point)) || !hasSide(point)) return own
  const char = String.fromCodePoint(point)
  for (const [bit, pattern] of patternsOfSides) if (pattern.test(char)) own |= bit
  return own
})

/**
 * Letters and marks of scripts in which a joiner changes what is read: the cursive ones, and the Brahmic ones,
 * where it chooses between a ligature and separate letters. The Unicode Standard, chapters 9 and 12 to 17, 23.2.
 */
const joiningScripts = [
  ...['Arabic', 'Syriac', 'Nko', 'Mandaic', 'Mongolian', 'Phags_Pa', 'Adlam', 'Hanifi_Rohingya', 'Manichaean'],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam'],
  ...['Sinhala', 'Tibetan', 'Myanmar', 'Khmer', 'Balinese', 'Javanese', 'Sundanese', 'Limbu', 'Meetei_Mayek'],
  ...['Saurashtra', 'Chakma', 'Grantha', 'Newa', 'Tirhuta', 'Sharada', 'Kaithi', 'Modi', 'Syloti_Nagri'],
]
  .map(script => `\\p{Script_Extensions=${script}}`)
  .join('')
const joining = new RegExp(`^(?=[\\p{L}\\p{M}])[${joiningScripts}]$`, 'u')

/** Signs that drop the vowel of an Indic letter; a joiner after one shows even at the end of a word (RFC 5892, A.1). */
const virama = /^[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u1039\u17d2]$/

/** Finds most of what has no side. */
const hasSide = setOf(
  withAll(new RegExp(`[\\p{Emoji}\\p{Extended_Pictographic}\\p{Script=Han}${joiningScripts}]+`, 'gu')),
)

const patternsOfSides: readonly (readonly [number, RegExp])[] = [
  [side.emoji, /^\p{Emoji}$/u],
  [side.pictograph, /^\p{Extended_Pictographic}$/u],
  [side.emojiPart, /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u],
  [side.mongolian, /^(?=[\p{L}\p{M}])\p{Script_Extensions=Mongolian}$/u],
  [side.joining, joining],
  [side.virama, virama],
  [side.han, /^\p{Script=Han}$/u],
]
