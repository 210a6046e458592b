import type { Callback } from '../callbacks/callback.ts'
import { callbacks } from '../callbacks/catalogue.ts'
import type { Node } from './node.ts'
import type { Reporter } from './reporter.ts'
import { asWritten } from './shape.ts'
import { nearest } from './suggest.ts'

/**
 * The callbacks that `callback:` names, each once.
 *
 * A name that is wrong is reported and read as the nearest one, so that what follows can be checked; the list is
 * empty when there is none near.
 */
export function readCallbacks(node: Node, reporter: Reporter): readonly Callback[] {
  if (node.kind === 'list' && node.items.length === 0) {
    reporter.error('empty', node.span, 'No callback is named here', howTo)
  }
  const items = node.kind === 'list' ? node.items : [node]
  return [...new Set(items.flatMap(item => readOne(item, reporter) ?? []))]
}

const howTo = 'Write callback: beforeSetGroupMemberInfo (or another)'

function readOne(node: Node, reporter: Reporter): Callback | undefined {
  const name = asWritten(node, 'a callback', reporter, howTo)
  if (name === undefined) return undefined
  const found = callbacks.find(callback => isNamed(callback, name))
  if (found !== undefined) return found
  const names = callbacks.map(callback => callback.name)
  const near = nearest(bare(name), names)
  const all = 'The command "hookwarden callbacks" lists them all'
  const hint = near === undefined ? all : `Did you mean "${near}"? ${all}`
  reporter.error('unknown-callback', node.span, `There is no callback "${name}"`, hint)
  return callbacks.find(callback => callback.name === near)
}

function isNamed(callback: Callback, name: string): boolean {
  return callback.name === name || callback.command === name || callback.formerly.includes(name)
}

/** A name without what the wire puts around it. */
function bare(name: string): string {
  return name.replace(/^callback(?=.)/i, '').replace(/(.)command$/i, '$1')
}
