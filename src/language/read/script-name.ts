import { foldWhole } from '../../text/fold.ts'
import { scriptNames } from '../../text/shape/scripts.ts'
import type { Node } from '../../yaml/node.ts'
import { suggestAt } from '../advice/suggested.ts'
import type { Operand } from '../condition.ts'
import type { Word } from '../vocabulary.ts'
import type { Subject } from './scope.ts'

/** False for what names no script where the items of `scripts` are compared with it; reported, with the one meant. */
export function namesScripts(operand: Operand, node: Node, { scope }: Subject, word: Word): boolean {
  // Others look for a piece of a name.
  if (word.operand !== 'value' && word.operand !== 'values') return true
  if (scope.item?.list.part.kind !== 'scripts') return true
  const isNamed = operand.kind === 'values' && operand.list !== undefined
  const values =
    operand.kind === 'value' ? [operand.value] : operand.kind === 'values' && !isNamed ? operand.values : []
  const at = values.findIndex(value => typeof value === 'string' && !known.has(foldWhole(value)))
  if (at === -1) return true
  const { span } = (node.kind === 'list' ? node.items[at] : undefined) ?? node
  const written = String(values[at])
  scope.reporter.error(
    'wrong-value',
    span,
    `There is no script "${written}"`,
    suggestAt(span, written, scriptNames, 'Scripts'),
  )
  return false
}

const known: ReadonlySet<string> = new Set(scriptNames)
