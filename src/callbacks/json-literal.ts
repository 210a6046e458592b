/** The characters of a JSON literal as spelt: a surrogate pair is one, however it is written. */
const spellings = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\.|[^\\]/gsu

/**
 * The JSON literal of a text that replaces another, with the spelling of all unchanged characters kept.
 *
 * `literal` is valid, its quotes included: `"a\u003cb"` keeps its first three characters when only the last changes.
 * Text between the first and the last change keeps its spelling if its length is unchanged. Linear time.
 */
export function respell(literal: string, text: string): string {
  // Nothing has a special spelling: this is true of nearly all texts, and takes a tenth of the time.
  if (!literal.includes('\\') && !loneSurrogate.test(literal)) return JSON.stringify(text)
  const spelt = literal.slice(1, -1).match(spellings) ?? []
  const [was, is] = [[...(JSON.parse(literal) as string)], [...text]]
  // A lone surrogate that now pairs up with its neighbour is read as one character but spelt as two.
  if (spelt.length !== was.length) return JSON.stringify(text)
  const begin = sameBeginning(was, is)
  const end = Math.min(sameBeginning(was.toReversed(), is.toReversed()), was.length - begin, is.length - begin)
  const isAligned = was.length === is.length
  const middle = is
    .slice(begin, is.length - end)
    .map((character, at) => (isAligned && was[begin + at] === character ? spelt[begin + at] : spell(character)))
  return `"${[...spelt.slice(0, begin), ...middle, ...spelt.slice(spelt.length - end)].join('')}"`
}

/** May be unescaped in a literal, but JSON.stringify would escape it. */
const loneSurrogate = /\p{Cs}/u

function sameBeginning(one: readonly string[], two: readonly string[]): number {
  const at = one.findIndex((character, place) => character !== two[place])
  return at === -1 ? one.length : at
}

function spell(character: string): string {
  return JSON.stringify(character).slice(1, -1)
}
