/**
 * How many lines a text has: its line breaks and one more. CR and LF together are one break.
 *
 * What always ends a line: UAX #14, classes BK, CR, LF and NL. Linear.
 */
export function countLines(text: string): number {
  let lines = 1
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isBreak(unit) && !(unit === lineFeed && text.charCodeAt(at - 1) === carriageReturn)) lines++
  }
  return lines
}

const lineFeed = 0x0a
const carriageReturn = 0x0d

function isBreak(unit: number): boolean {
  return (unit >= lineFeed && unit <= carriageReturn) || unit === 0x85 || unit === 0x2028 || unit === 0x2029
}
