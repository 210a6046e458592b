/**
 * Runs tasks one at a time, in the order in which they are ready.
 *
 * Enter before taking a turn: this limits how many tasks wait, and how much memory they hold.
 */
export class Turns {
  readonly #most: number
  readonly #waiting = new Set<() => void>()
  #inside = 0
  #isTaken = false

  /** `most` may be inside: the task that has the turn, and those that wait or prepare. */
  constructor(most: number) {
    this.#most = most
  }

  /** Enter. Returns a function that leaves again, or undefined if there is no room. */
  enter(): (() => void) | undefined {
    if (this.#inside >= this.#most) return undefined
    this.#inside += 1
    let isInside = true
    return () => {
      if (isInside) this.#inside -= 1
      isInside = false
    }
  }

  /** Run a task when its turn comes. Rejects with the signal's reason if the signal is aborted first. */
  async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#turn(signal)
    try {
      return await work()
    } finally {
      this.#next()
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      if (!this.#isTaken) {
        this.#isTaken = true
        return resolve()
      }
      const start = () => {
        signal.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = () => {
        this.#waiting.delete(start)
        reject(signal.reason)
      }
      signal.addEventListener('abort', giveUp, { once: true })
      this.#waiting.add(start)
    })
  }

  /** Give the turn to the task that has waited longest. */
  #next(): void {
    const [start] = this.#waiting
    if (start === undefined) {
      this.#isTaken = false
    } else {
      this.#waiting.delete(start)
      start()
    }
  }
}
