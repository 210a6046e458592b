import type { Judged, Leaf } from '../compile/judged.ts'
import { groupOf } from '../compile/needed.ts'

/** A test that must be definitely true, or definitely false. */
export type Wish = { judged: Judged & { leaf: Leaf }; wanted: boolean }

/** How many ways are tried for each group: one of the first is usually simple. */
const mostWays = 8

/** Ways for a condition to be definitely true or definitely false; each is a list of tests and wanted verdicts. */
export function waysTo(judged: Judged, wanted: boolean): readonly (readonly Wish[])[] {
  const { condition, parts } = judged
  switch (condition.kind) {
    case 'test':
    case 'time':
    case 'often':
    case 'since':
      return [[{ judged: judged as Wish['judged'], wanted }]]
    case 'use':
      return waysTo(parts[0] as Judged, wanted)
    case 'not':
      return waysTo(parts[0] as Judged, !wanted)
    case 'all':
    case 'any':
    case 'none': {
      const { isEach, wantedOfParts } = groupOf(condition.kind, wanted)
      const ofParts = parts.map(part => waysTo(part, wantedOfParts))
      return isEach ? together(ofParts) : ofParts.flat().slice(0, mostWays)
    }
  }
}

function together(ofParts: readonly (readonly (readonly Wish[])[])[]): readonly (readonly Wish[])[] {
  return ofParts.reduce<readonly (readonly Wish[])[]>(
    (ways, part) => ways.flatMap(way => part.map(more => [...way, ...more])).slice(0, mostWays),
    [[]],
  )
}
