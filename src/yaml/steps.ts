/** Work that pauses after each small piece, so that the caller can let other work run. */
export type Steps<T> = Generator<undefined, T>

/** Runs all steps without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
