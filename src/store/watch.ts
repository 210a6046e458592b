import { setTimeout as delay } from 'node:timers/promises'

/** Something that checks the disk and loads changes. */
export type Watched = {
  refresh: () => Promise<unknown>
  /** Called when the watch stops, so that it waits only briefly for a change to settle. */
  hurry?: () => void
}

/** A running watch. */
export type Watch = {
  /** Stop the watch. Resolves when nothing of it is running any more. */
  stop: () => Promise<void>
}

/** The wait between two looks: `times` the duration of the last look, within these bounds. */
const waits = { leastMs: 100, times: 16, mostMs: 250 }

/**
 * Keep rules in sync with the disk until stopped.
 *
 * It polls, which works on every mount and misses nothing: file system events may come late, too often or never. Errors
 * of `refresh` go to `onError` and do not end the watch.
 */
export function watchRules(store: Watched, onError: (error: unknown) => void): Watch {
  const stopping = new AbortController()
  const { signal } = stopping
  const run = async () => {
    for (let lookMs = 0; !signal.aborted; ) {
      const started = performance.now()
      const loaded = await store.refresh().catch(onError)
      // A load includes waiting for the folder to settle, so its duration does not count.
      if (!loaded) lookMs = performance.now() - started
      const waitMs = Math.min(waits.mostMs, Math.max(waits.leastMs, waits.times * lookMs))
      // Rejects only if aborted.
      await delay(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }
  const ended = run()
  const stop = () => {
    store.hurry?.()
    stopping.abort()
    return ended
  }
  return { stop }
}
