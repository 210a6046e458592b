import { type FieldRef, kindName } from './field.ts'
import { asText, readMapping, shapeOf } from './mapping.ts'
import type { MapNode, Node, ScalarNode } from './node.ts'
import { readCount, readTexts, readValue } from './read-operand.ts'
import type { RewriteStep } from './rule.ts'
import type { Scope } from './scope.ts'
import type { Span } from './source.ts'
import { misspelt, suggest } from './suggest.ts'
import { readTemplate } from './template.ts'
import { findStep, keys, type Step, type StepName, steps } from './vocabulary.ts'

const stepNames = steps.map(step => step.name)

/**
 * One rewrite step of a field; what is wrong with it is reported, and the result is undefined.
 *
 * A text that is no step's name is the value to set when it stands `alone`, and a mistake `in a list`.
 */
export function readStep(
  node: Node,
  field: FieldRef,
  place: 'alone' | 'in a list',
  scope: Scope,
): RewriteStep | undefined {
  switch (node.kind) {
    case 'broken':
      return undefined
    case 'list':
      scope.reporter.error('wrong-shape', node.span, `One step must stand here, and this is ${shapeOf(node)}`)
      return undefined
    case 'scalar':
      return readNamed(node, field, place, scope)
    case 'map':
      return readWithOperand(node, field, scope)
  }
}

function readNamed(
  node: ScalarNode,
  field: FieldRef,
  place: 'alone' | 'in a list',
  scope: Scope,
): RewriteStep | undefined {
  const { value, span, raw } = node
  const step = typeof value === 'string' ? findStep(value) : undefined
  if (step?.operand === 'none') return plainStep(step, field, span, scope)
  if (step !== undefined) {
    scope.reporter.error('wrong-shape', span, `The step "${value}" needs a value`, `Write ${step.example}`)
    return undefined
  }
  const near = typeof value === 'string' ? misspelt(value, stepNames) : undefined
  if (place === 'alone' && near === undefined) return readSet(node, field, scope)
  const hint = `${suggest(String(value), stepNames, 'Steps')}. Write { set: ${raw} } to set this value`
  scope.reporter.error('unknown-word', span, `There is no step ${raw}`, hint)
  return undefined
}

function readWithOperand(node: MapNode, field: FieldRef, scope: Scope): RewriteStep | undefined {
  const named = node.entries.filter(entry => findStep(entry.key) !== undefined)
  const [entry, second] = named
  if (entry === undefined) {
    const [first] = node.entries
    const written = first?.key ?? ''
    scope.reporter.error(
      'unknown-word',
      first?.keySpan ?? node.span,
      `There is no step "${written}"`,
      suggest(written, stepNames, 'Steps'),
    )
    return undefined
  }
  if (second !== undefined) {
    const hint = 'Put each step into braces of its own: [{ … }, { … }]'
    scope.reporter.error('wrong-shape', second.keySpan, `"${second.key}" is a second step in the same mapping`, hint)
    return undefined
  }
  const step = findStep(entry.key) as Step & { name: StepName }
  const beside = node.entries.find(other => other !== entry && !(step.name === 'mask words in' && other.key === 'with'))
  if (beside !== undefined) {
    scope.reporter.error(
      'unknown-key',
      beside.keySpan,
      `"${beside.key}" has no place beside "${step.name}"`,
      `Write ${step.example}`,
    )
    return undefined
  }
  if (step.operand === 'none') {
    scope.reporter.error('wrong-shape', entry.keySpan, `The step "${step.name}" takes no value`, `Write ${step.name}`)
    return undefined
  }
  if (step.name !== 'set' && !takesText(step.name, field, entry.keySpan, scope)) return undefined
  return readStepWith(step, entry.value, node, field, entry.keySpan, scope)
}

