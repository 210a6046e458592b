/** Runs something once, after a delay in ms; tests pass a clock of their own. */
export type Later = (run: () => void, ms: number) => void

/** Options of a line limit. */
export type LineLimitOptions = {
  /** How many lines of each kind are written per interval. */
  most: number
  intervalMs: number
  /** Called at the end of an interval for each kind with lines left out, with their number. */
  onLeftOut(kind: string, count: number): void
  later?: Later
}

/**
 * Allows a few lines of each kind per interval and counts the rest, so that clients cannot flood the log, and no line
 * is dropped silently.
 *
 * An interval starts with its first line; there is no timer while nothing is logged.
 */
export class LineLimit {
  readonly #options: LineLimitOptions
  #counts = new Map<string, number>()

  constructor(options: LineLimitOptions) {
    this.#options = options
  }

  /** True if a line of this kind may be written now. Clients may make up any number of kinds. */
  admits(kind: string): boolean {
    const { most, intervalMs, later = unhurried } = this.#options
    if (this.#counts.size === 0) later(() => this.flush(), intervalMs)
    const name = this.#counts.has(kind) || this.#counts.size < mostKinds ? kind : others
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    return count <= most
  }

  /** End the interval and report what was left out. */
  flush(): void {
    const counts = this.#counts
    this.#counts = new Map()
    for (const [kind, count] of counts) {
      if (count > this.#options.most) this.#options.onLeftOut(kind, count - this.#options.most)
    }
  }
}

/** How many kinds are counted separately per interval; all others count as one. */
const mostKinds = 64

const others = 'others'

/** A timer that does not keep the process from ending. */
function unhurried(run: () => void, ms: number): void {
  setTimeout(run, ms).unref()
}
