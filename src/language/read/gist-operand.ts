import { gistOf } from '../../text/shape/gist.ts'
import type { Node } from '../../yaml/node.ts'
import type { Operand } from '../condition.ts'
import type { Subject } from './scope.ts'

/** False for what can be no gist, since it has no letters; reported. Entries of a list by name are not looked at. */
export function canBeGist(operand: Operand, node: Node, { field, scope }: Subject): boolean {
  if (field.part.kind !== 'gist') return true
  const isNamed = operand.kind === 'values' && operand.list !== undefined
  const values =
    operand.kind === 'value' ? [operand.value] : operand.kind === 'values' && !isNamed ? operand.values : []
  const wrong = values.find(value => typeof value === 'string' && value !== '' && gistOf(value) === '')
  if (wrong === undefined) return true
  const span = node.kind === 'list' ? node.items[values.indexOf(wrong)]?.span : undefined
  const message = `${JSON.stringify(wrong)} has no letters, and a gist is letters alone`
  const hint = `Write what is said in it, or test ${field.text.replace(/\.gist$/, '')} itself`
  scope.reporter.error('wrong-value', span ?? node.span, message, hint)
  return false
}
