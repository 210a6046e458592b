import { distance } from 'fastest-levenshtein'
import { synonyms } from './vocabulary.ts'

/**
 * The one of `known` that was probably meant: the same but for case, blanks and hyphens, a synonym, or a near
 * spelling. Undefined when none is near. Pure.
 */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const phrase = spaced(written)
  const synonym = synonyms.find(([from, to]) => from === phrase && known.includes(to))
  return synonym?.[1] ?? misspelt(written, known)
}

/** The one of `known` that is spelt nearly like this; undefined when none is near. Pure. */
export function misspelt(written: string, known: readonly string[]): string | undefined {
  // A longer text than any word is no misspelling, and comparing it would take time for nothing.
  if (written.length > 64) return undefined
  const bare = plain(written)
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const name of known) {
    const away = distance(bare, plain(name))
    if (away < least) [best, least] = [name, away]
  }
  return best !== undefined && least <= Math.max(1, Math.floor(best.length / 4)) ? best : undefined
}

/**
 * A hint: "Did you mean …?" when one of `known` is near, and what there is in any case. Pure.
 *
 * `title` names what is listed, as in "Fields".
 */
export function suggest(written: string, known: readonly string[], title: string): string {
  const near = nearest(written, known)
  const all = known.length === 0 ? `${title}: none` : `${title}: ${enumerate(known)}`
  return near === undefined ? all : `Did you mean "${near}"? ${all}`
}

/** At most so many names are listed in a hint: a longer list helps nobody. */
const listed = 40

function enumerate(known: readonly string[]): string {
  if (known.length <= listed) return known.join(', ')
  return `${known.slice(0, listed).join(', ')} and ${known.length - listed} more`
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
