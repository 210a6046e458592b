import { limits, shownCount } from './limits.ts'
import type { Node } from './node.ts'
import type { Reporter } from './reporter.ts'
import type { Span } from './source.ts'

/**
 * Whether a node is small enough to be read in one go; reported at `span` if not.
 *
 * Counting stops as soon as that is clear.
 */
export function isSmallEnough(node: Node, span: Span, reporter: Reporter, most: number = limits.nodes): boolean {
  if (roomLeft(node, most) >= 0) return true
  const message = `This has more than ${shownCount(most)} keys and values`
  reporter.error('too-large', span, message, 'Split it, or move values into a list: one per line in lists/NAME.txt')
  return false
}

/** The span to report for a node that is too large: its first key, or else all of it. */
export function firstIn(node: Node): Span {
  return (node.kind === 'map' ? node.entries[0]?.keySpan : undefined) ?? node.span
}

/** The room that is left after a node and everything in it; negative if it does not fit. */
function roomLeft(node: Node, room: number): number {
  let left = room - 1
  const parts = node.kind === 'list' ? node.items : node.kind === 'map' ? node.entries : []
  for (const part of parts) {
    if (left < 0) return left
    left = roomLeft('value' in part && 'key' in part ? part.value : part, left)
  }
  return left
}
