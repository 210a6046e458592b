/** One name used in the definition of another. */
export type Use<P> = { name: string; place: P }

/**
 * Names that refer to each other: the use that closes the circle, and the names in it, each using the next.
 *
 * `length` is the number of names in the circle; for a long circle, `names` has only the first ones.
 */
export type Circle<P> = { use: Use<P>; names: readonly string[]; length: number }

type Uses<P> = ReadonlyMap<string, readonly Use<P>[]>

/** Names in dependency order, circles, and every name that is in a circle. */
export type DependencyOrder<P> = {
  order: readonly string[]
  circles: readonly Circle<P>[]
  circular: ReadonlySet<string>
}

/** How many names of a circle are shown, and how many circles. */
const mostNamed = 8
const mostCircles = 1_000

/** How many uses are followed in a fraction of a millisecond. */
const usesInPiece = 1_000

/**
 * Sorts names so that each comes after those that it uses, and finds the circles that prevent this.
 *
 * Uses of unknown names are ignored. Linear in the number of uses, without recursion. Pauses after each piece, so that
 * the caller can let other work run. Pure.
 */
export function* dependencyOrder<P>(uses: Uses<P>): Generator<undefined, DependencyOrder<P>> {
  const search = new Search(uses)
  let followed = 0
  for (const root of uses.keys()) {
    search.begin(root)
    while (search.goOn()) if (++followed % usesInPiece === 0) yield
  }
  return { order: [...search.order], circles: search.circles, circular: search.circular }
}

/** A name on the current path, and its uses still to be followed, taken from the end. */
type Step<P> = {
  name: string
  left: Use<P>[]
  /** The first index on the path that the name leads back to; beyond its own index if there is none. */
  backTo: number
}

class Search<P> {
  readonly order = new Set<string>()
  readonly circles: Circle<P>[] = []
  readonly circular = new Set<string>()
  readonly #uses: Uses<P>
  readonly #path: Step<P>[] = []
  readonly #places = new Map<string, number>()

  constructor(uses: Uses<P>) {
    this.#uses = uses
  }

  begin(name: string): void {
    if (!this.order.has(name)) this.#enter(name)
  }

  /** Follows one use; false at the end of the path. */
  goOn(): boolean {
    const here = this.#path.at(-1)
    if (here === undefined) return false
    const use = here.left.pop()
    if (use === undefined) this.#leave(here)
    else this.#follow(use, here)
    return true
  }

  #follow(use: Use<P>, here: Step<P>): void {
    const place = this.#places.get(use.name)
    if (place !== undefined) {
      here.backTo = Math.min(here.backTo, place)
      if (this.circles.length >= mostCircles) return
      const length = this.#path.length - place
      const told = length > mostNamed ? mostNamed - 1 : length
      const names = this.#path.slice(place, place + told).map(({ name }) => name)
      this.circles.push({ use, names, length })
    } else if (this.#uses.has(use.name) && !this.order.has(use.name)) {
      this.#enter(use.name)
    }
  }

  #enter(name: string): void {
    this.#places.set(name, this.#path.length)
    this.#path.push({ name, left: [...(this.#uses.get(name) ?? [])].reverse(), backTo: Number.POSITIVE_INFINITY })
  }

  #leave({ name, backTo }: Step<P>): void {
    this.#path.pop()
    this.#places.delete(name)
    this.order.add(name)
    // A name that leads back to an earlier one, or to itself, is in a circle; so is the one that led to it.
    if (backTo <= this.#path.length) this.circular.add(name)
    const before = this.#path.at(-1)
    if (before !== undefined) before.backTo = Math.min(before.backTo, backTo)
  }
}
