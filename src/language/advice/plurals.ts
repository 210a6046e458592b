import type { WordName } from '../vocabulary.ts'

/** Words for one value, and those that take several in their place. */
const plurals: ReadonlyMap<string, WordName> = new Map([
  ['is', 'one of'],
  ['is not', 'not one of'],
  ['contains', 'contains any'],
  ['starts with', 'starts with any'],
  ['ends with', 'ends with any'],
  ['has word', 'has word in'],
  ['looks like', 'looks like a word in'],
])

const singulars = new Map([...plurals].map(([one, several]) => [several as string, one as WordName]))

/** The word that takes several values where this one takes one; undefined when there is none. Pure. */
export function pluralOf(name: string): WordName | undefined {
  return plurals.get(name)
}

/** The word that takes one value where this one takes several; undefined when there is none. Pure. */
export function singularOf(name: string): WordName | undefined {
  return singulars.get(name)
}
