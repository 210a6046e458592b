import type { Diagnostic, DiagnosticCode } from '../yaml/diagnostic.ts'

/** How many of one kind are reported; authors fix those first. */
const maxOfKind = 100

/**
 * Warnings, limited per kind: the last of a kind says how many more there are.
 *
 * A part of a condition that several rules use is reported once, for the last of them.
 */
export class Limited {
  readonly #kept: Diagnostic[] = []
  readonly #counts = new Map<DiagnosticCode, number>()
  /** The indexes of the kept ones, by kind and place. */
  readonly #known = new Map<string, number>()

  add(warning: Diagnostic): void {
    const { code, span } = warning
    const key = `${code} ${span.start} ${span.end} ${span.file}`
    const known = this.#known.get(key)
    if (known !== undefined) {
      this.#kept[known] = warning
      return
    }
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count <= maxOfKind) this.#known.set(key, this.#kept.push(warning) - 1)
  }

  addAll(warnings: readonly Diagnostic[]): void {
    for (const each of warnings) this.add(each)
  }

  /** The kept ones, in insertion order. */
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
