/** What was made of lists; it goes with them. */
const made = new WeakMap<readonly unknown[], Map<string, unknown>>()

/**
 * What `make` makes of a list, made once: rules that name the same list share it.
 *
 * `use` says what it is made for: the same text must always mean the same type. Lists are never changed.
 */
export function memo<T>(list: readonly unknown[], use: string, make: () => T): T {
  const known = madeOf(list)
  if (!known.has(use)) known.set(use, make())
  return known.get(use) as T
}

/** The same for what takes long to make: it pauses after each small piece of work. */
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
