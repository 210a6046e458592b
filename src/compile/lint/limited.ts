import type { Diagnostic, DiagnosticCode } from '../../language/diagnostic.ts'

/** Of one kind, so many are told: who has more mends those first. */
const maxOfKind = 100

/** Warnings of which not too many are kept: the last of a kind says how many more there are. */
export class Limited {
  readonly #kept: Diagnostic[] = []
  readonly #counts = new Map<DiagnosticCode, number>()

  add(warning: Diagnostic): void {
    const count = (this.#counts.get(warning.code) ?? 0) + 1
    this.#counts.set(warning.code, count)
    if (count <= maxOfKind) this.#kept.push(warning)
  }

  /** Those that are kept, in the order in which they came. */
  get all(): Diagnostic[] {
    const last = new Map(this.#kept.map(each => [each.code, each]))
    return this.#kept.map(each => {
      const more = (this.#counts.get(each.code) ?? 0) - maxOfKind
      return more > 0 && last.get(each.code) === each
        ? { ...each, hint: `${each.hint}. There are ${more} more like this` }
        : each
    })
  }
}
