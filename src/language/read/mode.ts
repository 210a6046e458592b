import { write } from '../../yaml/fix.ts'
import type { Node } from '../../yaml/node.ts'
import { nearest } from '../advice/suggest.ts'
import type { Rule } from '../rule.ts'
import { modes } from '../vocabulary.ts'
import type { Scope } from './scope.ts'
import { describeNode } from './shape.ts'
import { exampleShare, percentIn, readShare } from './share.ts'

/** The mode of a rule, and the share for which it is in force; undefined if invalid (reported). */
export function readMode(node: Node | undefined, scope: Scope): Pick<Rule, 'mode' | 'share'> | undefined {
  if (node === undefined) return { mode: 'enforce' }
  if (node.kind === 'broken') return undefined
  if (node.kind === 'map') {
    const share = readShare(node, scope)
    return share && { mode: 'enforce', share }
  }
  const value = node.kind === 'scalar' ? node.value : undefined
  const mode = modes.find(name => name === value)
  if (mode !== undefined) return { mode }
  const message = `A mode must be one of ${modes.join(', ')}, got ${describeNode(node)}`
  scope.reporter.error('wrong-value', node.span, message, adviceFor(node, value, scope))
  return undefined
}

function adviceFor({ span }: Node, value: unknown, scope: Scope) {
  // As in `10 %` and `enforce 10 %`.
  const percent = percentIn(String(value ?? '').replace(/^enforced?[: ]\s*(?:for )?/, ''))
  if (percent !== undefined && typeof value === 'string') return write(span, exampleShare(`${percent} %`, scope))
  const off = value === false ? 'disabled' : undefined
  const meant = value === true ? 'enforce' : (off ?? nearest(String(value ?? ''), modes))
  return meant === undefined
    ? { hint: `Write a single mode, or ${exampleShare('10 %', scope)}. Modes: ${modes.join(', ')}` }
    : write(span, meant)
}
