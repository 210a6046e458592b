import { type FieldRef, readField } from './field.ts'
import { asMapping, asText, cover, readMapping, shapeOf } from './mapping.ts'
import type { Entry, Node, ScalarNode } from './node.ts'
import { readStep } from './read-step.ts'
import type { FieldRewrite, Outcome, RuleRef, Template } from './rule.ts'
import { lookUp, type NamedCode, type Scope } from './scope.ts'
import { readTemplate } from './template.ts'
import { keys } from './vocabulary.ts'

/** What follows `reject:`, `rewrite:` or `allow:`; what is wrong with it is reported, and the result is undefined. */
export function readOutcome(kind: Outcome['kind'], node: Node, scope: Scope): Outcome | undefined {
  switch (kind) {
    case 'reject':
      return readReject(node, scope)
    case 'rewrite':
      return readRewrite(node, scope)
    case 'allow':
      return readAllow(node, scope)
  }
}

/** The number that a code or a code's name stands for. */
export function readCode(node: Node, scope: Scope): NamedCode | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && typeof node.value === 'string' && !/^\d+$/.test(node.value)) {
    const unknown = {
      code: 'unknown-code',
      noun: 'code',
      title: 'Codes',
      advice: 'Or write a number from 5000 to 9999',
    } as const
    return lookUp(scope.names.codes, node.value, node.span, scope, unknown)
  }
  const value = node.kind === 'scalar' ? node.value : undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 5000 && value <= 9999) return { code: value }
  const isQuoted = typeof value === 'string' && /^[5-9]\d{3}$/.test(value)
  const message = `A code is a number from 5000 to 9999, and this is ${shapeOf(node)}`
  scope.reporter.error('bad-code', node.span, message, isQuoted ? `Write ${value}` : undefined)
  return undefined
}

/** The code and the texts that stand in `codes:` or after `reject:`. */
export function readCodeWithTexts(node: Node, place: string, scope: Scope): NamedCode | undefined {
  if (node.kind !== 'map') return readCode(node, scope)
  const entries = readMapping(node, keys.code, place, scope.reporter)
  if (entries === undefined) return undefined
  const codeEntry = entries.get('code')
  if (codeEntry === undefined) {
    scope.reporter.error(
      'missing-key',
      node.span,
      `"code" is missing from ${place}`,
      'Write { code: 5001, message: … }',
    )
    return undefined
  }
  const code = readCode(codeEntry.value, scope)
  const message = readTextNode(entries.get('message'), 'a message', scope)
  const detail = readTextNode(entries.get('detail'), 'a detail', scope)
  if (code === undefined || message === 'wrong' || detail === 'wrong') return undefined
  return { ...code, ...(message && { message }), ...(detail && { detail }) }
}

function readReject(node: Node, scope: Scope): Outcome | undefined {
  const code = readCodeWithTexts(node, '"reject"', scope)
  if (code === undefined) return undefined
  const message = templateOf(code.message, scope)
  const detail = templateOf(code.detail, scope)
  if (message === 'wrong' || detail === 'wrong') return undefined
  return { kind: 'reject', code: code.code, ...(message && { message }), ...(detail && { detail }) }
}

function readTextNode(entry: Entry | undefined, place: string, scope: Scope): ScalarNode | undefined | 'wrong' {
  if (entry === undefined) return undefined
  return asText(entry.value, place, scope.reporter) === undefined ? 'wrong' : (entry.value as ScalarNode)
}

/** A text of a code as a template for the callbacks of the scope. */
export function templateOf(node: ScalarNode | undefined, scope: Scope): Template | undefined | 'wrong' {
  return node === undefined ? undefined : (readTemplate(node.value as string, node, scope) ?? 'wrong')
}

function readRewrite(node: Node, scope: Scope): Outcome | undefined {
  const map = asMapping(node, '"rewrite"', scope.reporter)
  if (map === undefined) return undefined
  if (map.entries.length === 0) {
    scope.reporter.error(
      'empty',
      node.span,
      'This rewrites nothing',
      'Write a field and a step, as in { nickName: trim }',
    )
    return undefined
  }
  const fields = map.entries.map(entry => readFieldRewrite(entry, scope))
  return fields.some(field => field === undefined) ? undefined : { kind: 'rewrite', fields: fields as FieldRewrite[] }
}

function readFieldRewrite(entry: Entry, scope: Scope): FieldRewrite | undefined {
  const field = readRewritable(entry, scope)
  if (field === undefined) return undefined
  const { value } = entry
  if (value.kind === 'list' && value.items.length === 0) {
    scope.reporter.error('empty', value.span, `No step is given for "${entry.key}"`, 'Write a step, as in [trim]')
    return undefined
  }
  const steps =
    value.kind === 'list'
      ? value.items.map(item => readStep(item, field, 'in a list', scope))
      : [readStep(value, field, 'alone', scope)]
  if (steps.some(step => step === undefined)) return undefined
  return { field, steps: steps as FieldRewrite['steps'], span: cover(entry.keySpan, value.span) }
}

/** The field of an entry, when every callback lets it be rewritten. */
export function readRewritable(entry: Entry, scope: Scope): FieldRef | undefined {
  const field = readField(entry.key, entry.keySpan, scope.callbacks, scope.reporter)
  if (field === undefined) return undefined
  const names = (callback: (typeof scope.callbacks)[number]) =>
    callback.fields.filter(({ rewrite }) => rewrite !== undefined).map(({ name }) => name)
  const stuck = scope.callbacks.find(callback => !names(callback).includes(field.text))
  if (stuck === undefined) return field
  const hint = `Fields that can be rewritten: ${names(stuck).join(', ') || 'none'}`
  scope.reporter.error('not-rewritable', entry.keySpan, `"${entry.key}" cannot be rewritten in ${stuck.name}`, hint)
  return undefined
}

function readAllow(node: Node, scope: Scope): Outcome | undefined {
  if (node.kind === 'scalar' && node.value === 'everything') return { kind: 'allow', rules: 'everything' }
  if (node.kind === 'list' && node.items.length === 0) {
    const hint = 'Write everything, or the ids of reject rules'
    scope.reporter.error('empty', node.span, 'This allows nothing', hint)
    return undefined
  }
  const items = node.kind === 'list' ? node.items : [node]
  const rules = items.map(item => readRuleRef(item, scope))
  return rules.some(rule => rule === undefined) ? undefined : { kind: 'allow', rules: rules as RuleRef[] }
}

/** A rule by its id. Whether there is such a rule is known once the whole folder is read. */
export function readRuleRef(node: Node, scope: Scope): RuleRef | undefined {
  const id = asText(node, 'the id of a rule', scope.reporter)
  return id === undefined ? undefined : { id, span: node.span }
}
