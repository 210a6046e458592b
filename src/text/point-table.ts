/**
 * A number from 1 to 255 for each code point, worked out when first asked for and then kept. `make` must be pure.
 *
 * For passes over long texts: an array of bytes answers in a few ns, whatever the code point. The system hands out
 * the megabyte behind it page by page, as it is used.
 */
export function pointTable(make: (point: number) => number): (point: number) => number {
  const known = new Uint8Array(0x110000)
  return point => known[point] || remember(known, point, make(point))
}

function remember(known: Uint8Array, point: number, made: number): number {
  known[point] = made
  return made
}
