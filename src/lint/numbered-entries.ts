/**
 * The places of entries that have a number before them: two or more whose numbers follow one another, since the name of
 * one may begin so (`1. FC Köln`). Pure.
 */
export function numberedIn(texts: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>()
  let last = { place: -1, number: Number.NaN }
  for (const [place, text] of texts.entries()) {
    const digits = numbered.exec(text)?.[1]
    if (digits === undefined) continue
    const number = Number(digits)
    if (number === last.number + 1) found.add(last.place).add(place)
    last = { place, number }
  }
  return found
}

const numbered = /^[(（]?(\d{1,6})(?:[.:)）、．：]|[.:)）]? +[-–—])(?=\s*[^\d\s])/u