function readStepWith(
  step: Step & { name: StepName },
  value: Node,
  node: MapNode,
  field: FieldRef,
  span: Span,
  scope: Scope,
): RewriteStep | undefined {
  switch (step.name) {
    case 'cut to': {
      const count = readCount(value, scope)
      return count === undefined ? undefined : { kind: 'cut to', count }
    }
    case 'replace':
      return readReplace(value, scope)
    case 'mask words in':
      return readMask(step, value, node, span, scope)
    default:
      return value.kind === 'scalar' ? readSet(value, field, scope) : refuseSet(value, field, scope)
  }
}

function plainStep(
  step: Step & { name: StepName },
  field: FieldRef,
  span: Span,
  scope: Scope,
): RewriteStep | undefined {
  if (!takesText(step.name, field, span, scope)) return undefined
  if (step.runsNotYet) return runsNotYet(step, span, scope)
  return { kind: step.name } as RewriteStep
}

function takesText(name: string, field: FieldRef, span: Span, scope: Scope): boolean {
  const { kind, text } = field
  if (kind === 'text' || kind === 'id' || kind === 'url' || kind === 'json') return true
  const message = `The step "${name}" is for texts, and "${text}" is ${kindName(kind)}`
  scope.reporter.error('wrong-kind', span, message, `Write { set: … } to set "${text}"`)
  return false
}

function readReplace(value: Node, scope: Scope): RewriteStep | undefined {
  const entries = readMapping(value, keys.replace, '"replace"', scope.reporter)
  if (entries === undefined) return undefined
  const missing = keys.replace.find(key => !entries.has(key))
  if (missing !== undefined) {
    const hint = 'Write { replace: { text: "_", with: " " } }'
    scope.reporter.error('missing-key', value.span, `"${missing}" is missing from "replace"`, hint)
    return undefined
  }
  const [textNode, withNode] = keys.replace.map(key => entries.get(key)?.value) as [Node, Node]
  const text = asText(textNode, 'what is replaced', scope.reporter)
  const replacement = asText(withNode, 'what is put in its place', scope.reporter)
  if (text === undefined || replacement === undefined) return undefined
  if (text !== '') return { kind: 'replace', text, with: replacement }
  scope.reporter.error('empty', textNode.span, 'An empty text cannot be replaced', 'Write the text to look for')
  return undefined
}

function readMask(step: Step, value: Node, node: MapNode, span: Span, scope: Scope): RewriteStep | undefined {
  const words = readTexts(value, scope)
  const withNode = node.entries.find(({ key }) => key === 'with')?.value
  const mask = withNode === undefined ? '*' : asText(withNode, 'a mask', scope.reporter)
  if (step.runsNotYet) return runsNotYet(step, span, scope)
  if (words?.kind !== 'values' || mask === undefined) return undefined
  return { kind: 'mask words in', words, with: mask }
}

function readSet(node: ScalarNode, field: FieldRef, scope: Scope): RewriteStep | undefined {
  const value = readValue(node, field, scope)
  if (value === undefined) return undefined
  if (typeof value === 'string') {
    const template = readTemplate(value, node, scope)
    return template && { kind: 'set', value: template }
  }
  const only = field.field.rewrite?.only
  if (typeof value !== 'number' || only === undefined || only.includes(value)) return { kind: 'set', value }
  const names = [...(field.field.names ?? [])].filter(([, number]) => only.includes(number)).map(([name]) => name)
  const message = `"${field.text}" cannot be set to ${node.raw}: the IM server would not check it again`
  scope.reporter.error('not-rewritable', node.span, message, `Write ${names.join(' or ')}`)
  return undefined
}

function refuseSet(node: Node, field: FieldRef, scope: Scope): undefined {
  if (node.kind === 'broken') return undefined
  scope.reporter.error('wrong-shape', node.span, `"${field.text}" is set to one value, and this is ${shapeOf(node)}`)
  return undefined
}

function runsNotYet(step: Step, span: Span, scope: Scope): undefined {
  const message = `"${step.name}" is a step of the language that this version cannot run`
  scope.reporter.error('not-yet', span, message, 'Leave the step out until a later version')
  return undefined
}
