import { hash } from 'node:crypto'

/** A place between 0 and 1 for a text: by chance, and the same in every process and run. */
export function chanceOf(text: string): number {
  return Number.parseInt(hash('sha256', text, 'hex').slice(0, 13), 16) / 2 ** 52
}

/** The calls of the lowest places: as good as any chosen by chance, whatever order or parts they come in. */
export class LowestPlaces<T extends { id: string }> {
  readonly #most: number
  #kept: { place: number; item: T }[] = []

  constructor(most: number) {
    this.#most = most
  }

  get items(): readonly T[] {
    return this.#kept.map(({ item }) => item)
  }

  /** `make` is called only for an item that is kept. */
  add(id: string, make: () => T): void {
    const place = chanceOf(id)
    const last = this.#kept.at(-1)
    if (this.#kept.length === this.#most && last !== undefined && last.place <= place) return
    const at = this.#kept.findIndex(each => each.place > place)
    this.#kept.splice(at === -1 ? this.#kept.length : at, 0, { place, item: make() })
    this.#kept.length = Math.min(this.#kept.length, this.#most)
  }

  join(items: readonly T[]): void {
    for (const item of items) this.add(item.id, () => item)
  }
}
