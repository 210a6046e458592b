/** What was built from lists; collected together with them. */
const made = new WeakMap<readonly unknown[], Map<string, unknown>>()

/**
 * What `make` builds from a list, built once: rules that name the same list share it.
 *
 * `use` identifies what is built: the same text must always mean the same type. Lists are never changed.
 */
export function memo<T>(list: readonly unknown[], use: string, make: () => T): T {
  const known = madeOf(list)
  if (!known.has(use)) known.set(use, make())
  return known.get(use) as T
}

/** Like `memo`, for slow work: it pauses after each small piece. */
export function* memoInSteps<T>(
  list: readonly unknown[],
  use: string,
  make: () => Generator<undefined, T>,
): Generator<undefined, T> {
  const known = madeOf(list)
  if (!known.has(use)) known.set(use, yield* make())
  return known.get(use) as T
}

function madeOf(list: readonly unknown[]): Map<string, unknown> {
  const known = made.get(list) ?? new Map<string, unknown>()
  made.set(list, known)
  return known
}
