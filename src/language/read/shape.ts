import { type Advice, write } from '../../yaml/fix.ts'
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'

/** The node as a mapping; anything else is reported, unless it already was. `place` names it, as in "a rule". */
export function asMapping(node: Node, place: string, reporter: Reporter, hint?: string | Advice): MapNode | undefined {
  if (node.kind === 'map') return node
  if (node.kind !== 'broken') {
    const message = `${capital(place)} must be "key: value" lines, got ${describeNode(node)}`
    reporter.error('wrong-shape', node.span, message, hint)
  }
  return undefined
}

/** The items of a list; anything else is reported, unless it already was. */
export function asList(
  node: Node,
  place: string,
  reporter: Reporter,
  hint?: string | Advice,
): readonly Node[] | undefined {
  if (node.kind === 'list') return node.items
  if (node.kind !== 'broken') {
    const message = `${capital(place)} must be a list, got ${describeNode(node)}`
    reporter.error('wrong-shape', headOf(node), message, hint)
  }
  return undefined
}

/** The node as a text. Numbers, truth values and anything but a single value are reported. */
export function asText(node: Node, place: string, reporter: Reporter, hint?: string | Advice): string | undefined {
  const scalar = asOneValue(node, place, reporter, hint)
  if (scalar === undefined) return undefined
  if (typeof scalar.value === 'string') return scalar.value
  // A place that accepts only certain texts is not fixed by quotes alone.
  const isAnyText = !place.startsWith('the ')
  refuseBare(scalar, place, reporter, isAnyText ? write(scalar.span, `"${scalar.raw}"`) : `Write "${scalar.raw}"`)
  return undefined
}

/** Reports a number or a truth value where a text is required. */
export function refuseBare(
  { value, raw, span }: ScalarNode,
  place: string,
  reporter: Reporter,
  advice: string | Advice,
): void {
  const isNumber = typeof value === 'number'
  const message = `${raw} is read as ${isNumber ? 'a number' : 'true or false'}, but ${place} must be a text`
  reporter.error(isNumber ? 'unquoted-number' : 'unquoted-truth', span, message, advice)
}

/**
 * A text as written, for places that accept only certain texts: the caller rejects numbers and truth values, quoted or
 * not.
 */
export function asWritten(node: Node, place: string, reporter: Reporter, hint?: string | Advice): string | undefined {
  const scalar = asOneValue(node, place, reporter, hint)
  if (scalar === undefined) return undefined
  return typeof scalar.value === 'string' ? scalar.value : scalar.raw
}

type OneValue = ScalarNode & { value: string | number | boolean }

function asOneValue(node: Node, place: string, reporter: Reporter, hint?: string | Advice): OneValue | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && node.value !== null) return node as OneValue
  const message = `${capital(place)} must be a text, got ${describeNode(node)}`
  const isNothing = node.kind === 'scalar'
  const advice = hint ?? (isNothing ? 'Write "" for an empty text' : 'Write a single text')
  reporter.error(isNothing ? 'wrong-value' : 'wrong-shape', headOf(node), message, advice)
  return undefined
}

/** Describes a node in the words of an author. */
export function describeNode(node: Node): string {
  switch (node.kind) {
    case 'map':
      return '"key: value" lines'
    case 'list':
      return 'a list'
    case 'broken':
      return 'something unreadable'
    case 'scalar':
      return describeScalar(node.value, node.raw)
  }
}

function describeScalar(value: string | number | boolean | null, raw: string): string {
  if (value === null) return 'nothing'
  if (typeof value === 'string') return value.length > 40 ? 'a text' : `the text "${value}"`
  return typeof value === 'number' ? `the number ${raw}` : raw
}

/** A text as it can be written inside braces and brackets. */
export function inBraces({ value, raw, style }: ScalarNode): string {
  if (style === 'block' || raw.includes('\n')) return '…'
  return style === 'plain' && /[,[\]{}:#]/.test(raw) ? JSON.stringify(value) : raw
}

/** Entries as they can be written inside braces, with nested values shortened. */
export function writtenEntries(entries: readonly Entry[]): string {
  return entries.map(({ key, value }) => `${key}: ${value.kind === 'scalar' ? inBraces(value) : '…'}`).join(', ')
}

/** The span to report for a node that is wrong as a whole: its first key for lines of keys, else all of it. */
export function headOf(node: Node): Span {
  const first = node.kind === 'map' ? node.entries[0] : undefined
  return first !== undefined && first.keySpan.start === node.span.start ? first.keySpan : node.span
}

/** The span from the start of one to the end of another. */
export function cover(first: Span, last: Span): Span {
  return { file: first.file, start: first.start, end: last.end }
}

/** Capitalises the first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
