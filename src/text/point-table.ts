/**
 * A number from 1 to 255 for each code point, computed on first use and then kept.
 *
 * For scanning long texts: most scans read `units` for each code unit and call `of` only if that is 0, which takes a
 * third of the time of calling it for each code point.
 */
export type PointTable = {
  of: (point: number) => number
  /** The numbers of code units; 0 if not yet known, and always 0 for surrogates. */
  units: Uint8Array
}

/** A table of the results of `make`, which must be pure. The system allocates the megabyte behind it page by page. */
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
