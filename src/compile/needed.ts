import type { Span } from '../yaml/source.ts'
import type { Judged, Leaf } from './judged.ts'

/** A test that must be definitely true, or definitely false, for a rule to fire. */
export type Literal = {
  judged: Judged & { leaf: Leaf }
  wanted: boolean
  /** Its position in the rule: for a named condition, where it is used. */
  place: Span
}

/** A group that must be definitely true, or definitely false, because of one of its parts. */
export type Choice = { judged: Judged; wanted: boolean; wantedOfParts: boolean; place: Span }

/** What a rule needs in order to fire: all of these tests, and one part of each of these groups. */
export type Needed = { literals: readonly Literal[]; choices: readonly Choice[] }

/** What a condition needs in order to be definitely true, or definitely false. */
export function neededBy(judged: Judged, wanted = true): Needed {
  const needed = { literals: [] as Literal[], choices: [] as Choice[] }
  collect(judged, wanted, undefined, needed)
  return needed
}

function collect(
  judged: Judged,
  wanted: boolean,
  used: Span | undefined,
  needed: { literals: Literal[]; choices: Choice[] },
): void {
  const { condition, parts } = judged
  const place = used ?? condition.span
  switch (condition.kind) {
    case 'test':
    case 'time':
    case 'often':
    case 'since':
      needed.literals.push({ judged: judged as Literal['judged'], wanted, place })
      return
    case 'use':
      collect(parts[0] as Judged, wanted, place, needed)
      return
    case 'not':
      collect(parts[0] as Judged, !wanted, used, needed)
      return
    case 'all':
    case 'any':
    case 'none': {
      const { isEach, wantedOfParts } = groupOf(condition.kind, wanted)
      if (!isEach && parts.length > 1) needed.choices.push({ judged, wanted, wantedOfParts, place })
      else for (const part of parts) collect(part, wantedOfParts, used, needed)
    }
  }
}

/** What a group requires of its parts to be definitely true or false, and whether of each or of any one. */
export function groupOf(kind: 'all' | 'any' | 'none', wanted: boolean): { isEach: boolean; wantedOfParts: boolean } {
  const wantedOfParts = kind === 'none' ? !wanted : wanted
  return { isEach: kind === 'all' ? wanted : !wantedOfParts, wantedOfParts }
}
