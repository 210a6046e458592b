import type { Advice } from '../../yaml/fix.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { misspelt, synonymOf } from '../advice/suggest.ts'
import { suggestAt } from '../advice/suggested.ts'
import { asMapping, headOf } from './shape.ts'

/** The shape of a mapping. */
export type MappingForm = {
  /** Its name in messages, as in "a rule". */
  place: string
  keys: readonly string[]
  /** A sample to show in a hint. */
  example: string
  /** Advice for a key that belongs elsewhere; several that belong to the same one are reported once. */
  misplaced?: (entry: Entry, all: readonly Entry[]) => Misplaced | undefined
}

/**
 * Where a key belongs.
 *
 * `meant` is the key of the form that it should be, or be under; `isUnclear` means that it may be one of several.
 */
export type Misplaced = Advice & { meant?: string; isUnclear?: true }

/**
 * The entries of a mapping by key.
 *
 * `isUnclear` is true if the meaning of a key is unclear: it may be a key that seems to be missing.
 */
export type Entries = ReadonlyMap<string, Entry> & { readonly isUnclear: boolean }

/**
 * The entries of a mapping whose keys all belong to a form.
 *
 * Other keys are reported. An unknown key is then read as the key that was meant, so that a misspelt key is not also
 * reported as missing. Undefined if it is not a mapping (reported) or broken (reported before).
 */
export function readMapping(node: Node, form: MappingForm, reporter: Reporter): Entries | undefined {
  const map = asMapping(node, form.place, reporter, `Write ${form.example}`)
  if (map === undefined) return undefined
  const entries = new Map(map.entries.filter(({ key }) => form.keys.includes(key)).map(entry => [entry.key, entry]))
  let isUnclear = false
  let isAfterNothing = false
  const told = new Set<string>()
  for (const entry of map.entries) {
    if (form.keys.includes(entry.key)) {
      isAfterNothing = isNothing(entry.value)
      continue
    }
    // It should have been indented under the previous key, which was reported there.
    if (isAfterNothing) continue
    if (reporter.isFull) {
      isUnclear = true
      break
    }
    const misplaced = form.misplaced?.(entry, map.entries)
    if (misplaced?.meant !== undefined && told.has(misplaced.meant)) continue
    if (misplaced?.meant !== undefined) told.add(misplaced.meant)
    const meant = reportKey(entry, misplaced, { form, reporter, others: map.entries })
    if (meant === 'unclear') isUnclear = true
    else if (meant !== 'elsewhere' && !entries.has(meant.key)) entries.set(meant.key, meant)
  }
  return Object.assign(entries, { isUnclear })
}

/** An empty value, which has been reported. */
function isNothing({ kind, span }: Node): boolean {
  return kind === 'broken' && span.start === span.end
}

/**
 * The entries of required keys.
 *
 * Undefined if one is missing, which is reported unless an unclear key may be it.
 */
export function required<K extends string>(
  entries: Entries,
  wanted: readonly K[],
  { node, form, reporter, advice }: { node: Node; form: MappingForm; reporter: Reporter; advice?: Advice },
): Record<K, Entry> | undefined {
  const missing = wanted.find(key => !entries.has(key))
  if (missing === undefined) return Object.fromEntries(wanted.map(key => [key, entries.get(key)])) as Record<K, Entry>
  if (!entries.isUnclear) {
    const message = `"${missing}" is missing from ${form.place}`
    reporter.error('missing-key', headOf(node), message, advice ?? `Write ${form.example}`)
  }
  return undefined
}

/** The form and reporter for a key, and the entries beside it. */
type Around = { form: MappingForm; reporter: Reporter; others: readonly Entry[] }

/** Reports a key that the form lacks. Returns the entry that was meant, if known; a guess is not checked. */
function reportKey(
  entry: Entry,
  misplaced: Misplaced | undefined,
  { form, reporter, others }: Around,
): Entry | 'elsewhere' | 'unclear' {
  const { key, keySpan, value } = entry
  const say = (advice: string | Advice) =>
    reporter.error('unknown-key', keySpan, `There is no key "${key}" in ${form.place}`, advice)
  const unjudged = (meant: string): Entry => ({ key: meant, keySpan, value: { kind: 'broken', span: value.span } })
  if (misplaced !== undefined) {
    say(misplaced)
    if (misplaced.isUnclear) return 'unclear'
    return misplaced.meant === undefined ? 'elsewhere' : unjudged(misplaced.meant)
  }
  const synonym = synonymOf(key, form.keys)
  if (synonym?.instead !== undefined) {
    say(synonym.instead)
    return unjudged(synonym.meant)
  }
  const meant = synonym?.meant ?? misspelt(key, form.keys)
  const { hint, fixes = [] } = suggestAt(keySpan, key, form.keys, 'Keys')
  const isThere = others.some(other => other.key === meant)
  say({ hint, fixes: isThere || value.kind === 'broken' ? [] : fixes })
  if (meant === undefined) return 'unclear'
  return synonym?.isGuess ? unjudged(meant) : { key: meant, keySpan, value }
}
