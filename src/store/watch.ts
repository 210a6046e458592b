import { alarmOf } from './alarm.ts'
import { hintsOf } from './hints.ts'

/** Something that looks at the disk, and loads what changed; `folders` are those it looked into. */
export type Watched = {
  refresh: () => Promise<unknown>
  /** Told when the watch is to end: no change is waited for any longer than briefly. */
  hurry?: () => void
  readonly folders: readonly string[]
}

export type Watch = {
  /** Ends when nothing of the watch is under way any more. */
  stop: () => Promise<void>
}

/** The wait between two looks: `times` as long as the last look took, within these bounds. */
const waits = {
  unasked: { leastMs: 250, times: 32, mostMs: 500 },
  hinted: { leastMs: 20, times: 5, mostMs: 250 },
}

/**
 * Keep rules in step with the disk until stopped.
 *
 * Looking is what finds changes: it works on every mount, and nothing is missed for good. Hints from the system only
 * bring the next look forward. What `refresh` throws goes to `onError`, and does not end the watch.
 */
export function watchRules(store: Watched, onError: (error: unknown) => void): Watch {
  let isStopped = false
  const alarm = alarmOf()
  const hints = hintsOf(alarm.ring)
  const run = async () => {
    for (let lookMs = 0; !isStopped; ) {
      hints.follow(store.folders)
      const started = performance.now()
      const loaded = await store.refresh().catch(onError)
      // A load waits for the folder to come to rest: that was no looking.
      if (!loaded) lookMs = performance.now() - started
      hints.follow(store.folders)
      await alarm.sleep(wait(lookMs, waits.hinted), wait(lookMs, waits.unasked))
    }
    hints.close()
  }
  const ended = run()
  const stop = () => {
    isStopped = true
    store.hurry?.()
    alarm.ring()
    return ended
  }
  return { stop }
}

function wait(lookMs: number, { leastMs, times, mostMs }: (typeof waits)['hinted']): number {
  return Math.min(mostMs, Math.max(leastMs, times * lookMs))
}
