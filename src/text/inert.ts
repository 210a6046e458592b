/**
 * True in the vast ranges whose characters no case or normal form changes, and which join nothing: Han (but for
 * compatibility ideographs), halves of pairs, private use, and planes of nothing. What is known of so many need not be
 * asked of each. Pure.
 */
export function isInert(point: number): boolean {
  if (point < 0x20000) return (point >= 0x3400 && point < 0xa000) || (point >= 0xd800 && point < 0xf900)
  return point < 0x2f800 || (point >= 0x2fa20 && point < 0xe0000) || point >= 0xf0000
}
