import type { Entry, MapNode, Node } from './node.ts'
import type { Reporter } from './reporter.ts'
import type { Span } from './source.ts'
import { misspelt, nearest, suggest } from './suggest.ts'

/** The entries of a mapping by key. */
export type Entries = ReadonlyMap<string, Entry>

/**
 * A mapping's entries, each of whose keys is one of `known`.
 *
 * Other keys are reported. What is then read as the key that was meant: nobody is told of a missing key, and of
 * its value, who was told that the key is misspelt. Undefined when it is no mapping (reported) or broken
 * (reported before). `place` says where we are, as in "a rule".
 */
export function readMapping(
  node: Node,
  known: readonly string[],
  place: string,
  reporter: Reporter,
): Entries | undefined {
  const map = asMapping(node, place, reporter)
  if (map === undefined) return undefined
  const entries = new Map(map.entries.filter(entry => known.includes(entry.key)).map(entry => [entry.key, entry]))
  for (const entry of map.entries) {
    if (known.includes(entry.key)) continue
    const { key, keySpan, value } = entry
    reporter.error('unknown-key', keySpan, `There is no key "${key}" in ${place}`, suggest(key, known, 'Keys'))
    const spelt = misspelt(key, known)
    const meant = spelt ?? nearest(key, known)
    if (meant === undefined || entries.has(meant)) continue
    entries.set(meant, { ...entry, value: spelt === undefined ? { kind: 'broken', span: value.span } : value })
  }
  return entries
}

/** The node as a mapping; anything else is reported, unless it was before. */
export function asMapping(node: Node, place: string, reporter: Reporter): MapNode | undefined {
  if (node.kind === 'map') return node
  if (node.kind !== 'broken') {
    reporter.error(
      'wrong-shape',
      node.span,
      `${capital(place)} must be "key: value" lines, and this is ${shapeOf(node)}`,
    )
  }
  return undefined
}

/** The items of a list; anything else is reported, unless it was before. `place` says what the list is. */
export function asList(node: Node, place: string, reporter: Reporter, hint?: string): readonly Node[] | undefined {
  if (node.kind === 'list') return node.items
  if (node.kind !== 'broken') {
    reporter.error('wrong-shape', node.span, `${capital(place)} must be a list, and this is ${shapeOf(node)}`, hint)
  }
  return undefined
}

/**
 * A text. A number, a truth value and anything that is no single value are reported.
 *
 * `place` says what the text is, as in "a message".
 */
export function asText(node: Node, place: string, reporter: Reporter): string | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind !== 'scalar') {
    reporter.error('wrong-shape', node.span, `${capital(place)} must be a text, and this is ${shapeOf(node)}`)
    return undefined
  }
  const { value, raw } = node
  if (typeof value === 'string') return value
  if (typeof value === 'number') {
    reporter.error('unquoted-number', node.span, `${raw} is read as a number, and ${place} is a text`, `Write "${raw}"`)
  } else if (typeof value === 'boolean') {
    reporter.error(
      'unquoted-truth',
      node.span,
      `${raw} is read as true or false, and ${place} is a text`,
      `Write "${raw}"`,
    )
  } else {
    reporter.error(
      'wrong-value',
      node.span,
      `${capital(place)} must be a text, and this is nothing`,
      'Write "" for an empty text',
    )
  }
  return undefined
}

/** What a node is, in an author's words. Pure. */
export function shapeOf(node: Node): string {
  switch (node.kind) {
    case 'map':
      return '"key: value" lines'
    case 'list':
      return 'a list'
    case 'broken':
      return 'not readable'
    case 'scalar':
      return describeScalar(node.value)
  }
}

/** A place that covers several. Pure. */
export function cover(first: Span, last: Span): Span {
  return { file: first.file, start: first.start, end: last.end }
}

/** A sentence's first letter. Pure. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function describeScalar(value: string | number | boolean | null): string {
  if (value === null) return 'nothing'
  if (typeof value === 'string') return value.length > 40 ? 'a text' : `the text "${value}"`
  return typeof value === 'number' ? `the number ${value}` : `${value}`
}
