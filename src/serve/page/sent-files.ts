import type { SourceFile } from '../../yaml/source.ts'

/** How many sets the thread keeps, compiled: the rules in force and some drafts. */
const mostSets = 4

/** Which files of which sets the thread has. */
export class SentFiles {
  /** By key, the one used last at the end. */
  readonly #sets = new Map<string, ReadonlyMap<string, SourceFile>>()

  /** What has to be sent so that the thread has these files under a key, and the keys that it has to forget for that. */
  send(
    key: string,
    files: readonly SourceFile[],
  ): { changed: readonly SourceFile[]; removed: readonly string[]; forgotten: readonly string[] } {
    const before = this.#sets.get(key) ?? new Map<string, SourceFile>()
    const now = new Map(files.map(source => [source.file, source]))
    this.#sets.delete(key)
    this.#sets.set(key, now)
    const forgotten = [...this.#sets.keys()].slice(0, Math.max(this.#sets.size - mostSets, 0))
    for (const old of forgotten) this.#sets.delete(old)
    return {
      changed: files.filter(source => before.get(source.file) !== source),
      removed: [...before.keys()].filter(file => !now.has(file)),
      forgotten,
    }
  }

  clear(): void {
    this.#sets.clear()
  }
}
