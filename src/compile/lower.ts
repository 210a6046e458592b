import type { NestedCondition, TopLevelCondition } from 'json-rules-engine'
import type { Rule } from '../language/rule.ts'
import type { Judged, Leaf } from './judged.ts'
import { groupOf } from './needed.ts'
import { operatorFor } from './operators.ts'

/** The fact that holds the time of the call, in ms since 1970. */
export const timeFact = 'time'

/**
 * A rule's conditions for json-rules-engine: true exactly when `when` is definitely true and `unless` is not.
 *
 * A rule that is skipped while it is unsure does not fire where an unsure fact could make its `unless` true; one that
 * fires takes unsure tests of its `when` for true.
 *
 * The engine knows only two values. So negation is pushed down to the tests, each of which fails for an absent field
 * whether negated or not; only `unless`, which itself requires definite truth, is wrapped in a `not`.
 */
export function lower(when: Judged, unless: Judged | undefined, ifUnsure: Rule['ifUnsure']): TopLevelCondition {
  const fires = lowered(when, true, ifUnsure === 'fire')
  if (unless !== undefined) return { all: [fires, { not: lowered(unless, true, ifUnsure === 'skip') }] }
  // The engine copies conditions at each run: avoid groups with a single part.
  return 'all' in fires || 'any' in fires ? fires : { all: [fires] }
}

/** What is true in the engine when the condition is definitely true, or definitely false; or may be, if unsure. */
function lowered({ condition, parts, leaf }: Judged, wanted: boolean, orUnsure: boolean): NestedCondition {
  switch (condition.kind) {
    case 'test':
    case 'time':
    case 'often':
    case 'since':
      return lowerLeaf(leaf as Leaf, wanted, orUnsure)
    case 'use':
      return lowered(parts[0] as Judged, wanted, orUnsure)
    case 'not':
      return lowered(parts[0] as Judged, !wanted, orUnsure)
    case 'all':
    case 'any':
    case 'none': {
      const { isEach, wantedOfParts } = groupOf(condition.kind, wanted)
      const nested = parts.map(part => lowered(part, wantedOfParts, orUnsure))
      return isEach ? { all: nested } : { any: nested }
    }
  }
}

function lowerLeaf(leaf: Leaf, wanted: boolean, orUnsure: boolean): NestedCondition {
  const fact = leaf.slot === 'time' ? timeFact : leaf.slot.id
  return { fact, ...operatorFor(leaf, wanted, orUnsure) }
}
