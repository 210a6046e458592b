import { distance } from 'fastest-levenshtein'
import { type Synonym, synonymsFor } from './synonyms.ts'

/** The one of `known` that was probably meant: a synonym, or else the nearest spelling; undefined when none is. Pure. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const phrase = spaced(written)
  const bare = phrase.startsWith('is ') ? known.find(name => name === phrase.slice('is '.length)) : undefined
  return synonymOf(written, known)?.meant ?? bare ?? misspelt(written, known)
}

/** What is known of a word that means one of `known`. Pure. */
export function synonymOf(written: string, known: readonly string[]): Synonym | undefined {
  return synonymsFor(spaced(written)).find(({ meant }) => known.includes(meant))
}

/**
 * The one of `known` that is spelt nearly like this; undefined when none is near.
 *
 * Case, blanks, hyphens and underscores do not count, two letters in each other's place count once, and the first
 * words of a longer name will do. Pure.
 */
export function misspelt(written: string, known: readonly string[]): string | undefined {
  // A longer text than any word is no misspelling, and comparing it would take time for nothing.
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

/** Of more names than this, only some are compared. */
const mostCompared = 300

/** Of very many names, some of those that begin with the same letter: people misspell what follows. */
function worthComparing(written: string, known: readonly string[]): readonly string[] {
  if (known.length <= mostCompared) return known
  const first = written.charAt(0).toLowerCase()
  const longest = 2 * written.length + 8
  const alike = known.filter(name => name.length <= longest && name.charAt(0).toLowerCase() === first)
  return alike.slice(0, mostCompared)
}

/**
 * A hint: "Did you mean …?" when one of `known` is near, and what there is in any case. Pure.
 *
 * `title` names what is listed, as in "Fields".
 */
export function suggest(written: string, known: readonly string[], title: string): string {
  return suggestion(nearest(written, known), known, title)
}

/** The same hint where it is known already which one is near. Pure. */
export function suggestion(near: string | undefined, known: readonly string[], title: string): string {
  const all = known.length === 0 ? `${title}: none` : `${title}: ${enumerate(known)}`
  return near === undefined ? all : `Did you mean "${near}"? ${all}`
}

/** The only longer name that begins with the words written, or the longest that what is written begins with. */
function sameBeginning(written: string, known: readonly string[]): string | undefined {
  const phrase = spaced(written)
  const longer = known.filter(name => spaced(name).startsWith(`${phrase} `))
  if (longer.length === 1 && written.length > 2) return longer[0]
  const shorter = known.filter(name => phrase.startsWith(`${spaced(name)} `))
  return shorter.sort((a, b) => b.length - a.length)[0]
}

/** At most so many names are listed in a hint: a longer list helps nobody. */
const listed = 40

function enumerate(known: readonly string[]): string {
  if (known.length <= listed) return known.join(', ')
  return `${known.slice(0, listed).join(', ')} and ${known.length - listed} more`
}

/** How many mistakes make one name of another. The same letters in another order are one. */
function differences(written: string, name: string): number {
  const count = distance(written, name)
  return count === 2 && sorted(written) === sorted(name) ? 1 : count
}

function sorted(text: string): string {
  return [...text].sort().join('')
}

/** In a name of two letters every other name of two letters would be near. */
function tolerated(name: string): number {
  return name.length < 3 ? 0 : Math.max(1, Math.floor(name.length / 4))
}

/** A name without what people spell differently: case, blanks, hyphens, underscores. */
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
