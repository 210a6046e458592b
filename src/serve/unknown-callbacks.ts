import { cleanUntrusted } from '../protocol/untrusted-text.ts'
import type { Observer, UnknownRecord } from './observer.ts'

/** Calls for one command that the catalogue lacks, and the command that it is nearest to. */
export type UnknownCallback = { name: string; count: number; nearest: string }

/** More names than servers will ever bring; who can call may make up any number. */
const mostNames = 50

/** Counts calls for commands that the catalogue lacks: servers are newer than it is. */
export class UnknownCallbacks implements Pick<Observer, 'unknown'> {
  readonly #byName = new Map<string, UnknownCallback>()
  #others = 0

  /** Count a call; the command is foreign text. A new name takes the room of the one that was called for the least. */
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

  /** What was called for, the most often first; `others` are calls for names that lost their room. */
  get told(): { names: readonly UnknownCallback[]; others: number } {
    const names = [...this.#byName.values()].sort((a, b) => b.count - a.count)
    return { names, others: this.#others }
  }
}
