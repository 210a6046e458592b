import { afterTurn } from './turn.ts'

/** So long a piece of work may keep calls waiting. */
const sliceMs = 3

/**
 * So many turns others have between two slices. Node takes one new connection a turn, so with a single one each of a
 * burst of connections would wait for a slice more than the one before. Turns with nothing to do take no time.
 */
const turnsBetween = 16

/** Work off steps in slices of a few milliseconds, letting calls be answered in between; resolves with the result. */
export async function inSlices<T>(steps: Generator<unknown, T>): Promise<T> {
  for (let startedMs = performance.now(); ; ) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - startedMs < sliceMs) continue
    for (let turn = 0; turn < turnsBetween; turn++) await afterTurn()
    startedMs = performance.now()
  }
}
