import { cleanForeign } from '../protocol/foreign.ts'

/** Calls for one command that the catalogue lacks, and the command that it is nearest to. */
export type UnknownCallback = { name: string; count: number; nearest: string }

/** More names than servers will ever bring; who can call may make up any number. */
const mostNames = 50

/** Counts calls for commands that the catalogue lacks: servers are newer than it is. */
export class UnknownCallbacks {
  readonly #byName = new Map<string, UnknownCallback>()
  #others = 0

  /** Count a call; the command is foreign text. */
  add(command: string, nearest: string): void {
    const name = cleanForeign(command)
    const known = this.#byName.get(name)
    if (known !== undefined) known.count += 1
    else if (this.#byName.size < mostNames) this.#byName.set(name, { name, count: 1, nearest })
    else this.#others += 1
  }

  /** What was called for, the most often first; `others` are calls for names that found no room. */
  get told(): { names: readonly UnknownCallback[]; others: number } {
    const names = [...this.#byName.values()].sort((a, b) => b.count - a.count)
    return { names, others: this.#others }
  }
}
