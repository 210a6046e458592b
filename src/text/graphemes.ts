/** The graphemes of a text, what a reader calls characters, in order (UAX #29). Pure, linear. */
export function graphemes(text: string): string[] {
  const found: string[] = []
  for (let at = 0; at < text.length; ) {
    for (const end of endsFrom(text, at)) {
      found.push(text.slice(at, end))
      at = end
    }
  }
  return found
}

/** How many graphemes a text has; counting stops at `atMost`. Pure, linear. */
export function countGraphemes(text: string, atMost = Number.POSITIVE_INFINITY): number {
  let count = 0
  for (let at = 0; at < text.length && count < atMost; ) {
    const ends = endsFrom(text, at)
    count += ends.length
    at = ends.at(-1) as number
  }
  return Math.min(count, atMost)
}

/** The first `count` graphemes of a text. Pure, idempotent; looks at no more of the text than it keeps. */
export function cutTo(text: string, count: number): string {
  if (text.length <= count) return text
  let left = count
  let at = 0
  while (left > 0 && at < text.length) {
    const ends = endsFrom(text, at).slice(0, left)
    left -= ends.length
    at = ends.at(-1) as number
  }
  return text.slice(0, at)
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Where the next graphemes end, at least one; `at` must begin one and not be the end of the text.
 *
 * The text is handed to the segmenter in windows: on one long text its time grows with the square of the length.
 */
function endsFrom(text: string, at: number): number[] {
  const simple = simpleEnds(text, at)
  if (simple.length > 0) return simple
  for (let size = windowSize; ; size *= 2) {
    const window = text.slice(at, complexEnd(text, at, at + size))
    const ends = Array.from(segmenter.segment(window), ({ index, segment }) => at + index + segment.length)
    const isWhole = at + window.length === text.length || isBreak(text, at + window.length)
    // The last grapheme may go on behind the window.
    if (isWhole) return ends
    if (ends.length > 1) return ends.slice(0, -1)
  }
}

const windowSize = 128

/** The ends of up to a window of graphemes that are one simple code unit each, perhaps with accents. */
function simpleEnds(text: string, from: number): number[] {
  const ends: number[] = []
  for (let at = from; at < text.length && ends.length < windowSize && isSimple(text.charCodeAt(at)); ) {
    at++
    while (isAccent(text.charCodeAt(at))) at++
    if (at < text.length && !isSimple(text.charCodeAt(at))) break
    ends.push(at)
  }
  return ends
}

/** The accents of Latin, Greek and Cyrillic: they join whatever stands before them. Past the end there is none. */
function isAccent(unit: number): boolean {
  return unit >= 0x300 && unit < 0x370
}

/** Where the simple part begins again, or `limit`; never between two surrogates. */
function complexEnd(text: string, at: number, limit: number): number {
  let end = at + 1
  while (end < limit && !isBreak(text, end)) end++
  return end < text.length && (text.codePointAt(end - 1) as number) > 0xffff ? end + 1 : end
}

/** True when graphemes surely part here: between two simple code units, or at the end of the text. */
function isBreak(text: string, at: number): boolean {
  return at === text.length || (isSimple(text.charCodeAt(at - 1)) && isSimple(text.charCodeAt(at)))
}

/**
 * Code units that never join one another: printable ASCII, the letters of Latin, Greek and Cyrillic, kana, Han,
 * whole Hangul syllables, full-width forms. Other than these a grapheme can hold (accents, selectors, joiners).
 */
function isSimple(unit: number): boolean {
  if (unit < 0x300) return (unit >= 0x20 && unit < 0x7f) || (unit > 0xa0 && unit !== 0xad)
  if (unit < 0x530) return (unit >= 0x370 && unit < 0x483) || unit >= 0x48a
  if (unit < 0x3041) return unit >= 0x1e00 && unit < 0x2000
  if (unit < 0x3400) return (unit <= 0x3096 || unit >= 0x30a1) && unit <= 0x30ff
  return unit <= 0x9fff || (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0xff01 && unit <= 0xff60)
}
