import { isGapAt, type VisibleText, visibleText } from '../lookalike/visible-text.ts'
import { withoutParting } from './trie-keys.ts'

/** Signs of an entry that do not look like letters but must also be found: before, between and after its letters. */
export type EntrySigns = { before: string; within: string; after: string }

/**
 * The signs that a text must have to look like an entry; undefined if there are none. Signs that separate words or end
 * a sentence do not count. Linear.
 */
export function signsOf(entry: string): EntrySigns | undefined {
  if (!/[^\p{L}\p{M}\p{N}\s]/u.test(entry)) return undefined
  const seen = visibleText(entry)
  const { count } = seen
  // A run of gaps is a single position.
  const start = count > 0 && isGapAt(seen, 0) ? 1 : 0
  const end = count > start && isGapAt(seen, count - 1) ? count - 1 : count
  const signs = {
    before: signsIn(seen, 0, start),
    within: withoutParting(signsIn(seen, start, end)),
    after: signsIn(seen, end, count).replace(/[.,;:…。、，；：]+$/u, ''),
  }
  return signs.before + signs.within + signs.after === '' ? undefined : signs
}

/** True if the signs of an entry are present where its letters were found, from `start` to `end`. Linear. */
export function hasSigns(
  seen: VisibleText,
  start: number,
  end: number,
  { before, within, after }: EntrySigns,
): boolean {
  return (
    signsIn(seen, start - 1, start).endsWith(before) &&
    signsIn(seen, end, end + 1).startsWith(after) &&
    (within === '' || isWithin(within, signsIn(seen, start, end)))
  )
}

/** Not signs. Includes surrogates, since two from different positions would form a character. */
const noSign = /[\s\p{M}\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu

/** The signs in gaps between two positions, without spaces and invisible characters. */
function signsIn(seen: VisibleText, from: number, to: number): string {
  const starts = seen.starts()
  let signs = ''
  for (let at = Math.max(0, from); at < Math.min(to, seen.count); at++) {
    if (!isGapAt(seen, at)) continue
    const next = at + 1 < seen.count ? (starts[at + 1] as number) : seen.text.length
    signs += seen.text.slice(starts[at], next).normalize('NFKC').replace(noSign, '')
  }
  return signs
}

/** True if all characters of one text are in another, in the same order. */
function isWithin(some: string, all: string): boolean {
  let at = 0
  for (const char of all) if (char === String.fromCodePoint(some.codePointAt(at) ?? 0)) at += char.length
  return at >= some.length
}
