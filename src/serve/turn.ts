import { setImmediate as nextTurn } from 'node:timers/promises'

let current: Promise<void> | null = null
let hasArrival = false
/** When the turn must end, by `performance.now()`. */
let latestMs = Number.POSITIVE_INFINITY
let startedMs = 0

/**
 * Wait until everything that has arrived from the network has been read.
 *
 * Calls that arrive together are then decided and answered together, in one turn of the event loop. One by one, each
 * answer would wake its reader while the next call still waits to be read, and the code for reading, deciding and
 * sending would evict each other from the processor's caches: with 32 connections a call costs about twice as much.
 *
 * Node accepts one connection per turn. As long as connections arrive, the turn does not end: otherwise all busy
 * connections would be answered between two new ones, and the last of a hundred would wait for thousands of calls. The
 * shortest `patienceMs` of all callers ends it in any case.
 */
export function endOfTurn(patienceMs = Number.POSITIVE_INFINITY): Promise<void> {
  latestMs = Math.min(latestMs, performance.now() + patienceMs)
  current ??= new Promise(resolve => {
    let roundsLeft = mostRounds
    const end = () => {
      const goesRound = hasArrival && roundsLeft > 0 && performance.now() < latestMs
      hasArrival = false
      if (goesRound) {
        roundsLeft -= 1
        setImmediate(end)
        return
      }
      current = null
      latestMs = Number.POSITIVE_INFINITY
      startedMs = performance.now()
      resolve()
    }
    setImmediate(end)
  })
  return current
}

/** Note that a connection arrived on any listener: more may be waiting. */
export function noteArrival(): void {
  hasArrival = true
}

/** How many connections are accepted before calls already read are answered: about 10 ms of work. */
const mostRounds = 128

/** Wait until the calls of this turn are decided and answered. For work that is not urgent. */
export async function afterTurn(): Promise<void> {
  await endOfTurn()
  // Callers that wait for the end of the turn continue in microtasks, which all run before this.
  await new Promise<void>(resolve => process.nextTick(resolve))
}

/** True if the code running since the last turn ended has blocked everything else for some milliseconds. */
export function isTurnLong(): boolean {
  return performance.now() - startedMs > longMs
}

const longMs = 10

/** How long a slice of work may keep calls waiting. */
const sliceMs = 3

/**
 * How many turns of the event loop calls get between two slices: clients answered in one turn call again in the next.
 * Turns with nothing to do take no time. The last one accepts all waiting connections; if each did, clients that keep
 * opening them could stall the work.
 */
const turnsBetween = 16

/** Run steps in slices of a few milliseconds, with calls answered in between; resolves with the result. */
export async function inSlices<T>(steps: Generator<unknown, T>): Promise<T> {
  for (let startedMs = performance.now(); ; ) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - startedMs < sliceMs) continue
    for (let turn = 1; turn < turnsBetween; turn++) await nextTurn()
    await afterTurn()
    startedMs = performance.now()
  }
}
