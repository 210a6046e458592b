/**
 * A number from 1 to 255 for each code point, worked out when first asked for and then kept.
 *
 * For passes over long texts: most of them look at `units` for each code unit and only ask `of` where that says 0,
 * which takes a third of the time of asking about each code point.
 */
export type PointTable = {
  of: (point: number) => number
  /** The numbers of code units: 0 as long as they are not known, and always of the halves of pairs. */
  units: Uint8Array
}

/** A table of what `make`, which must be pure, says. The system hands out the megabyte behind it page by page. */
export function pointTable(make: (point: number) => number): PointTable {
  const known = new Uint8Array(0x110000)
  const units = new Uint8Array(0x10000)
  const remember = (point: number) => {
    const made = make(point)
    known[point] = made
    if (point < 0xd800 || (point > 0xdfff && point < 0x10000)) units[point] = made
    return made
  }
  return { of: point => known[point] || remember(point), units }
}
