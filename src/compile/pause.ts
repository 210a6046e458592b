/**
 * Asked between pieces of work that may be long. A promise is waited for, so that others can run meanwhile; one that
 * is rejected ends the work with its reason.
 */
export type Pause = () => Promise<void> | undefined

/** How many rules are judged of a view without a pause: each of them may look at all of its texts. */
export function judgedAtOnce({ characters }: { readonly characters: number }): number {
  return characters > longTexts ? 1 : 16
}

/** In UTF-16 code units, all texts together. */
const longTexts = 4096

/** Things in groups of a size, with a pause before each group but the first. */
export async function* inGroups<T>(all: readonly T[], size: number, pause: Pause): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) {
    if (from > 0) await pause()
    yield all.slice(from, from + size)
  }
}

/** Do work to its end, with a pause after each of its steps. */
export async function withPauses<T>(work: Generator<undefined, T>, pause: Pause): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await pause()
  }
}

/** For work that nobody else waits behind. */
export const noPause: Pause = () => undefined
