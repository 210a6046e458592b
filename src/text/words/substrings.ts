/**
 * Many texts to look for inside one, found in one pass over it.
 *
 * Each is filed under two of its neighbouring code units, those that the fewest others are filed under: a pass
 * looks up each pair of the text once, however many texts there are.
 */
export class Substrings {
  readonly #texts: string[] = []
  /** By a pair of code units: which texts have it, and how far from their beginning. */
  readonly #byPair = new Map<number, { id: number; offset: number }[]>()
  /** Texts of a single code unit. */
  readonly #byUnit = new Map<number, number>()

  /** Add a text, not empty; answers the number that `find` will give for it. */
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

  /** Calls back with the number of each text that is in `text`, perhaps several times, until told to stop by true. */
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

  /** True when one of the texts is in `text`. */
  isIn(text: string): boolean {
    let isThere = false
    this.find(text, () => {
      isThere = true
      return true
    })
    return isThere
  }

  /** Where the pair begins that the fewest texts are filed under so far. */
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
