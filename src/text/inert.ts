/**
 * True in the vast ranges whose characters no case or normal form changes, and which join nothing: Han (but for
 * compatibility ideographs), halves of pairs, private use, and planes of nothing. What is known of so many need not be
 * asked of each. Pure.
 */
export function isInert(point: number): boolean {
  if (point < 0x20000) return (point >= 0x3400 && point < 0xa000) || (point >= 0xd800 && point < 0xf900)
  return point < 0x2f800 || (point >= 0x2fa20 && point < 0xe0000) || point >= 0xf0000
}

/**
 * True for Han among the inert, letters all of them; the others are no letters, digits or marks. Most need not be looked
 * up: the first blocks have been full since Unicode 3.1. Pure.
 */
export function isInertHan(point: number): boolean {
  if (point >= 0xd800 && point < 0xf900) return false
  if (point >= 0x4e00 && point < 0x9fa6) return true
  if (point >= 0x20000 && point < 0x2a6d7) return true
  return point < 0xf0000 && /^\p{Script=Han}$/u.test(String.fromCodePoint(point))
}
