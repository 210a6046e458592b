import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterTurn } from './turn.ts'

/** So long a piece of work may keep calls waiting. */
const sliceMs = 3

/**
 * So many turns others have between two slices: those who are answered in one turn come back in the next. Turns with
 * nothing to do take no time. The last one accepts whatever connections have come; if each did, clients that open one
 * after another could hold up the work for good.
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
