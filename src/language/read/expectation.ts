import { write } from '../../yaml/fix.ts'
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { Expectation } from '../rule.ts'
import { keys } from '../vocabulary.ts'
import { readCode } from './code.ts'
import { type MappingForm, readMapping } from './mapping.ts'
import { readRuleRef } from './outcome.ts'
import { readRewritable } from './rewrite.ts'
import type { Scope } from './scope.ts'
import { asMapping, asText, describeNode, headOf, inBraces } from './shape.ts'
import { readValues } from './values.ts'

const shape = 'allow, { reject: 5001 } or { rewrite: { nickName: … } }'

const form: MappingForm = {
  place: '"expect"',
  keys: keys.expect,
  example: shape,
  misplaced: ({ key }) => (key === 'allow' ? { hint: 'Write expect: allow', isUnclear: true } : undefined),
}

/** The expectation of a case; undefined if invalid (reported). */
export function* readExpectation(node: Node, scope: Scope): Steps<Expectation | undefined> {
  const { reporter } = scope
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && node.value === 'allow') return { kind: 'allow', span: node.span }
  if (node.kind !== 'map') {
    const meant = node.kind === 'scalar' ? meantBy(node) : shape
    const isOne = meant === 'allow' || /^\{ reject: (?!5001)\d{4} \}$/.test(meant)
    const advice = isOne ? write(node.span, meant) : `Write ${meant}`
    reporter.error('wrong-value', node.span, `A test cannot expect ${describeNode(node)}`, advice)
    return undefined
  }
  const entries = readMapping(node, form, reporter)
  if (entries === undefined) return undefined
  const [reject, message, rewrite, by] = keys.expect.map(key => entries.get(key))
  if (reject !== undefined && rewrite !== undefined) {
    const hint = 'A rejected call is not rewritten: remove one of them'
    reporter.error('impossible-test', rewrite.keySpan, 'A call cannot be both rejected and rewritten', hint)
    return undefined
  }
  const wanted = reject ?? rewrite
  if (wanted === undefined) {
    const write = message === undefined ? shape : `{ reject: 5001, message: ${textOf(message.value)} }`
    if (!entries.isUnclear)
      reporter.error(
        'missing-key',
        message?.keySpan ?? headOf(node),
        'This does not say what is expected',
        `Write ${write}`,
      )
    return undefined
  }
  if (rewrite !== undefined && message !== undefined) {
    const hint = 'Remove "message", or write reject instead of rewrite'
    reporter.error('impossible-test', message.keySpan, 'Only a rejected call has a message', hint)
    return undefined
  }
  const rule = by && readRuleRef(by.value, scope)
  const outcome = reject === undefined ? yield* readRewritten(wanted, scope) : readRejected(wanted, message, scope)
  if (outcome === undefined || (by !== undefined && rule === undefined)) return undefined
  return { ...outcome, span: wanted.value.span, ...(rule && { by: rule }) }
}

/** What a bare value was meant to be. */
function meantBy({ value, raw }: ScalarNode): string {
  if (typeof value === 'number') return `{ reject: ${raw} }`
  const text = String(value).toLowerCase()
  if (/^(?:allow|accept|permit|pass|ok|okay|true|yes)/.test(text)) return 'allow'
  return /^(?:reject|refuse|deny|denied|block|false|no)/.test(text) ? '{ reject: 5001 }' : shape
}

type Rejected = Omit<Extract<Expectation, { kind: 'reject' }>, 'span' | 'by'>

function readRejected({ value }: Entry, message: Entry | undefined, scope: Scope): Rejected | undefined {
  if (value.kind === 'map') return refuseTexts(value, scope)
  const code = readCode(value, scope)
  const text = message && asText(message.value, 'a message', scope.reporter, 'Write a single text')
  if (code === undefined || (message !== undefined && text === undefined)) return undefined
  const told = message && text !== undefined && { message: { text, span: message.value.span } }
  return { kind: 'reject', code: code.code, ...told }
}

/** A code with its texts, as a rule has it. */
function refuseTexts({ entries, span }: MapNode, { reporter }: Scope): undefined {
  const [code, message] = ['code', 'message'].map(wanted => entries.find(({ key }) => key === wanted)?.value)
  const text = message && `, message: ${textOf(message)}`
  const hint = `Write { reject: ${code?.kind === 'scalar' ? code.raw : '5001'}${text ?? ''} }`
  reporter.error('wrong-shape', span, 'In a test, the message goes beside the code, not inside it', hint)
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? inBraces(node) : '…'
}

type Rewritten = Omit<Extract<Expectation, { kind: 'rewrite' }>, 'span' | 'by'>

function* readRewritten({ value }: Entry, scope: Scope): Steps<Rewritten | undefined> {
  const hint = 'Write fields and their new values, as in { nickName: Alice }'
  const map = asMapping(value, '"rewrite"', scope.reporter, hint)
  if (map === undefined) return undefined
  if (map.entries.length === 0) {
    scope.reporter.error('empty', map.span, 'This expects no field to change', 'Write expect: allow')
    return undefined
  }
  const read = (entry: Entry) => readRewritable(entry, scope)
  const fields = yield* readValues(map.entries, scope, { read, nothing: 'is wrong' })
  const places = new Map(map.entries.map(({ key, keySpan }) => [key, keySpan]))
  return fields && { kind: 'rewrite', fields, places }
}
