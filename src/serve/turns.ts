/**
 * Lets work of which there must not be much at a time run piece after piece, in the order in which it is ready.
 *
 * Whoever wants a turn enters first, which bounds how many wait, and with them what they hold.
 */
export class Turns {
  readonly #most: number
  readonly #waiting = new Set<() => void>()
  #inside = 0
  #isTaken = false

  /** So many may be inside: the one that has its turn, and those that wait or get ready. */
  constructor(most: number) {
    this.#most = most
  }

  /** Enter; the answer leaves again, once. Undefined: there is no room. */
  enter(): (() => void) | undefined {
    if (this.#inside >= this.#most) return undefined
    this.#inside += 1
    let isInside = true
    return () => {
      if (isInside) this.#inside -= 1
      isInside = false
    }
  }

  /** Do some work once its turn has come. Rejects with the signal's reason when that comes first. */
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

  /** The turn goes to the one that has waited longest. */
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
