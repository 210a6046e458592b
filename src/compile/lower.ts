import type { NestedCondition, TopLevelCondition } from 'json-rules-engine'
import type { Judged, Leaf } from './judged.ts'
import { operatorFor } from './operators.ts'

/** The fact that holds the time of the call, in ms since 1970. */
export const timeFact = 'time'

/**
 * A rule's conditions for json-rules-engine: they hold exactly when `when` is definitely true and `unless` is not.
 *
 * The engine knows two values only. So negation is pushed down to the tests, each of which fails for an absent
 * field whether it is negated or not; only `unless`, which asks for definitely true itself, stands under a `not`.
 */
export function lower(when: Judged, unless: Judged | undefined): TopLevelCondition {
  const fires = lowered(when, true)
  if (unless !== undefined) return { all: [fires, { not: lowered(unless, true) }] }
  // The engine copies conditions at each run: none stands in a group of its own without need.
  return 'all' in fires || 'any' in fires ? fires : { all: [fires] }
}

/** What holds in the engine when the condition is definitely true, or definitely false. */
function lowered({ condition, parts, leaf }: Judged, wanted: boolean): NestedCondition {
  switch (condition.kind) {
    case 'test':
    case 'time':
      return lowerLeaf(leaf as Leaf, wanted)
    case 'use':
      return lowered(parts[0] as Judged, wanted)
    case 'not':
      return lowered(parts[0] as Judged, !wanted)
    case 'all':
      return group(wanted ? 'all' : 'any', parts, wanted)
    case 'any':
      return group(wanted ? 'any' : 'all', parts, wanted)
    case 'none':
      return group(wanted ? 'all' : 'any', parts, !wanted)
  }
}

function group(kind: 'all' | 'any', parts: readonly Judged[], wanted: boolean): NestedCondition {
  const nested = parts.map(part => lowered(part, wanted))
  return kind === 'all' ? { all: nested } : { any: nested }
}

function lowerLeaf(leaf: Leaf, wanted: boolean): NestedCondition {
  const fact = leaf.slot === 'time' ? timeFact : leaf.slot.id
  return { fact, ...operatorFor(leaf, wanted) }
}
