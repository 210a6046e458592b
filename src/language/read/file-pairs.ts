import type { Reporter } from '../../yaml/reporter.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { ListEntry } from '../condition.ts'

/** Entries, each with the text that is put in its place. */
export type Pairs = { entries: readonly ListEntry[]; replacements: readonly string[] }

/** The entry and the replacement on a line of a list file; undefined where the line is no pair. Pure. */
export function pairOn(text: string): readonly [entry: string, replacement: string] | undefined {
  const at = text.indexOf(' = ')
  if (at !== -1) return [text.slice(0, at).trim(), text.slice(at + 3).trim()]
  return text.endsWith(' =') ? [text.slice(0, -2).trim(), ''] : undefined
}

/**
 * The entries of a list file, as pairs where each of them is one; of some only, those that are fewer are wrong, which is
 * reported, and the result is undefined. `paired` are the places of those that are pairs.
 */
export function* pairsOfFile(
  entries: readonly ListEntry[],
  paired: readonly number[],
  reporter: Reporter,
): Steps<Pairs | undefined> {
  if (paired.length < entries.length) return refuseOdd(entries, paired, reporter)
  const pairs = { entries: [] as ListEntry[], replacements: [] as string[] }
  for (const [at, { text, span }] of entries.entries()) {
    if (at % 500 === 499) yield
    const [entry, replacement] = pairOn(text) as readonly [string, string]
    pairs.entries.push({ text: plain(entry), span: { ...span, end: span.start + entry.length } })
    pairs.replacements.push(plain(replacement))
  }
  return pairs
}

/** A text of a list file with its signs as they are meant. Pure. */
export function plain(text: string): string {
  return text.includes('\\') ? text.replace(/^\\!/, '!').replaceAll(/(?<=^| )\\=(?= |$)/g, '=') : text
}

function refuseOdd(entries: readonly ListEntry[], paired: readonly number[], reporter: Reporter): undefined {
  const areMost = paired.length * 2 > entries.length
  const places = new Set(paired)
  const odd = entries.find((_, at) => places.has(at) !== areMost)
  if (odd === undefined) return undefined
  const message = areMost
    ? `"${odd.text}" has no replacement, as the other entries of this list have`
    : `"${odd.text}" has a replacement behind " = ", and other entries of this list have none`
  const hint = areMost
    ? `Write ${odd.text} = and what to put in its place`
    : 'Give each entry one, or write \\= for the sign itself'
  reporter.error('wrong-shape', odd.span, message, hint)
  return undefined
}
