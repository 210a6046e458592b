/**
 * The text without invisible characters (Unicode's Default_Ignorable_Code_Point).
 *
 * Joiners and selectors stay where they show: in an emoji (families, VS15 and VS16, keycaps, the tags of flags)
 * and in a script that needs them (joiners between letters of joining and Indic scripts and after a virama,
 * Mongolian selectors, variants of Han). A second one in the same place goes. Pure, linear, idempotent.
 */
export function removeInvisible(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}+/gu, (run, offset: number) =>
    keep(run, codePointBefore(text, offset), codePointAfter(text, offset + run.length)),
  )
}

/** What stays of a run of invisible characters, judged by the visible characters on both sides. */
function keep(run: string, before: string, after: string): string {
  if (before === '') return ''
  let kept = before === '🏴' ? flagTags(run) : ''
  for (const char of run) {
    if (belongs(char, kept, before, after)) kept += char
  }
  return kept
}

function belongs(char: string, kept: string, before: string, after: string): boolean {
  if (isEmojiSelector.test(char)) return kept === '' && selectsEmoji(char, before, after)
  if (isJoiner.test(char)) return joins(char, kept, before, after)
  if (isMongolianSelector.test(char)) return kept === '' && isMongolian.test(before)
  if (char === mongolianVowelSeparator)
    return isMongolian.test(before) && isMongolian.test(after) && !kept.includes(char)
  return kept === '' && isHanSelector.test(char) && isHan.test(before)
}

function selectsEmoji(char: string, before: string, after: string): boolean {
  if (isKeycapBase.test(before)) return char === '\ufe0f' && after === '\u20e3'
  return isEmoji.test(before)
}

function joins(char: string, kept: string, before: string, after: string): boolean {
  if (isEmojiPart.test(before)) {
    return char === '\u200d' && (kept === '' || isEmojiSelector.test(kept)) && isPictograph.test(after)
  }
  if (kept !== '' && !isMongolianSelector.test(kept)) return false
  return isVirama.test(before) || (isJoining.test(before) && isJoining.test(after))
}

/** The tags of a flag such as Scotland's: three to six letters and digits, and the closing tag. */
function flagTags(run: string): string {
  return /[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/u.exec(run)?.[0] ?? ''
}

function codePointBefore(text: string, offset: number): string {
  if (offset === 0) return ''
  const low = text.charCodeAt(offset - 1)
  const paired = low >= 0xdc00 && low <= 0xdfff && (text.codePointAt(offset - 2) ?? 0) > 0xffff
  return text.slice(offset - (paired ? 2 : 1), offset)
}

function codePointAfter(text: string, offset: number): string {
  const point = text.codePointAt(offset)
  return point === undefined ? '' : String.fromCodePoint(point)
}

const isEmojiSelector = /^[\ufe0e\ufe0f]$/
const isJoiner = /^[\u200c\u200d]$/
const isKeycapBase = /^[0-9#*]$/
const isEmoji = /^\p{Emoji}$/u
const isPictograph = /^\p{Extended_Pictographic}$/u
const isEmojiPart = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u

const isHan = /^\p{Script=Han}$/u
/** VS1 to VS3 choose compatibility forms, VS17 and up ideographic variants. StandardizedVariants.txt, UTS #37. */
const isHanSelector = /^[\ufe00-\ufe02\u{e0100}-\u{e01ef}]$/u

const isMongolian = /^(?=[\p{L}\p{M}])\p{Script_Extensions=Mongolian}$/u
const isMongolianSelector = /^[\u180b-\u180d\u180f]$/
const mongolianVowelSeparator = '\u180e'

/**
 * Letters and marks of scripts in which a joiner changes what is read: the cursive ones, and the Brahmic ones,
 * where it chooses between a ligature and separate letters. The Unicode Standard, chapters 9 and 12 to 17, 23.2.
 */
const isJoining = new RegExp(
  `^(?=[\\p{L}\\p{M}])[${[
    ...['Arabic', 'Syriac', 'Nko', 'Mandaic', 'Mongolian', 'Phags_Pa', 'Adlam', 'Hanifi_Rohingya', 'Manichaean'],
    ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam'],
    ...['Sinhala', 'Tibetan', 'Myanmar', 'Khmer', 'Balinese', 'Javanese', 'Sundanese', 'Limbu', 'Meetei_Mayek'],
    ...['Saurashtra', 'Chakma', 'Grantha', 'Newa', 'Tirhuta', 'Sharada', 'Kaithi', 'Modi', 'Syloti_Nagri'],
  ]
    .map(script => `\\p{Script_Extensions=${script}}`)
    .join('')}]$`,
  'u',
)

/** Signs that drop the vowel of an Indic letter; a joiner after one shows even at the end of a word (RFC 5892, A.1). */
const isVirama = /^[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u1039\u17d2]$/
