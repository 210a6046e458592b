import type { Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { ListRef } from '../rule.ts'
import { readEach } from './each.ts'
import { asText } from './shape.ts'

const howTo = 'Write protect: [staff, vip], names of lists of user ids'

/** The lists of people that a file protects: those named first where a change would hit them. */
export function readProtected(node: Node, reporter: Reporter): readonly ListRef[] {
  if (node.kind === 'broken') return []
  if (node.kind === 'list' && node.items.length === 0) {
    reporter.error('empty', node.span, 'No list is given here', howTo)
  }
  const items = node.kind === 'list' ? node.items : [node]
  return readEach(items, reporter, item => {
    const name = asText(item, 'the name of a list', reporter, howTo)
    return name === undefined ? undefined : { name, span: item.span }
  }).filter(found => found !== undefined)
}
