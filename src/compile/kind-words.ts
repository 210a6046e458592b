import type { Operand, Test } from '../language/condition.ts'
import { type Kind, type KindName, kindNames } from '../text/kinds/find.ts'
import type { Compared } from './compared.ts'
import { SearchedText } from './searched-text.ts'

/** `has email` and its like: a text passes when something of that kind is in it. */
export function hasKind(word: Test['word'], operand: Operand): Compared {
  const kind: Kind = {
    name: kindNames.find(name => word === `has ${name}`) as KindName,
    ...(operand.kind === 'countries' && { countries: operand.countries }),
  }
  return {
    form: 'searched',
    predicate: value => placeOf(value, kind) !== undefined,
    isPositive: true,
    ahead: value => (value instanceof SearchedText ? value.lookForKind(kind) : nothing),
    find: value => placeOf(value, kind),
  }
}

/** Warnings ask about texts that no call has. */
function placeOf(value: unknown, kind: Kind) {
  if (value instanceof SearchedText) return value.placeOf(kind)
  return typeof value === 'string' ? new SearchedText(value).placeOf(kind) : undefined
}

const nothing: readonly undefined[] = []
