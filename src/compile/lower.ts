import type { NestedCondition, TopLevelCondition } from 'json-rules-engine'
import type { Judged, Leaf } from './judged.ts'
import { operatorFor } from './operators.ts'

/** The fact that holds the time of the call, in ms since 1970. */
export const timeFact = 'time'

/**
 * A rule's conditions for json-rules-engine: true exactly when `when` is definitely true and `unless` is not.
 *
 * The engine knows only two values. So negation is pushed down to the tests, each of which fails for an absent field
 * whether negated or not; only `unless`, which itself requires definite truth, is wrapped in a `not`.
 */
export function lower(when: Judged, unless: Judged | undefined): TopLevelCondition {
  const fires = lowered(when, true)
  if (unless !== undefined) return { all: [fires, { not: lowered(unless, true) }] }
  // The engine copies conditions at each run: avoid groups with a single part.
  return 'all' in fires || 'any' in fires ? fires : { all: [fires] }
}

/** What is true in the engine when the condition is definitely true, or definitely false. */
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
