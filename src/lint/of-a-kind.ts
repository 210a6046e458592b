import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'

/** How many of a kind are shown one by one; of more, only the first is shown, with the count. */
const mostShown = 3

/** Warnings about the entries of one list: three hundred of a kind are one mistake. */
export class OfAKind {
  readonly #kinds = new Map<string, { shown: Diagnostic[]; count: number }>()

  /** Adds a warning. Those with the same `kind` are grouped. */
  add(kind: string, warning: Diagnostic): void {
    const known = this.#kinds.get(kind) ?? { shown: [], count: 0 }
    this.#kinds.set(kind, known)
    known.count += 1
    if (known.count <= mostShown) known.shown.push(warning)
  }

  /** What to show of all the warnings added. */
  all(place: ShowPlace): Diagnostic[] {
    return [...this.#kinds.values()].flatMap(({ shown, count }) => {
      const [first, next] = shown
      if (first === undefined || next === undefined || count <= mostShown) return shown
      const isElsewhere = next.span.start !== first.span.start
      const where = isElsewhere ? `, the next at ${place(next.span)}` : ''
      return [{ ...first, hint: `${first.hint}. There are ${count - 1} more like this in the list${where}` }]
    })
  }
}
