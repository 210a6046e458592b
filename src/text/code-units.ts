/** The UTF-16 code units of a text: passes over them take half the time that they take over the text. Pure, linear. */
export function codeUnitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at)
  return units
}

/** The code point at a place; half a pair stands for itself. Pure. */
export function pointAt(units: Uint16Array, at: number): number {
  const unit = units[at] as number
  if (unit < 0xd800 || unit > 0xdbff || at + 1 === units.length) return unit
  const low = units[at + 1] as number
  return low < 0xdc00 || low > 0xdfff ? unit : (unit - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000
}
/** True for a text of ASCII alone. Pure, linear. */
export function isAscii(text: string): boolean {
  return ascii.test(text)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const ascii = /^[\x00-\x7f]*$/
