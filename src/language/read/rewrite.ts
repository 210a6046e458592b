import type { Callback } from '../../callbacks/callback.ts'
import { callbacks as allCallbacks } from '../../callbacks/catalogue.ts'
import { replacing } from '../../yaml/fix.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import { type FieldRef, findField } from '../field.ts'
import { itemFields, readScopedField } from '../item.ts'
import type { FieldRewrite, Outcome } from '../rule.ts'
import { findStep } from '../vocabulary.ts'
import { readEachInSteps } from './each.ts'
import type { Scope } from './scope.ts'
import { eachItemHint } from './set.ts'
import { asMapping, cover } from './shape.ts'
import { readStep } from './step.ts'

/** The value of `rewrite:`; undefined if invalid (reported). */
export function* readRewrite(node: Node, scope: Scope): Steps<Outcome | undefined> {
  const hint = 'Write a field and a step, as in { nickName: trim }'
  const map = asMapping(node, '"rewrite"', scope.reporter, hint)
  if (map === undefined) return undefined
  if (map.entries.length === 0) {
    scope.reporter.error('empty', node.span, 'This rewrites nothing', hint)
    return undefined
  }
  const fields = yield* readEachInSteps(map.entries, scope.reporter, function* (entry) {
    return isStepFirst(entry, scope) ? undefined : yield* readFieldRewrite(entry, scope)
  })
  return fields.some(field => field === undefined) ? undefined : { kind: 'rewrite', fields: fields as FieldRewrite[] }
}

/** Whether step and field are swapped, as in `trim: nickName`; if so, it is reported. */
function isStepFirst({ key, keySpan, value }: Entry, { callbacks, reporter }: Scope): boolean {
  const name = value.kind === 'scalar' ? String(value.value) : ''
  if (findStep(key) === undefined || !callbacks.some(callback => findField(name, callback))) return false
  const message = `Expected a field, got the step "${key}"`
  const isWhole = findStep(key)?.operand === 'none'
  const span = { ...keySpan, end: value.span.end }
  const hint = `Write { ${name}: ${key} }`
  const fixes = isWhole ? [replacing(span, `${name}: ${key}`)] : []
  reporter.error('unknown-field', keySpan, message, { hint, fixes })
  return true
}

/** The field of an entry, if every callback lets it be rewritten; reported if not. */
export function readRewritable({ key, keySpan }: Entry, scope: Scope): FieldRef | undefined {
  const { callbacks, reporter } = scope
  const field = readScopedField(key, keySpan, scope, 'rewrite')
  if (field === undefined) return undefined
  const stuck = callbacks.find(callback => !rewritableIn(callback).includes(field.text))
  if (stuck === undefined) return field
  const names = rewritableIn(stuck)
  const hint = names.length === 0 ? elsewhere(field.text) : `Fields that can be rewritten: ${names.join(', ')}`
  reporter.error('not-rewritable', keySpan, `"${key}" cannot be rewritten in ${stuck.name}`, hint)
  return undefined
}

function rewritableIn({ fields }: Callback): string[] {
  return fields.filter(({ rewrite }) => rewrite).map(({ name }) => name)
}

/** What to do if the server does not let a field be rewritten. */
function elsewhere(name: string): string {
  const refuse = 'Calls of this callback cannot be rewritten: write reject: 5001'
  const [able, another] = allCallbacks.filter(callback => rewritableIn(callback).includes(name))
  // If several callbacks have a field with that name, it need not be the same thing.
  return able === undefined || another !== undefined ? refuse : `${refuse}, or callback: ${able.name}`
}

/** A field and its steps; undefined if invalid (reported). */
export function* readFieldRewrite(entry: Entry, scope: Scope): Steps<FieldRewrite | undefined> {
  const field = readRewritable(entry, scope)
  if (field === undefined) return undefined
  const { value } = entry
  if (value.kind === 'list' && value.items.length === 0) {
    scope.reporter.error('empty', value.span, `No step is given for "${entry.key}"`, 'Write a step, as in [trim]')
    return undefined
  }
  if (field.kind === 'list' && value.kind === 'list' && value.items.every(({ kind }) => kind === 'scalar')) {
    const ofItems = `Write { each item: { ${eachItemHint(field)} } }`
    const hint = itemFields(field.field).length > 0 ? ofItems : 'To set the whole list, write { set: […] }'
    scope.reporter.error('wrong-shape', value.span, `Expected steps, got items of "${entry.key}"`, hint)
    return undefined
  }
  const place = { field, isAlone: value.kind !== 'list', scope }
  const items = value.kind === 'list' ? value.items : [value]
  const steps = yield* readEachInSteps(items, scope.reporter, item => readStep(item, place))
  if (steps.some(step => step === undefined)) return undefined
  return { field, steps: steps as FieldRewrite['steps'], span: cover(entry.keySpan, value.span) }
}
