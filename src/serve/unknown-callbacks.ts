import { cleanUntrusted } from '../protocol/untrusted-text.ts'
import type { Observer, UnknownRecord } from './observer.ts'

/** The number of calls for a command that the catalogue lacks, and the most similar known command. */
export type UnknownCallback = { name: string; count: number; nearest: string }

/** More names than IM servers will ever add; but any client can make up names. */
const mostNames = 50

/** Counts calls for commands that the catalogue lacks, since servers may be newer than it is. */
export class UnknownCallbacks implements Pick<Observer, 'unknown'> {
  readonly #byName = new Map<string, UnknownCallback>()
  #others = 0

  /** Count a call; the command is untrusted text. When full, a new name replaces the one with the fewest calls. */
  unknown({ command, nearest }: Pick<UnknownRecord, 'command' | 'nearest'>): void {
    const name = cleanUntrusted(command)
    const known = this.#byName.get(name)
    if (known !== undefined) {
      known.count += 1
      return
    }
    if (this.#byName.size === mostNames) this.#makeRoom()
    this.#byName.set(name, { name, count: 1, nearest })
  }

  #makeRoom(): void {
    const [first, ...others] = this.#byName.values()
    const least = others.reduce((one, other) => (other.count < one.count ? other : one), first as UnknownCallback)
    this.#byName.delete(least.name)
    this.#others += least.count
  }

  /** The counts, highest first; `others` counts calls for names that were replaced. */
  get told(): { names: readonly UnknownCallback[]; others: number } {
    const names = [...this.#byName.values()].sort((a, b) => b.count - a.count)
    return { names, others: this.#others }
  }
}
