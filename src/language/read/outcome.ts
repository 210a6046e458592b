import { write } from '../../yaml/fix.ts'
import type { Node } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import { entriesMeant, inBrackets } from '../advice/meant-list.ts'
import type { MessageText, Outcome, RuleRef } from '../rule.ts'
import { readCodeWithTexts } from './code.ts'
import { readEach } from './each.ts'
import { groupNamed, waitName } from './match-name.ts'
import { readRewrite } from './rewrite.ts'
import type { Draft, Scope } from './scope.ts'
import { asWritten, describeNode } from './shape.ts'
import { fillIn, refuseWait } from './template.ts'

/** The value of `reject:`, `rewrite:` or `allow:`; undefined if invalid (reported). */
export function* readOutcome(kind: Outcome['kind'], node: Node, scope: Scope): Steps<Outcome | undefined> {
  switch (kind) {
    case 'reject':
      return readReject(node, scope)
    case 'rewrite':
      return yield* readRewrite(node, scope)
    case 'allow':
      return readAllow(node, scope)
  }
}

/** A reference to a rule by id. Whether the rule exists is known once the whole folder is read. */
export function readRuleRef(node: Node, scope: Scope, hint = 'Write a rule name'): RuleRef | undefined {
  const id = asWritten(node, 'a rule name', scope.reporter, hint)
  return id === undefined ? undefined : { id, span: node.span }
}

function readReject(node: Node, scope: Scope): Outcome | undefined {
  const code = readCodeWithTexts(node, scope)
  if (code === undefined) return undefined
  const message = textOf(code.message, scope)
  const detail = textOf(code.detail, scope)
  if (message === 'wrong' || detail === 'wrong') return undefined
  return { kind: 'reject', code: code.code, ...(message && { message }), ...(detail && { detail }) }
}

/** Fields are looked up in all callbacks; `{match}` and `{wait}` are no fields, and what they may stand for is known with the rule. */
function textOf(draft: Draft | undefined, { callbacks, reporter }: Scope): MessageText | undefined | 'wrong' {
  const pieces = draft?.map(piece => {
    if (typeof piece !== 'string' && piece.name === waitName) return { wait: 'seconds' as const, span: piece.span }
    if (typeof piece !== 'string' && refuseWait(piece, reporter)) return undefined
    const group = typeof piece === 'string' ? undefined : groupNamed(piece.name)
    if (typeof piece === 'string' || group === undefined) return fillIn([piece], { callbacks, reporter })?.[0]
    return { group, span: piece.span }
  })
  return pieces?.includes(undefined) ? 'wrong' : (pieces as MessageText | undefined)
}

function readAllow(node: Node, scope: Scope): Outcome | undefined {
  if (node.kind === 'scalar' && node.value === 'everything') return { kind: 'allow', rules: 'everything' }
  const hint = 'Write everything, or names of reject rules'
  if (node.kind === 'list' && node.items.length === 0) {
    scope.reporter.error('empty', node.span, 'This allows nothing', hint)
    return undefined
  }
  const several = node.kind === 'scalar' && typeof node.value === 'string' ? entriesMeant(node.value) : undefined
  if (several !== undefined) {
    const message = `Rule names must be a list, got ${describeNode(node)}`
    scope.reporter.error('wrong-shape', node.span, message, write(node.span, inBrackets(several)))
    return undefined
  }
  const items = node.kind === 'list' ? node.items : [node]
  const rules = readEach(items, scope.reporter, item => readRuleRef(item, scope, hint))
  return rules.some(rule => rule === undefined) ? undefined : { kind: 'allow', rules: rules as RuleRef[] }
}
