/**
 * Called between long pieces of work. A returned promise is awaited, so that other work can run; a rejected one aborts
 * the work with its reason.
 */
export type Pause = () => Promise<void> | undefined

/** How many rules are judged for a view without a pause: each may look at all of its texts. */
export function judgedAtOnce({ characters }: { readonly characters: number }): number {
  return characters > longTexts ? 1 : 16
}

/** In UTF-16 code units, all texts combined. */
const longTexts = 4096

/** Yields items in groups of a size, with a pause before each group but the first. */
export async function* inGroups<T>(all: readonly T[], size: number, pause: Pause): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) {
    if (from > 0) await pause()
    yield all.slice(from, from + size)
  }
}

/** Runs work to its end, pausing after each of its steps. */
export async function withPauses<T>(work: Generator<undefined, T>, pause: Pause): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await pause()
  }
}

/** For work that no other work waits for. */
export const noPause: Pause = () => undefined
