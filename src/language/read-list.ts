import type { List } from './condition.ts'
import type { Node } from './node.ts'
import { lookUp, type Scope } from './scope.ts'
import { asText } from './shape.ts'

/** The list that a name stands for; what is wrong is reported, and the result is undefined. */
export function readList(node: Node, scope: Scope): List | undefined {
  const raw = node.kind === 'scalar' ? node.raw : undefined
  if (node.kind === 'scalar' && typeof node.value !== 'string') {
    const message = `A list or the name of one must stand here, and this is ${raw}`
    const code =
      node.value === null ? 'wrong-value' : typeof node.value === 'number' ? 'unquoted-number' : 'unquoted-truth'
    scope.reporter.error(code, node.span, message, `Write [${raw}] for this one value, or the name of a list`)
    return undefined
  }
  const name = asText(node, 'the name of a list', scope.reporter, 'Write a name from "lists", or [a, b]')
  if (name === undefined) return undefined
  const advice = `Or write the entries here: [${raw}, …]`
  const unknown = { code: 'unknown-list', noun: 'list', title: 'Lists', advice } as const
  return lookUp(scope.names.lists, name, node.span, scope, unknown)
}
