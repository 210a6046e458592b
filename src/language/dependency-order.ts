/** One name used to say what another means. */
export type Use<P> = { name: string; place: P }

/** Names that mean each other: the use that closes the circle, and the names in it, each using the next. */
export type Circle<P> = { use: Use<P>; names: readonly string[] }

type Uses<P> = ReadonlyMap<string, readonly Use<P>[]>

/**
 * Names in an order in which each comes after those that it uses, and the circles that keep some from it.
 *
 * Uses of unknown names do not count. Takes no stack, however long the chains are. Pure.
 */
export function dependencyOrder<P>(uses: Uses<P>): { order: readonly string[]; circles: readonly Circle<P>[] } {
  const order = new Set<string>()
  const circles: Circle<P>[] = []
  for (const root of uses.keys()) {
    if (!order.has(root)) visit(root, uses, order, circles)
  }
  return { order: [...order], circles }
}

function visit<P>(root: string, uses: Uses<P>, order: Set<string>, circles: Circle<P>[]): void {
  const path = [{ name: root, left: pending(uses, root) }]
  const onPath = new Set([root])
  for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
    const use = here.left.pop()
    if (use === undefined) {
      path.pop()
      onPath.delete(here.name)
      order.add(here.name)
    } else if (onPath.has(use.name)) {
      const names = path.map(({ name }) => name)
      circles.push({ use, names: names.slice(names.indexOf(use.name)) })
    } else if (uses.has(use.name) && !order.has(use.name)) {
      path.push({ name: use.name, left: pending(uses, use.name) })
      onPath.add(use.name)
    }
  }
}

/** The uses that are still to be followed, to be taken from the end. */
function pending<P>(uses: Uses<P>, name: string): Use<P>[] {
  return [...(uses.get(name) ?? [])].reverse()
}
