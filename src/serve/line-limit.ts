/** Runs something once, after a delay in ms; tests pass a clock of their own. */
export type Later = (run: () => void, ms: number) => void

/** Options of a line limit. */
export type LineLimitOptions = {
  /** How many lines of each kind are written in an interval. */
  most: number
  intervalMs: number
  /** Called at the end of an interval for each kind of which more came, with how many more. */
  onLeftOut(kind: string, count: number): void
  later?: Later
}

/**
 * Lets a few lines of each kind be written in an interval and counts the rest, so that clients cannot flood the log
 * and no line is dropped silently.
 *
 * An interval starts with the first line; a quiet log has no timer.
 */
export class LineLimit {
  readonly #options: LineLimitOptions
  #seen = new Map<string, number>()

  constructor(options: LineLimitOptions) {
    this.#options = options
  }

  /** True when a line of this kind may be written now. Strangers may make up any number of kinds. */
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

/** How many kinds are counted separately in an interval; all further ones count as one. */
const mostKinds = 64

const others = 'others'

/** A timer that does not keep the process from ending. */
function unhurried(run: () => void, ms: number): void {
  setTimeout(run, ms).unref()
}
