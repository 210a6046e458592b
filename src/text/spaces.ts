/** Trim white space at both ends. White space is Unicode's White_Space, which includes U+0085 but not U+FEFF. */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** Replace each run of white space with one space (U+0020); the ends are not trimmed. */
export function collapseSpaces(text: string): string {
  // Most texts have only single spaces, and testing is quicker than replacing.
  return moreThanSingleSpaces.test(text) ? text.replace(/\p{White_Space}+/gu, ' ') : text
}

const moreThanSingleSpaces = / {2}|(?! )\p{White_Space}/u

/**
 * True if a reader sees nothing: the text is empty, or only white space, invisible and control characters.
 *
 * U+2800, the empty Braille pattern, also counts: Unicode calls it a symbol, but it looks like a space.
 */
export function isBlank(text: string): boolean {
  return !/[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u.test(text)
}

/** White_Space of the Unicode Character Database, PropList.txt: a stable list, all in the first plane. */
export function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
  if (unit < 0x2000) return unit === 0x85 || unit === 0xa0 || unit === 0x1680
  if (unit <= 0x200a) return true
  return unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000
}
