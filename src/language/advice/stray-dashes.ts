import { blankDashes } from '../../yaml/layout.ts'
import type { MapNode, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { keys } from '../vocabulary.ts'

/** The shape of a list item: the key that only its first line has, and groups of keys of which it has one each. */
type EntryForm = { noun: string; keys: readonly string[]; begin?: string; needs: readonly (readonly string[])[] }

/** The keys of a rule. */
export const ruleEntry: EntryForm = {
  noun: 'rule',
  keys: keys.rule,
  begin: 'rule',
  needs: [
    ['when', 'conditions'],
    ['reject', 'rewrite', 'allow', 'event'],
  ],
}

/** The keys of a test. */
export const caseEntry: EntryForm = { noun: 'test', keys: keys.case, needs: [['given'], ['expect']] }

/**
 * The items of a list, after merging those that a dash on each line has split.
 *
 * An item with only keys that the one above lacks belongs to it; this is reported once.
 */
export function joinDashes(items: readonly Node[], form: EntryForm, { reporter, text }: Told): readonly Node[] {
  const joined: Node[] = []
  const stray: MapNode[] = []
  for (const item of items) {
    const above = joined.at(-1)
    if (item.kind === 'map' && above?.kind === 'map' && isStray(item, above, form) && hasDash(item, text)) {
      stray.push(item)
      joined[joined.length - 1] = together(above, item)
    } else joined.push(item)
  }
  const [first] = stray
  if (first === undefined) return items
  const [entry] = first.entries
  const message = `The dash before "${entry?.key}" starts another ${form.noun}`
  const hint = `Delete the dash and keep the indentation: only the first line of a ${form.noun} has a dash`
  reporter.error('stray-dash', entry?.keySpan ?? first.span, message, {
    hint,
    fixes: [{ label: 'Delete these dashes', edits: blankDashes(stray, text) }],
  })
  return joined
}

type Told = { reporter: Reporter; text: string }

function isStray({ entries }: MapNode, above: MapNode, { keys: all, begin, needs }: EntryForm): boolean {
  if (entries.length === 0 || !entries.every(({ key }) => key !== begin && all.includes(key))) return false
  if (begin !== undefined && !has(above, begin)) return false
  const rows = entries.map(({ key }) => needs.find(row => row.includes(key)) ?? [key])
  return rows.every(row => !row.some(key => has(above, key)))
}

/** Whether an item follows a dash rather than being in brackets. */
function hasDash({ span }: MapNode, text: string): boolean {
  return /^- +$/.test(text.slice(Math.max(0, text.lastIndexOf('-', span.start)), span.start))
}

function has({ entries }: MapNode, wanted: string): boolean {
  return entries.some(({ key }) => key === wanted)
}

function together(one: MapNode, other: MapNode): MapNode {
  return { ...one, entries: [...one.entries, ...other.entries], span: { ...one.span, end: other.span.end } }
}
