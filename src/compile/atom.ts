import type { Needs } from './compared.ts'
import type { Judged, Leaf } from './judged.ts'

import type { Slot } from './view.ts'

/** Something that an index can tell of a call: a fact is there, or is what a test needs it to be. */
export type Atom = { slot: Slot; needs: Needs | { kind: 'present' } }

/**
 * Atoms of which at least one holds whenever the condition is definitely true: what does not have one cannot fire.
 *
 * Undefined when there are none, as for a time and for what is asked for. `cost` says how often an atom holds of calls at large; of several
 * choices the one that holds most seldom is taken. Pure.
 */
export function coverOf(
  judged: Judged,
  cost: (atom: Atom) => number,
  wanted: boolean = true,
): readonly Atom[] | undefined {
  const { condition, parts, leaf } = judged
  switch (condition.kind) {
    case 'time':
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
  // What no call carries is asked for last, of the rules for which all else holds.
  if (slot === 'time' || slot.field.field.asked !== undefined) return undefined
  if (presence !== undefined) {
    return (presence === 'present') === wanted ? [{ slot, needs: { kind: 'present' } }] : undefined
  }
  return [{ slot, needs: isPositive === wanted && needs !== undefined ? needs : { kind: 'present' } }]
}

/** All parts must hold: the cover of any one will do. */
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

/** One part may hold without the others: all of their covers are needed. */
function each(parts: readonly Judged[], cost: (atom: Atom) => number, wanted: boolean): readonly Atom[] | undefined {
  const covers = parts.map(part => coverOf(part, cost, wanted))
  return covers.some(cover => cover === undefined) ? undefined : (covers as (readonly Atom[])[]).flat()
}
