/** The UTF-16 code units of a text: iterating over them takes half as long as over the text. Linear. */
export function codeUnitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at)
  return units
}

/** The code point at an index; a lone surrogate is returned as is. */
export function pointAt(units: Uint16Array, at: number): number {
  const unit = units[at] as number
  if (unit < 0xd800 || unit > 0xdbff || at + 1 === units.length) return unit
  const low = units[at + 1] as number
  return low < 0xdc00 || low > 0xdfff ? unit : (unit - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000
}

/** True for a text with only ASCII. Linear. */
export function isAscii(text: string): boolean {
  return ascii.test(text)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: this means all of ASCII.
const ascii = /^[\x00-\x7f]*$/
