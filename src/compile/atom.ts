import type { Needs } from './compared.ts'
import type { Judged, Leaf } from './judged.ts'

import type { Slot } from './view.ts'

/** Something that an index can check about a call: a fact is present, or is what a test needs it to be. */
export type Atom = { slot: Slot; needs: Needs | { kind: 'present' } }

/**
 * Atoms of which at least one holds whenever the condition is definitely true: a call without any of them cannot fire.
 *
 * Undefined when there are none, as for times and facts that no call carries. `cost` estimates how often an atom holds
 * for typical calls; among alternatives, the rarest one is taken.
 */
export function coverOf(
  judged: Judged,
  cost: (atom: Atom) => number,
  wanted: boolean = true,
): readonly Atom[] | undefined {
  const { condition, parts, leaf } = judged
  switch (condition.kind) {
    case 'time':
    case 'often':
    case 'since':
      return undefined
    case 'test':
      return atomOf(leaf as Leaf, wanted)
    case 'use':
      return coverOf(parts[0] as Judged, cost, wanted)
    case 'not':
      return coverOf(parts[0] as Judged, cost, !wanted)
    case 'all':
      return wanted ? best(parts, cost, true) : each(parts, cost, false)
    case 'any':
      return wanted ? each(parts, cost, true) : best(parts, cost, false)
    case 'none':
      return wanted ? best(parts, cost, false) : each(parts, cost, true)
  }
}

/** Every test but `absent` is unknown, so never true, where there is no value. */
function atomOf({ slot, isPositive, needs, presence }: Leaf, wanted: boolean): readonly Atom[] | undefined {
  // Facts that no call carries are asked for last, only for rules whose other conditions are all true.
  if (slot === 'time' || slot.asks !== undefined) return undefined
  if (presence !== undefined) {
    return (presence === 'present') === wanted ? [{ slot, needs: { kind: 'present' } }] : undefined
  }
  return [{ slot, needs: isPositive === wanted && needs !== undefined ? needs : { kind: 'present' } }]
}

/** All parts must be true: the cover of any one is enough. */
function best(parts: readonly Judged[], cost: (atom: Atom) => number, wanted: boolean): readonly Atom[] | undefined {
  let found: readonly Atom[] | undefined
  let least = Number.POSITIVE_INFINITY
  for (const part of parts) {
    const cover = coverOf(part, cost, wanted)
    const sum = cover?.reduce((total, atom) => total + cost(atom), 0) ?? Number.POSITIVE_INFINITY
    if (sum < least) [found, least] = [cover, sum]
  }
  return found
}

/** Any part may be true without the others: all of their covers are needed. */
function each(parts: readonly Judged[], cost: (atom: Atom) => number, wanted: boolean): readonly Atom[] | undefined {
  const covers = parts.map(part => coverOf(part, cost, wanted))
  return covers.some(cover => cover === undefined) ? undefined : (covers as (readonly Atom[])[]).flat()
}
