/**
 * Searches a text for many substrings in one pass.
 *
 * Each substring is stored under two adjacent code units, the pair with the fewest others: a search looks up each pair
 * of the text once, however many substrings there are.
 */
export class Substrings {
  readonly #texts: string[] = []
  /** For each pair of code units: the substrings stored there, and the offset of the pair in each. */
  readonly #byPair = new Map<number, { id: number; offset: number }[]>()
  /** Substrings of a single code unit. */
  readonly #byUnit = new Map<number, number>()

  /** Add a substring, which must not be empty. Returns the number that `find` will report for it. */
  add(text: string): number {
    const id = this.#texts.push(text) - 1
    if (text.length === 1) {
      this.#byUnit.set(text.charCodeAt(0), id)
      return id
    }
    const offset = this.#rarestPair(text)
    const pair = pairAt(text, offset)
    const filed = this.#byPair.get(pair)
    if (filed === undefined) this.#byPair.set(pair, [{ id, offset }])
    else filed.push({ id, offset })
    return id
  }

  /** Call back with the number of each substring in `text`, possibly repeatedly. The callback returns true to stop. */
  find(text: string, found: (id: number) => boolean): void {
    for (let at = 0; at < text.length; at += 1) {
      const single = this.#byUnit.get(text.charCodeAt(at))
      if (single !== undefined && found(single)) return
      for (const { id, offset } of this.#byPair.get(pairAt(text, at)) ?? none) {
        const begins = at - offset
        if (begins >= 0 && text.startsWith(this.#texts[id] as string, begins) && found(id)) return
      }
    }
  }

  /** True if any of the substrings is in `text`. */
  isIn(text: string): boolean {
    let isThere = false
    this.find(text, () => {
      isThere = true
      return true
    })
    return isThere
  }

  /** The index of the pair with the fewest substrings so far. */
  #rarestPair(text: string): number {
    let best = 0
    let fewest = Number.POSITIVE_INFINITY
    for (let at = 0; at < text.length - 1 && fewest > 0; at += 1) {
      const count = this.#byPair.get(pairAt(text, at))?.length ?? 0
      if (count < fewest) [best, fewest] = [at, count]
    }
    return best
  }
}

const none: readonly { id: number; offset: number }[] = []

/** Two code units as one number. Past the end the second is 0. */
function pairAt(text: string, at: number): number {
  return text.charCodeAt(at) * 0x10000 + (at + 1 < text.length ? text.charCodeAt(at + 1) : 0)
}
