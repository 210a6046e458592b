/** Runs something once, after so many ms; tests put a clock of their own in its place. */
export type Later = (run: () => void, ms: number) => void

/** What a limit heeds and whom it tells. */
export type LineLimitOptions = {
  /** So many lines of a kind are written in an interval. */
  most: number
  intervalMs: number
  /** Called at the end of an interval for each kind of which more came, with how many more. */
  onLeftOut(kind: string, count: number): void
  later?: Later
}

/**
 * Lets a few lines of each kind be written in an interval and counts the rest, so that nobody who reaches the port
 * can flood the log, and nothing is left out in silence.
 *
 * An interval begins with the first line that is asked for; a quiet log has no timer.
 */
export class LineLimit {
  readonly #options: LineLimitOptions
  #seen = new Map<string, number>()

  constructor(options: LineLimitOptions) {
    this.#options = options
  }

  /** True when a line of this kind may be written now. Kinds may be as many as strangers make up. */
  admits(kind: string): boolean {
    const { most, intervalMs, later = unhurried } = this.#options
    if (this.#seen.size === 0) later(() => this.flush(), intervalMs)
    const name = this.#seen.has(kind) || this.#seen.size < mostKinds ? kind : others
    const count = (this.#seen.get(name) ?? 0) + 1
    this.#seen.set(name, count)
    return count <= most
  }

  /** End the interval: say what was left out. */
  flush(): void {
    const seen = this.#seen
    this.#seen = new Map()
    for (const [kind, count] of seen) {
      if (count > this.#options.most) this.#options.onLeftOut(kind, count - this.#options.most)
    }
  }
}

/** So many kinds are told apart in an interval. What comes beyond them is one kind. */
const mostKinds = 64

const others = 'others'

/** A timer that does not keep the process from ending. */
function unhurried(run: () => void, ms: number): void {
  setTimeout(run, ms).unref()
}
