import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { MemoryCounts } from '../count/memory-counts.ts'
import { SnapshotRefused } from '../count/read-snapshot.ts'
import { readIfThere, type StateFolder } from './state.ts'
import { codeIn, StateUnusable, using } from './state-errors.ts'
import { syncFolder, writeWhole } from './write-whole.ts'

type KeepDeps = {
  /** How often counts are saved. */
  everyMs?: number
  /** In ms since 1970. */
  now: () => number
  /** Called once for each thing that goes wrong, until it goes well again: counting goes on in memory. */
  onProblem: (problem: StateUnusable) => void
}

/** Counts that are being kept. */
export type KeptCounts = {
  /** When they were last saved, in ms since 1970; null if not yet. */
  readonly savedAt: number | null
  /** Saves them a last time. Afterwards nothing may be counted. */
  end(): Promise<void>
}

const usualEveryMs = 30_000

/**
 * Loads the counts kept in the state folder into a store, and saves them from then on. Before the store is used.
 *
 * Counts saved at a clean end are in a file of another name, which a start takes away: after a crash, what was counted
 * since the last snapshot is missing, and whoever loads that must know.
 */
export async function keepCounts(store: MemoryCounts, state: StateFolder, deps: KeepDeps): Promise<KeptCounts> {
  const keeper = new Keeper(store, state, deps)
  await keeper.load()
  keeper.start()
  return keeper
}

class Keeper implements KeptCounts {
  savedAt: number | null = null
  readonly #store: MemoryCounts
  readonly #deps: KeepDeps
  readonly #paths: { dir: string; counts: string; atEnd: string; draft: string; refused: string }
  #timer: NodeJS.Timeout | undefined
  #saving: Promise<void> | undefined
  #savedChanges = -1
  #problem = ''

  constructor(store: MemoryCounts, { dir }: StateFolder, deps: KeepDeps) {
    this.#store = store
    this.#deps = deps
    const at = (name: string) => join(dir, name)
    this.#paths = {
      dir,
      counts: at('counts'),
      atEnd: at('counts.end'),
      draft: at('counts.new'),
      refused: at('counts.refused'),
    }
  }

  async load(): Promise<void> {
    const { counts } = this.#paths
    try {
      const isWhole = await using(counts, this.#takeFromEnd())
      const bytes = await using(counts, readIfThere(counts))
      if (bytes !== undefined) this.#store.load(bytes, { at: this.#deps.now(), hasGap: !isWhole })
    } catch (error) {
      if (error instanceof SnapshotRefused) await this.#setAside(error)
      else if (error instanceof StateUnusable) this.#failed(error)
      else throw error
    }
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#saving ??= this.#save(() => this.#paths.counts).finally(() => {
        this.#saving = undefined
      })
    }, this.#deps.everyMs ?? usualEveryMs)
    this.#timer.unref()
  }

  async end(): Promise<void> {
    clearInterval(this.#timer)
    await this.#saving
    this.#savedChanges = -1
    await this.#save(isAll => (isAll ? this.#paths.atEnd : this.#paths.counts))
  }

  /** True if the last process ended cleanly. From then on its counts are as good as those of one that crashed. */
  async #takeFromEnd(): Promise<boolean> {
    try {
      await rename(this.#paths.atEnd, this.#paths.counts)
    } catch (error) {
      if (codeIn(error) === 'ENOENT') return false
      throw error
    }
    await syncFolder(this.#paths.dir)
    return true
  }

  /** A later version may be able to read them. */
  async #setAside(refused: SnapshotRefused): Promise<void> {
    const { counts, refused: aside } = this.#paths
    this.#failed(new StateUnusable(counts, `${refused.message}. Counting starts over`, { cause: refused }))
    try {
      await using(counts, rename(counts, aside))
    } catch (error) {
      this.#failed(error as StateUnusable)
    }
  }

  async #save(pathOf: (isAll: boolean) => string): Promise<void> {
    const { changes } = this.#store
    if (changes === this.#savedChanges) return
    try {
      await using(this.#paths.counts, writeWhole(this.#store.save(), { draft: this.#paths.draft, of: pathOf }))
      this.savedAt = this.#deps.now()
      this.#savedChanges = changes
      this.#problem = ''
    } catch (error) {
      this.#failed(error as StateUnusable)
    }
  }

  #failed(problem: StateUnusable): void {
    if (problem.message === this.#problem) return
    this.#problem = problem.message
    this.#deps.onProblem(problem)
  }
}
