/** So long a piece of work may keep calls waiting. */
const sliceMs = 5

/** Work off steps in slices of a few milliseconds, letting calls be answered in between; resolves with the result. */
export async function inSlices<T>(steps: Generator<unknown, T>): Promise<T> {
  for (let startedMs = performance.now(); ; ) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - startedMs < sliceMs) continue
    await new Promise(resolve => setImmediate(resolve))
    startedMs = performance.now()
  }
}
