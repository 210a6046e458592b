/** Work that pauses after each small piece, so that its caller can let others run. */
export type Steps<T> = Generator<undefined, T>

/** Work off all steps without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
