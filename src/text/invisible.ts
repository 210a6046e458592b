/**
 * Remove invisible characters (Unicode's Default_Ignorable_Code_Point) from a text.
 *
 * Joiners and selectors stay where they have a visible effect: in an emoji (families, VS15 and VS16, keycaps, the tags
 * of flags) and in a script that needs them (joiners between letters of joining and Indic scripts and after a virama,
 * Mongolian selectors, variants of Han). A second one in the same place is removed. Linear and idempotent.
 */
export function removeInvisible(text: string): string {
  if (!hasInvisible.test(text)) return text
  return text.replace(runs, (run: string, at: number) => {
    const after = text.codePointAt(at + run.length)
    return kept(run, charBefore(text, at), after === undefined ? '' : String.fromCodePoint(after))
  })
}

/** Matches a character that is invisible by itself. */
export const hasInvisible = /\p{Default_Ignorable_Code_Point}/u

const runs = /\p{Default_Ignorable_Code_Point}+/gu

/** The code point that ends at an index; empty at the start. */
function charBefore(text: string, at: number): string {
  if (at === 0) return ''
  const isPair = at > 1 && text.charCodeAt(at - 1) >> 10 === 0x37 && text.charCodeAt(at - 2) >> 10 === 0x36
  return text.slice(at - (isPair ? 2 : 1), at)
}

/** What to keep of a run of invisible characters, depending on the visible characters on both sides. */
function kept(run: string, before: string, after: string): string {
  if (before === '') return ''
  let out = before === blackFlag ? (flagTags.exec(run)?.[0] ?? '') : ''
  for (const char of run) {
    if (!neverKept.test(char) && belongs(char, out, before, after)) out += char
  }
  return out
}

/** The tags of a flag such as Scotland's: three to six letters and digits, and the closing tag. */
const flagTags = /[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/u
const blackFlag = '\u{1f3f4}'

/** Zero width space, direction marks and the like: never needed, and the most common. */
const neverKept = /[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/

/** Whether an invisible character has a visible effect after `so`, the part of its run kept so far. */
function belongs(char: string, so: string, before: string, after: string): boolean {
  if (emojiSelector.test(char)) return so === '' && selectsEmoji(char, before, after)
  if (char === '\u200c' || char === '\u200d') return joins(char, so, before, after)
  if (mongolianSelector.test(char)) return so === '' && mongolian.test(before)
  if (char === vowelSeparator) return mongolian.test(before) && mongolian.test(after) && !so.includes(char)
  return so === '' && hanSelector.test(char) && han.test(before)
}

function selectsEmoji(char: string, before: string, after: string): boolean {
  if (keycapBase.test(before)) return char === '\ufe0f' && after === '\u20e3'
  return emoji.test(before)
}

function joins(char: string, so: string, before: string, after: string): boolean {
  if (emojiPart.test(before)) {
    return char === '\u200d' && (so === '' || emojiSelector.test(so)) && pictograph.test(after)
  }
  if (so !== '' && !mongolianSelector.test(so)) return false
  return virama.test(before) || (joining.test(before) && joining.test(after))
}

const vowelSeparator = '\u180e'
const emojiSelector = /^[\ufe0e\ufe0f]$/
const keycapBase = /^[\d#*]$/
const mongolianSelector = /^[\u180b-\u180d\u180f]$/
/** VS1 to VS3 choose compatibility forms, VS17 and up ideographic variants. StandardizedVariants.txt, UTS #37. */
const hanSelector = /^[\ufe00-\ufe02\u{e0100}-\u{e01ef}]$/u
const han = /^\p{Script=Han}$/u
const emoji = /^\p{Emoji}$/u
const pictograph = /^\p{Extended_Pictographic}$/u
const emojiPart = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u
const mongolian = /^(?=[\p{L}\p{M}])\p{Script_Extensions=Mongolian}$/u

/**
 * Scripts in which a joiner changes what is read: cursive ones, and Brahmic ones, where it chooses between a ligature
 * and separate letters. The Unicode Standard, chapters 9 and 12 to 17, 23.2.
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
