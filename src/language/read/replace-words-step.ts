import type { Node } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { RewriteStep } from '../rule.ts'
import { readPairs } from './list-pairs.ts'
import { isShortNeedle, textsOfList } from './operand.ts'
import { lookUp, type Scope } from './scope.ts'
import { asText } from './shape.ts'

/** What stands after `replace words in`: the name of a list of pairs, or pairs. What is wrong is reported. */
export function* readReplaceWords(node: Node, scope: Scope): Steps<RewriteStep | undefined> {
  const { reporter } = scope
  if (node.kind === 'map') {
    const pairs = yield* readPairs(node, reporter)
    const values = pairs?.entries.map(({ text }) => text) ?? []
    return pairs && { kind: 'replace words in', words: { kind: 'values', values }, replacements: pairs.replacements }
  }
  if (node.kind !== 'list') return readNamed(node, scope)
  const hint = 'Write pairs, as in { damn: darn }, or the name of a list of pairs'
  reporter.error('wrong-shape', node.span, 'Nothing says what to put in the place of these words', hint)
  return undefined
}

function readNamed(node: Node, scope: Scope): RewriteStep | undefined {
  const { names, reporter } = scope
  const name = asText(node, 'the name of a list', reporter, 'Write the name of a list of pairs, or { damn: darn }')
  const advice = 'Or write the pairs here, as in { damn: darn }'
  const unknown = { code: 'unknown-list', noun: 'list', title: 'Lists', advice } as const
  const list = name === undefined ? undefined : lookUp(names.lists, name, node.span, scope, unknown)
  if (list === undefined || !isShortNeedle(names.readings.longestIn(list), node.span, reporter)) return undefined
  const { replacements } = list
  if (replacements !== undefined) return { kind: 'replace words in', words: textsOfList(list), replacements }
  const message = `The list "${name}" does not say what to put in the place of its words`
  const hint = `Write lists: { ${name}: { pairs: { damn: darn } } }, or damn = darn on each line of its file`
  reporter.error('wrong-value', node.span, message, hint)
  return undefined
}
