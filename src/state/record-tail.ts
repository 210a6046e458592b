import { piecesOf } from './segment-lines.ts'
import { type Segment, segmentsWithin } from './segments.ts'

/** How far back new lines are looked for, in ms: what is written is at most an hour old. */
const lookBackMs = 2 * 3_600_000

/** What is added to the record of several state folders from now on. */
export class RecordTail {
  readonly #dirs: readonly string[]
  /** By the path without what tells whether a segment is open: how many bytes of it are known. */
  readonly #known = new Map<string, number>()

  constructor(dirs: readonly string[]) {
    this.#dirs = dirs
  }

  /** Calls with each line that was added since the last time; the first time all that is there. */
  async poll(now: number, onLine: (text: string) => void): Promise<void> {
    for (const segment of await this.#segments(now)) {
      const name = segment.path.replace(/\.(?:gz|open)$/, '')
      const known = this.#known.get(name) ?? 0
      if (known === closed) continue
      let size = 0
      for await (const piece of piecesOf(segment)) {
        const from = Math.max(known - size, 0)
        size += piece.length
        if (from < piece.length)
          for (const line of piece.toString('utf8', from).split('\n')) if (line !== '') onLine(line)
      }
      this.#known.set(name, segment.isOpen ? Math.max(size, known) : closed)
    }
  }

  async #segments(now: number): Promise<readonly Segment[]> {
    const span = { since: now - lookBackMs, until: now }
    return (await Promise.all(this.#dirs.map(dir => segmentsWithin(dir, span, 'envelope')))).flat()
  }
}

/** Nothing is added to a closed segment. */
const closed = Number.POSITIVE_INFINITY
