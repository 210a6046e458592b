import type { Span } from './source.ts'

/**
 * A YAML file as plain data with places, as read by the readers of rules.
 *
 * It can be copied between threads. `broken` marks a place that has already been reported, so that nothing more is said
 * about it.
 */
export type Node = ScalarNode | ListNode | MapNode | BrokenNode

export type ScalarNode = {
  kind: 'scalar'
  value: string | number | boolean | null
  /** The text as written, quotes included. */
  raw: string
  /** How it was written; only `plain` text can be read as a number, a truth value or null. */
  style: 'plain' | 'quoted' | 'block'
  span: Span
}

export type ListNode = { kind: 'list'; items: readonly Node[]; span: Span }

export type MapNode = { kind: 'map'; entries: readonly Entry[]; span: Span }

export type BrokenNode = { kind: 'broken'; span: Span }

/** One `key: value`. Keys are unique within their mapping. */
export type Entry = { key: string; keySpan: Span; value: Node }
