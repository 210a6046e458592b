import type { List } from './condition.ts'
import type { Node } from './node.ts'
import { lookUp, type Scope } from './scope.ts'
import { asText, inBraces } from './shape.ts'

/** The list that a name stands for; what is wrong is reported, and the result is undefined. */
export function readList(node: Node, scope: Scope): List | undefined {
  const raw = node.kind === 'scalar' ? node.raw : undefined
  if (node.kind === 'scalar' && typeof node.value !== 'string') {
    const message = `A list or the name of one must stand here, and this is ${raw}`
    const code =
      node.value === null ? 'wrong-value' : typeof node.value === 'number' ? 'unquoted-number' : 'unquoted-truth'
    const entry = node.value === null ? 'a, b' : raw
    scope.reporter.error(code, node.span, message, `Write [${entry}], or the name of a list`)
    return undefined
  }
  const name = asText(node, 'the name of a list', scope.reporter, 'Write a name from "lists", or [a, b]')
  if (name === undefined) return undefined
  const bare = name.replace(/^lists\//, '').replace(/\.(?:txt|yaml)$/, '')
  if (bare !== name && scope.names.lists.has(bare)) {
    scope.reporter.error('unknown-list', node.span, `There is no list "${name}"`, `Write ${bare}: a list has no ending`)
    return undefined
  }
  const entries = node.kind === 'scalar' ? `[${inBraces(node)}, …]` : '[…]'
  const advice = `Or write the entries here, ${entries}, or one a line in lists/${bare}.txt`
  const unknown = { code: 'unknown-list', noun: 'list', title: 'Lists', advice } as const
  return lookUp(scope.names.lists, name, node.span, scope, unknown)
}
