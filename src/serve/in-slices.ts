import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterTurn } from './turn.ts'

/** So long a piece of work may keep calls waiting. */
const sliceMs = 3

/**
 * How many turns of the loop calls get between two slices: clients answered in one turn call again in the next. Turns
 * with nothing to do take no time. The last one accepts all waiting connections; if each did, clients that keep opening
 * them could stall the work.
 */
const turnsBetween = 16

/** Work off steps in slices of a few milliseconds, letting calls be answered in between; resolves with the result. */
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
