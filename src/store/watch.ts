import { setTimeout as delay } from 'node:timers/promises'

/** Something that looks at the disk, and loads what changed. */
export type Watched = {
  refresh: () => Promise<unknown>
  /** Called when the watch is to end: no change is waited for any longer than briefly. */
  hurry?: () => void
}

export type Watch = {
  /** Ends when nothing of the watch is under way any more. */
  stop: () => Promise<void>
}

/** The wait between two looks: `times` as long as the last look took, within these bounds. */
const waits = { leastMs: 100, times: 16, mostMs: 250 }

/**
 * Keep rules in step with the disk until stopped.
 *
 * It looks again and again, as that works on every mount and misses nothing: an event of the file system may come late,
 * too often or never. What `refresh` throws goes to `onError`, and does not end the watch.
 */
export function watchRules(store: Watched, onError: (error: unknown) => void): Watch {
  const stopping = new AbortController()
  const { signal } = stopping
  const run = async () => {
    for (let lookMs = 0; !signal.aborted; ) {
      const started = performance.now()
      const loaded = await store.refresh().catch(onError)
      // A load waits for the folder to come to rest: that was no looking.
      if (!loaded) lookMs = performance.now() - started
      const waitMs = Math.min(waits.mostMs, Math.max(waits.leastMs, waits.times * lookMs))
      // It rejects only when it is cut short.
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
