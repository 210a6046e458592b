let current: Promise<void> | null = null
let startedMs = 0

/**
 * Wait until all that the network has brought by now is read.
 *
 * Calls that come together are then decided and answered together, in one go from the event loop. One by one, each
 * answer wakes its reader while the next call still waits to be read, and the code for reading, deciding and sending
 * drives each other out of the processor's caches: with 32 connections a call costs about twice as much.
 */
export function endOfTurn(): Promise<void> {
  current ??= new Promise(resolve => {
    setImmediate(() => {
      current = null
      startedMs = performance.now()
      resolve()
    })
  })
  return current
}

/** Wait until the calls of this turn are decided and answered: for work that is in no hurry. */
export async function afterTurn(): Promise<void> {
  await endOfTurn()
  // Who waits for the end of the turn goes on in microtasks, and all of these come first.
  await new Promise<void>(resolve => process.nextTick(resolve))
}

/** True once what goes on since the last turn ended has held up everything else for some milliseconds. */
export function isTurnLong(): boolean {
  return performance.now() - startedMs > longMs
}

const longMs = 10
