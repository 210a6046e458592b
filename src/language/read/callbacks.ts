import type { Callback } from '../../callbacks/callback.ts'
import { callbacks } from '../../callbacks/catalogue.ts'
import { replacing, write } from '../../yaml/fix.ts'
import type { Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { likelyCallbacks, suggestCallback } from '../advice/suggest-callback.ts'
import { readEach } from './each.ts'
import { asWritten } from './shape.ts'

/**
 * The callbacks that `callback:` names, without duplicates.
 *
 * A wrong name is reported and read as the nearest one, so that the rest can be checked; the list is empty if none is
 * similar.
 */
export function readCallbacks(node: Node, reporter: Reporter): readonly Callback[] {
  if (node.kind === 'list' && node.items.length === 0) {
    reporter.error('empty', node.span, 'No callback is given here', howTo)
  }
  const several = severalIn(node)
  if (several !== undefined) {
    const names = `[${several.map(({ name }) => name).join(', ')}]`
    const message = `There is no callback "${node.kind === 'scalar' ? node.value : ''}"`
    reporter.error('unknown-callback', node.span, message, write(node.span, names, ' for several'))
    return several
  }
  const items = node.kind === 'list' ? node.items : [node]
  if (items.length > mostNamed) {
    const message = `This names ${items.length} callbacks, but the maximum is ${mostNamed}`
    reporter.error('too-large', node.span, message, 'Write each callback once')
    return []
  }
  const read = readEach(items, reporter, item => readOne(item, reporter))
  return [...new Set(read.filter(callback => callback !== undefined))]
}

/** More than there are. */
const mostNamed = 64

const howTo = 'Write callback: beforeSetGroupMemberInfo (or another)'

/** Several callbacks in one text. */
function severalIn(node: Node): readonly Callback[] | undefined {
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''
  if (text.length > 1_000 || !/[\s,;|]/.test(text)) return undefined
  const names = text.split(/[\s,;|，、[\]()]+/).filter(name => name !== '' && name !== 'and' && name !== 'or')
  const found = names.map(name => callbacks.find(callback => isNamed(callback, name)) ?? onlyLikely(name))
  return names.length > 1 && !found.includes(undefined) ? [...new Set(found as Callback[])] : undefined
}

function onlyLikely(name: string): Callback | undefined {
  const [likely, another] = likelyCallbacks(name)
  return another === undefined ? callbacks.find(callback => callback.name === likely) : undefined
}

function readOne(node: Node, reporter: Reporter): Callback | undefined {
  const name = asWritten(node, 'a callback', reporter, howTo)
  if (name === undefined) return undefined
  const found = callbacks.find(callback => isNamed(callback, name))
  if (found !== undefined) return found
  const fixes = likelyCallbacks(name).map(likely => replacing(node.span, likely))
  const advice = { hint: suggestCallback(name), fixes }
  reporter.error('unknown-callback', node.span, `There is no callback "${name}"`, advice)
  return onlyLikely(name)
}

function isNamed(callback: Callback, name: string): boolean {
  return callback.name === name || callback.command === name || callback.formerly.includes(name)
}
