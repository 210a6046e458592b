import type { CallOnRecord } from './recorded.ts'

/** How long a refusal says something about a person, in ms: 30 days. */
export const refusalMs = 30 * 24 * 3600 * 1000

/** So many people are known who were refused; the rest count as never refused. */
const mostPeople = 500_000

/** Who was refused when, by the record. */
export class Refusals {
  readonly #last = new Map<string, number>()

  note(read: CallOnRecord): void {
    if (!read.isRefused || read.callback.startsWith('after')) return
    const record = read.record()
    const [person] = record?.users ?? []
    if (person === undefined) return
    if (this.#last.has(person) || this.#last.size < mostPeople) this.#last.set(person, read.at)
  }

  /** Whether a person was refused in the 30 days before a time. */
  has(person: string, at: number): boolean {
    const last = this.#last.get(person)
    return last !== undefined && last >= at - refusalMs
  }
}
