/** So many calls in a look, and such a share of its time, and a thread is busy. */
const leastCalls = 100
const busyShare = 0.8

/** How often is looked. */
export const busyLookMs = 500

/**
 * Tells whether the thread that decides is busy with calls, so that what can wait should not take time from it.
 *
 * Even another thread of the lowest priority does: they share caches, often a core, and in a container the time that
 * they are given.
 */
export class Busyness {
  readonly #share: () => number
  #calls = 0
  #isBusy = false

  /** `share` is of the time since it was last asked: how much of it the thread worked. */
  constructor(share: () => number = sharesOfThread()) {
    this.#share = share
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** A call was decided. */
  count(): void {
    this.#calls += 1
  }

  /** Look at the time since the last look. */
  look(): void {
    this.#isBusy = this.#share() > busyShare && this.#calls >= leastCalls
    this.#calls = 0
  }
}

function sharesOfThread(): () => number {
  let last = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    return utilization
  }
}
