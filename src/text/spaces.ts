import { textOf, unitsOf } from './units.ts'

/** White space at both ends dropped. White space is Unicode's White_Space, in which U+0085 is and U+FEFF is not. Pure. */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** Each run of white space as one blank (U+0020); the ends are not trimmed. Pure. */
export function collapseSpaces(text: string): string {
  const found = text.search(moreThanSingleBlanks)
  if (found === -1) return text
  // What was found may stand behind a single blank.
  const first = Math.max(0, found - 1)
  const units = unitsOf(text)
  let length = first
  let isAfterSpace = false
  for (let at = first; at < units.length; at++) {
    const unit = units[at] as number
    if (unit > 0x20 && unit < 0x85) {
      units[length++] = unit
      isAfterSpace = false
      continue
    }
    const space = isSpace(unit)
    if (!space || !isAfterSpace) units[length++] = space ? 0x20 : unit
    isAfterSpace = space
  }
  return textOf(units, length)
}

/** Most texts have single blanks only, and looking is quicker than replacing. */
const moreThanSingleBlanks = / {2}|[\t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/**
 * True when a reader sees nothing: the text is empty, or all white space, invisible and control characters.
 *
 * U+2800, the empty Braille pattern, counts as nothing too: it is a letter to Unicode and a blank to the eye. Pure.
 */
export function isBlank(text: string): boolean {
  return !/[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u.test(text)
}

/** White_Space of the Unicode Character Database, PropList.txt: a stable list, all of it in the first plane. */
export function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
  if (unit < 0x2000) return unit === 0x85 || unit === 0xa0 || unit === 0x1680
  if (unit <= 0x200a) return true
  return unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000
}
