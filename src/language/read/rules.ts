import type { Node } from '../../yaml/node.ts'
import { joinDashes, ruleEntry } from '../advice/stray-dashes.ts'
import type { FileRules } from '../folder/kept-file.ts'
import { readFileCases } from './cases.ts'
import type { RuleFile } from './file-context.ts'
import { rulesAdvice } from './file-keys.ts'
import type { Reading } from './reading.ts'
import { type ReadRule, readRuleInSteps } from './rule.ts'
import { asList, headOf } from './shape.ts'

/**
 * The rules and cases of a file; reports problems.
 *
 * Pauses after each piece of work. Once no more errors are reported, the rest is skipped.
 */
export function* readRulesOf(file: RuleFile, reading: Reading): Generator<undefined, FileRules> {
  const { names, findings } = reading
  const nodes = ruleNodes(file, reading)
  const isTold = tellMissingCallback(nodes, file, reading)
  yield* checkShared(file)
  const rules: ReadRule[] = []
  for (const node of nodes) {
    const read = findings.isFull ? unread : yield* readRuleInSteps(node, file.context)
    if (!read.isNamed) names.addUnreadableName('rule')
    rules.push(read)
    if (findings.isFull) break
    yield
  }
  return { rules, cases: isTold ? [] : yield* readFileCases(file) }
}

const unread: ReadRule = { isNamed: false, tests: 0 }

/** The rules of a file as nodes. */
function ruleNodes({ entries, context }: RuleFile, { findings, names }: Reading): readonly Node[] {
  const section = entries.get('rules')?.value
  if (section === undefined) return []
  const { text } = context.scope
  const nodes = asList(section, '"rules"', findings, rulesAdvice(section, text))
  if (nodes === undefined) names.addUnreadableName('rule')
  return joinDashes(nodes ?? [], ruleEntry, { reporter: findings, text })
}

/** Reports once per file that its rules lack a callback. */
function tellMissingCallback(nodes: readonly Node[], { context }: RuleFile, { findings }: Reading): boolean {
  if (context.callbacks !== undefined) return false
  const lacking = nodes.find(node => node.kind === 'map' && !node.entries.some(({ key }) => key === 'callback'))
  if (lacking?.kind !== 'map') return false
  const span = lacking.entries.find(({ key }) => key === 'rule')?.value.span ?? headOf(lacking)
  const hint = 'Write callback: beforeSetGroupMemberInfo (or another) at the top of the file'
  findings.error('missing-key', span, 'This rule does not name a callback', hint)
  return true
}

/** The condition of a file is checked even if no rule needs it. */
function* checkShared({ context }: RuleFile): Generator<undefined> {
  const { callbacks, scope, readyWhen } = context
  if (callbacks !== undefined && callbacks.length > 0 && readyWhen) yield* readyWhen({ ...scope, callbacks })
}
