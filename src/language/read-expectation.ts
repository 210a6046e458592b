import { write } from './fix.ts'
import { type Form, readMapping } from './mapping.ts'
import type { Entry, Node, ScalarNode } from './node.ts'
import { readCode } from './read-code.ts'
import { readRuleRef } from './read-outcome.ts'
import { readRewritable } from './read-rewrite.ts'
import { readValues } from './read-values.ts'
import type { Expectation } from './rule.ts'
import type { Scope } from './scope.ts'
import { asMapping, headOf, shapeOf } from './shape.ts'
import { keys } from './vocabulary.ts'

const shape = 'allow, { reject: 5001 } or { rewrite: { nickName: … } }'

const form: Form = {
  place: '"expect"',
  keys: keys.expect,
  example: shape,
  misplaced: ({ key }) => (key === 'allow' ? { hint: 'Write expect: allow', isUnclear: true } : undefined),
}

/** What a case expects; what is wrong with it is reported, and the result is undefined. */
export function readExpectation(node: Node, scope: Scope): Expectation | undefined {
  const { reporter } = scope
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && node.value === 'allow') return { kind: 'allow', span: node.span }
  if (node.kind !== 'map') {
    const meant = node.kind === 'scalar' ? meantBy(node) : shape
    const isOne = meant === 'allow' || /^\{ reject: (?!5001)\d{4} \}$/.test(meant)
    const advice = isOne ? write(node.span, meant) : `Write ${meant}`
    reporter.error('wrong-value', node.span, `A test cannot expect ${shapeOf(node)}`, advice)
    return undefined
  }
  const entries = readMapping(node, form, reporter)
  if (entries === undefined) return undefined
  const [reject, rewrite, by] = keys.expect.map(key => entries.get(key))
  if (reject !== undefined && rewrite !== undefined) {
    const hint = 'A refused call carries no rewritten field: keep one of them'
    reporter.error('impossible-test', rewrite.keySpan, 'No call is both refused and rewritten', hint)
    return undefined
  }
  const wanted = reject ?? rewrite
  if (wanted === undefined) {
    if (!entries.isUnclear)
      reporter.error('missing-key', headOf(node), 'Nothing says what is expected', `Write ${shape}`)
    return undefined
  }
  const rule = by && readRuleRef(by.value, scope)
  const outcome = reject === undefined ? readRewritten(wanted, scope) : readRejected(wanted, scope)
  if (outcome === undefined || (by !== undefined && rule === undefined)) return undefined
  return { ...outcome, span: wanted.value.span, ...(rule && { by: rule }) }
}

/** What a value alone was meant to be. */
function meantBy({ value, raw }: ScalarNode): string {
  if (typeof value === 'number') return `{ reject: ${raw} }`
  const text = String(value).toLowerCase()
  if (/^(?:allow|accept|permit|pass|ok|okay|true|yes)/.test(text)) return 'allow'
  return /^(?:reject|refuse|deny|denied|block|false|no)/.test(text) ? '{ reject: 5001 }' : shape
}

function readRejected({ value }: Entry, scope: Scope): { kind: 'reject'; code: number } | undefined {
  const code = readCode(value, scope)
  return code && { kind: 'reject', code: code.code }
}

type Rewritten = Omit<Extract<Expectation, { kind: 'rewrite' }>, 'span' | 'by'>

function readRewritten({ value }: Entry, scope: Scope): Rewritten | undefined {
  const hint = 'Write fields and what they become, as in { nickName: Alice }'
  const map = asMapping(value, '"rewrite"', scope.reporter, hint)
  if (map === undefined) return undefined
  if (map.entries.length === 0) {
    scope.reporter.error('empty', map.span, 'Nothing is expected to change', 'Write expect: allow')
    return undefined
  }
  const fields = readValues(map.entries, scope, { read: entry => readRewritable(entry, scope), nothing: 'is wrong' })
  const places = new Map(map.entries.map(({ key, keySpan }) => [key, keySpan]))
  return fields && { kind: 'rewrite', fields, places }
}
