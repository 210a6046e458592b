/** What was made of lists; it goes with them. */
const made = new WeakMap<readonly unknown[], Map<string, unknown>>()

/**
 * What `make` makes of a list, made once: rules that name the same list share it.
 *
 * `use` says what it is made for: the same text must always mean the same type. Lists are never changed.
 */
export function onceFor<T>(list: readonly unknown[], use: string, make: () => T): T {
  const known = made.get(list) ?? new Map<string, unknown>()
  made.set(list, known)
  if (!known.has(use)) known.set(use, make())
  return known.get(use) as T
}
