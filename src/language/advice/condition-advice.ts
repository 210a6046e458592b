import { isNeverSent } from '../../callbacks/fields.ts'
import { columnOf } from '../../yaml/columns.ts'
import { type Advice, replacing, write } from '../../yaml/fix.ts'
import { inOneLine, isFlow } from '../../yaml/layout.ts'
import type { ListNode, ScalarNode } from '../../yaml/node.ts'
import type { Scope } from '../read/scope.ts'
import { meantCondition } from './meant-condition.ts'

/** Advice for a condition that is not a mapping: a list without its key, a sentence, a condition name. */
export function adviceForShape(node: ListNode | ScalarNode, scope: Scope): Advice {
  if (node.kind === 'list') return groupAdvice(node, scope.text)
  const { value, span } = node
  const meant = typeof value === 'string' ? conditionMeant(value, scope) : undefined
  if (meant !== undefined) return write(span, meant)
  const example = exampleFor(scope)
  return { hint: `Write a field and a test, as in ${example}. To match every call, write ${fieldName(scope)}: present` }
}

function conditionMeant(value: string, { callbacks, names }: Scope): string | undefined {
  if (names.hasCondition(value)) return `{ use: ${value} }`
  return meantCondition(value, callbacks)
}

/** A list of conditions: a key before it must say how many have to be true. */
function groupAdvice(node: ListNode, text: string): Advice {
  const hint =
    'Write all: before the list if all of them must be true, any: if one is enough, none: if none may be true'
  const areConditions = node.items.length > 0 && node.items.every(({ kind }) => kind === 'map')
  const put = areConditions ? wrapped(node, text) : undefined
  if (put === undefined) return { hint }
  const labels = { all: 'All must be true', any: 'One is enough', none: 'None may be true' }
  return { hint, fixes: Object.entries(labels).map(([kind, label]) => put(kind, label)) }
}

/** Puts a key before a list, in braces or on a line of its own; undefined where that line would not fit. */
function wrapped(
  node: ListNode,
  text: string,
): ((kind: string, label: string) => ReturnType<typeof replacing>) | undefined {
  const { span } = node
  const whole = inOneLine(node, text)
  if (isFlow(node, text)) {
    return whole === undefined ? undefined : (kind, label) => replacing(span, `{ ${kind}: ${whole} }`, label)
  }
  const column = columnOf(text, span.start)
  const above = text.slice(0, text.lastIndexOf('\n', span.start)).trimEnd()
  const owner = above.slice(above.lastIndexOf('\n') + 1).search(/[^\s-]/)
  const place = { ...span, end: span.start }
  return column <= owner ? undefined : (kind, label) => replacing(place, `${kind}:\n${' '.repeat(column)}`, label)
}

/** A sample condition for hints, on a field that is always present or else on the first text. */
export function exampleFor({ callbacks, item }: Scope, word = 'contains'): string {
  const fields = callbacks[0]?.fields ?? []
  const text = fields.find(field => field.kind === 'text' && !isNeverSent(field)) ?? fields[0]
  return `{ ${text?.name ?? (item && 'name')}: { ${word}: … } }`
}

/** A field that every call sends. */
export function fieldName({ callbacks }: Scope): string | undefined {
  const fields = callbacks[0]?.fields ?? []
  return (fields.find(({ nullable }) => !nullable) ?? fields[0])?.name
}
