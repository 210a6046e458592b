import type { WordName } from '../vocabulary.ts'

/** Words for one value, with the word for several. */
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

/** The word for several values, given one for a single value; undefined when there is none. */
export function pluralOf(name: string): WordName | undefined {
  return plurals.get(name)
}

/** The word for a single value, given one for several; undefined when there is none. */
export function singularOf(name: string): WordName | undefined {
  return singulars.get(name)
}
