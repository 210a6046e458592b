import type { Callback } from '../callbacks/callback.ts'
import { callbacks } from '../callbacks/catalogue.ts'
import { asText } from './mapping.ts'
import type { Node } from './node.ts'
import type { Reporter } from './reporter.ts'
import { nearest, suggest } from './suggest.ts'

/**
 * The callbacks that `callback:` names, each once.
 *
 * A name that is wrong is reported and read as the nearest one, so that what follows can be checked; the list is
 * empty when there is none near.
 */
export function readCallbacks(node: Node, reporter: Reporter): readonly Callback[] {
  if (node.kind === 'list' && node.items.length === 0) {
    reporter.error('empty', node.span, 'No callback is named here', 'Write callback: beforeSetGroupMemberInfo')
  }
  const items = node.kind === 'list' ? node.items : [node]
  return [...new Set(items.flatMap(item => readOne(item, reporter) ?? []))]
}

function readOne(node: Node, reporter: Reporter): Callback | undefined {
  const name = asText(node, 'a callback', reporter)
  if (name === undefined) return undefined
  const found = callbacks.find(callback => isNamed(callback, name))
  if (found !== undefined) return found
  const names = callbacks.map(callback => callback.name)
  reporter.error('unknown-callback', node.span, `There is no callback "${name}"`, suggest(name, names, 'Callbacks'))
  const near = nearest(name, [...names, ...callbacks.map(({ command }) => command)])
  return callbacks.find(callback => near !== undefined && isNamed(callback, near))
}

function isNamed(callback: Callback, name: string): boolean {
  return callback.name === name || callback.command === name || callback.formerly.includes(name)
}
