import type { Callback } from '../callbacks/callback.ts'
import { type Entries, type Form, readMapping, required } from './mapping.ts'
import type { Entry, Node, ScalarNode } from './node.ts'
import type { Reporter } from './reporter.ts'
import { lookUp, type NamedCode, type Scope } from './scope.ts'
import { asText, inBraces, shapeOf } from './shape.ts'
import { checkDraft, type Draft, readBraces } from './template.ts'
import { keys } from './vocabulary.ts'

/** A code where one is used: a number, or the name of one. What is wrong is reported, and the result is undefined. */
export function readCode(node: Node, scope: Scope): NamedCode | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || /^\d+$/.test(node.value)) {
    return readNumber(node, scope.reporter)
  }
  const { value, span } = node
  if (/\s/.test(value) && !scope.names.codes.has(value) && !scope.names.isUncertain('code', value)) {
    const hint = `Write { code: 5001, message: ${inBraces(node)} } for a message`
    scope.reporter.error('unknown-code', span, `There is no code "${value}"`, hint)
    return undefined
  }
  const digits = scope.names.codes.has(value) ? undefined : /^[5-9]\d{3}(?=\D|$)/.exec(value.normalize('NFKC'))?.[0]
  if (digits !== undefined) {
    const message = `A code is a number from 5000 to 9999, and this is ${shapeOf(node)}`
    scope.reporter.error(
      'bad-code',
      span,
      message,
      `Write ${digits}${/#/.test(value) ? ', and a blank before a #' : ''}`,
    )
    return undefined
  }
  const advice = 'Or write a number from 5000 to 9999'
  return lookUp(scope.names.codes, value, span, scope, { code: 'unknown-code', noun: 'code', title: 'Codes', advice })
}

/** A code with its texts, where one is used; its own texts go before those of the name. */
export function readCodeWithTexts(node: Node, scope: Scope): NamedCode | undefined {
  if (node.kind !== 'map') return readCode(node, scope)
  return readTexts(node, rejectForm, scope.reporter, { code: code => readCode(code, scope), check: () => {} })
}

const rejectForm: Form = {
  place: '"reject"',
  keys: keys.code,
  example: '{ code: 5001, message: … }',
  misplaced: ({ key }) =>
    keys.rule.some(other => other === key)
      ? { hint: `It belongs to the rule: indent "${key}" as far as "reject"` }
      : undefined,
}

/** A code as `codes` defines it. What its texts name is checked as far as any callback may use it. */
export function readNamedCode(
  { key, value }: Entry,
  callbacks: readonly Callback[] | undefined,
  reporter: Reporter,
): NamedCode | undefined {
  if (value.kind === 'scalar' && isReversed(key, value)) {
    reporter.error(
      'bad-code',
      value.span,
      'The name goes first, and its code after the colon',
      `Write ${value.raw}: ${key}`,
    )
    return undefined
  }
  if (value.kind !== 'map') return readNumber(value, reporter)
  const form: Form = { place: `the code "${key}"`, keys: keys.code, example: '{ code: 5001, message: … }' }
  const check = (draft: Draft) => checkDraft(draft, callbacks, reporter)
  return readTexts(value, form, reporter, { code: node => readNumber(node, reporter), check })
}

/** Whether a name stands where its code should, as in `5001: staff-name`. Pure. */
export function isReversed(key: string, { value }: ScalarNode): boolean {
  return /^[5-9]\d{3}$/.test(key) && typeof value === 'string' && !/^\d+$/.test(value)
}

function readTexts(
  node: Node,
  form: Form,
  reporter: Reporter,
  read: { code(node: Node): NamedCode | undefined; check(text: Draft): void },
): NamedCode | undefined {
  const entries = readMapping(node, form, reporter)
  if (entries === undefined) return undefined
  const message = readText('message', entries, reporter)
  const detail = readText('detail', entries, reporter)
  for (const text of [message, detail]) if (text !== undefined && text !== 'wrong') read.check(text)
  const found = required(entries, ['code'], { node, form, reporter })
  const code = found && read.code(found.code.value)
  if (code === undefined || message === 'wrong' || detail === 'wrong') return undefined
  return { ...code, ...(message && { message }), ...(detail && { detail }) }
}

function readText(key: 'message' | 'detail', entries: Entries, reporter: Reporter): Draft | undefined | 'wrong' {
  const node = entries.get(key)?.value
  if (node === undefined) return undefined
  const text = asText(node, `a ${key}`, reporter, 'Write one text')
  return text === undefined ? 'wrong' : (readBraces(text, node as ScalarNode, reporter) ?? 'wrong')
}

function readNumber(node: Node, reporter: Reporter): NamedCode | undefined {
  if (node.kind === 'broken') return undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 5000 && value <= 9999) return { code: value }
  const isQuoted = typeof value === 'string' && /^[5-9]\d{3}$/.test(value)
  const message = `A code is a number from 5000 to 9999, and this is ${shapeOf(node)}`
  const other = typeof value === 'number' ? '' : ', or { code: 5001, message: … }'
  const hint = isQuoted ? `Write ${value}` : `Write a number such as 5001${other}`
  reporter.error('bad-code', node.span, message, hint)
  return undefined
}
