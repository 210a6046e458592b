/**
 * Asked between pieces of work that may be long. A promise is waited for, so that others can run meanwhile; one that
 * is rejected ends the work with its reason.
 */
export type Pause = () => Promise<void> | undefined

/** So many rules are judged without a pause, however long the texts are that they look at. */
export const judgedAtOnce = 16

/** Things in groups small enough to be judged in one go, with a pause before each group but the first. */
export async function* inGroups<T>(all: readonly T[], pause: Pause): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < all.length; from += judgedAtOnce) {
    if (from > 0) await pause()
    yield all.slice(from, from + judgedAtOnce)
  }
}

/** For work that nobody else waits behind. */
export const noPause: Pause = () => undefined
