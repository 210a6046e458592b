import { limits, shownCount } from './limits.ts'
import type { Node } from './node.ts'
import type { Reporter } from './reporter.ts'
import type { Span } from './source.ts'

/**
 * Whether what stands there can be read in one go; reported at `span` when not.
 *
 * Counting ends as soon as that is clear.
 */
export function isSmallEnough(node: Node, span: Span, reporter: Reporter, most: number = limits.nodes): boolean {
  if (roomLeft(node, most) >= 0) return true
  const message = `This has more than ${shownCount(most)} keys and values`
  reporter.error('too-large', span, message, 'Split it, or move values into a list: one per line in lists/NAME.txt')
  return false
}

/** What to point at for a node that is too much: its first key, or else all of it. Pure. */
export function firstIn(node: Node): Span {
  return (node.kind === 'map' ? node.entries[0]?.keySpan : undefined) ?? node.span
}

/** What is left of a room once a node and all in it have taken theirs; negative when it is not enough. */
function roomLeft(node: Node, room: number): number {
  let left = room - 1
  const parts = node.kind === 'list' ? node.items : node.kind === 'map' ? node.entries : []
  for (const part of parts) {
    if (left < 0) return left
    left = roomLeft('value' in part && 'key' in part ? part.value : part, left)
  }
  return left
}
