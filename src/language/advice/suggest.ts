import { distance } from 'fastest-levenshtein'
import { type Synonym, synonymsFor } from './synonyms.ts'

/** The one of `known` that was probably meant: a synonym, or else the nearest spelling; undefined if there is none. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const phrase = spaced(written)
  const bare = phrase.startsWith('is ') ? known.find(name => name === phrase.slice('is '.length)) : undefined
  return synonymOf(written, known)?.meant ?? bare ?? misspelt(written, known)
}

/** The synonym entry of a word that means one of `known`. */
export function synonymOf(written: string, known: readonly string[]): Synonym | undefined {
  return synonymsFor(spaced(written)).find(({ meant }) => known.includes(meant))
}

/**
 * The one of `known` with a similar spelling; undefined if none is similar.
 *
 * Case, spaces, hyphens and underscores are ignored, swapped letters count as one difference, and the first words of a
 * longer name are enough.
 */
export function misspelt(written: string, known: readonly string[]): string | undefined {
  // A text longer than any word is not a misspelling, and comparing it would waste time.
  if (written.length > 64) return undefined
  const bare = plain(written)
  const compared = worthComparing(written, known)
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const name of compared) {
    if (Math.abs(name.length - written.length) > 3 + name.length / 4) continue
    const away = differences(bare, plain(name))
    if (away < least) [best, least] = [name, away]
  }
  if (best !== undefined && least <= tolerated(best)) return best
  return sameBeginning(written, compared)
}

/** With more names than this, only some are compared. */
const mostCompared = 300

/** If there are very many names, only some with the same first letter: people misspell later letters. */
function worthComparing(written: string, known: readonly string[]): readonly string[] {
  if (known.length <= mostCompared) return known
  const first = written.charAt(0).toLowerCase()
  const longest = 2 * written.length + 8
  const alike = known.filter(name => name.length <= longest && name.charAt(0).toLowerCase() === first)
  return alike.slice(0, mostCompared)
}

/**
 * A hint: "Did you mean …?" if one of `known` is similar, followed by the list of what exists.
 *
 * `title` names the list, as in "Fields".
 */
export function suggest(written: string, known: readonly string[], title: string): string {
  return suggestion(nearest(written, known), known, title)
}

/** The same hint if the similar name is already known. */
export function suggestion(near: string | undefined, known: readonly string[], title: string): string {
  const all = known.length === 0 ? `${title}: none` : `${title}: ${enumerate(known)}`
  return near === undefined ? all : `Did you mean "${near}"? ${all}`
}

/** The only longer name that starts with these words, or the longest that they start with. */
function sameBeginning(written: string, known: readonly string[]): string | undefined {
  const phrase = spaced(written)
  const longer = known.filter(name => spaced(name).startsWith(`${phrase} `))
  if (longer.length === 1 && written.length > 2) return longer[0]
  const shorter = known.filter(name => phrase.startsWith(`${spaced(name)} `))
  return shorter.sort((a, b) => b.length - a.length)[0]
}

/** How many names a hint lists at most: a longer list helps nobody. */
const listed = 40

function enumerate(known: readonly string[]): string {
  if (known.length <= listed) return known.join(', ')
  return `${known.slice(0, listed).join(', ')} and ${known.length - listed} more`
}

/** The number of typing mistakes between two names. The same letters in another order count as one. */
function differences(written: string, name: string): number {
  const count = distance(written, name)
  return count === 2 && sorted(written) === sorted(name) ? 1 : count
}

function sorted(text: string): string {
  return [...text].sort().join('')
}

/** For names of two letters, every other name of two letters would be similar. */
function tolerated(name: string): number {
  return name.length < 3 ? 0 : Math.max(1, Math.floor(name.length / 4))
}

/** A name without what people spell differently: case, spaces, hyphens, underscores. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '')
}

/** `startsWith`, `starts_with` and `starts-with` as `starts with`. */
function spaced(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase()
}
