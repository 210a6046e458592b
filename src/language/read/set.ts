import { replacing } from '../../yaml/fix.ts'
import type { Node, ScalarNode } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { Scalar } from '../condition.ts'
import type { FieldRef } from '../field.ts'
import { itemFields, itemItself } from '../item.ts'
import type { RewriteStep, SetValue, Template } from '../rule.ts'
import { readEachWithPauses } from './each.ts'
import type { Scope } from './scope.ts'
import { type Refusal, refusalOf } from './settable.ts'
import { asList } from './shape.ts'
import type { StepPlace } from './step.ts'
import { fillIn, readBraces } from './template.ts'
import { readValue } from './value.ts'

/** The value that a field is set to; undefined if invalid (reported). */
export function* readSet(node: Node, { field, scope }: StepPlace): Steps<RewriteStep | undefined> {
  if (field.kind === 'list') return yield* readSetItems(node, field, scope)
  const value = readSetValue(node, field, scope)
  return value === undefined ? undefined : { kind: 'set', value }
}

/** A new list of values. Objects cannot be set: only their sender can create them. */
function* readSetItems(node: Node, list: FieldRef, scope: Scope): Steps<RewriteStep | undefined> {
  const { reporter } = scope
  const { items = 'text', rewrite } = list.field
  if (node.kind === 'broken') return undefined
  if (typeof items !== 'string') {
    const message = `"${list.text}" is a list of objects, which cannot be replaced`
    reporter.error('wrong-kind', node.span, message, `Write { each item: { ${eachItemHint(list)} } }`)
    return undefined
  }
  const nodes = asList(node, `"${list.text}"`, reporter, 'Write { set: […] }')
  if (nodes?.length === 0 && rewrite?.notEmpty) {
    const hint = 'Write at least one item, or reject the call'
    reporter.error('not-rewritable', node.span, `The IM server treats an empty "${list.text}" as unchanged`, hint)
    return undefined
  }
  const read = (item: Node) => readSetValue(item, itemItself(items), scope)
  const values = nodes && (yield* readEachWithPauses(nodes, reporter, read))
  return values === undefined || values.includes(undefined)
    ? undefined
    : { kind: 'set items', values: values as SetValue[] }
}

/** A sample for hints: a field of the items of a list, and a step. */
export function eachItemHint({ field }: FieldRef): string {
  const [first] = itemFields(field).filter(({ rewrite, kind }) => rewrite !== undefined && kind === 'text')
  return `${first?.name ?? itemFields(field).find(({ rewrite }) => rewrite !== undefined)?.name}: …`
}

function readSetValue(node: Node, field: FieldRef, scope: Scope): SetValue | undefined {
  const { reporter } = scope
  if (node.kind === 'scalar' && node.value === null) {
    const clear = 'Write "" to clear it, or remove the line'
    reporter.error('wrong-value', node.span, `"${field.text}" cannot be set to nothing`, clear)
    return undefined
  }
  const hint = field.kind === 'json' ? `Write the JSON as a single text: '{{ "level": 3 }}'` : 'Write a single value'
  const value = readValue(node, field, reporter, hint)
  if (value === undefined || node.kind !== 'scalar') return undefined
  const template = typeof value === 'string' ? readTemplate(value, node, scope) : undefined
  if (typeof value === 'string' && template === undefined) return undefined
  const isSame = template?.every(piece => typeof piece === 'string') ?? true
  const refusal = isSame ? refusedIn(scope.callbacks, field, template?.join('') ?? value) : undefined
  if (refusal === undefined) return template ?? (value as number | boolean)
  const shown = node.value === '' ? 'an empty text' : node.raw
  const fixes = (refusal.choices ?? []).map(text => replacing(node.span, text))
  const message = `"${field.text}" cannot be set to ${shown}: ${refusal.reason}`
  reporter.error('not-rewritable', node.span, message, { hint: refusal.hint, fixes })
  return undefined
}

function readTemplate(value: string, node: ScalarNode, scope: Scope): Template | undefined {
  const draft = readBraces(value, node, scope.reporter)
  return draft && fillIn(draft, scope)
}

/** Why one of the callbacks rejects a value: each has its own limits for rewriting the field. */
function refusedIn(callbacks: Scope['callbacks'], { field }: FieldRef, value: Scalar): Refusal | undefined {
  const isWhole = callbacks.some(({ fields }) => fields.includes(field))
  const own = callbacks.flatMap(({ fields }) => fields.filter(({ name }) => name === field.name))
  // A field of list items may have the same name as a field beside the list.
  return (isWhole ? own : [field]).map(each => refusalOf(each, value)).find(refusal => refusal !== undefined)
}
