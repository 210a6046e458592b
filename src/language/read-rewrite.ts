import { type FieldRef, readField } from './field.ts'
import type { Entry, Node } from './node.ts'
import { readStep } from './read-step.ts'
import type { FieldRewrite, Outcome } from './rule.ts'
import type { Scope } from './scope.ts'
import { asMapping, cover } from './shape.ts'

/** What follows `rewrite:`; what is wrong with it is reported, and the result is undefined. */
export function readRewrite(node: Node, scope: Scope): Outcome | undefined {
  const hint = 'Write a field and a step, as in { nickName: trim }'
  const map = asMapping(node, '"rewrite"', scope.reporter, hint)
  if (map === undefined) return undefined
  if (map.entries.length === 0) {
    scope.reporter.error('empty', node.span, 'This rewrites nothing', hint)
    return undefined
  }
  const fields = map.entries.map(entry => readFieldRewrite(entry, scope))
  return fields.some(field => field === undefined) ? undefined : { kind: 'rewrite', fields: fields as FieldRewrite[] }
}

/** The field of an entry, when every callback lets it be rewritten; reported when one does not. */
export function readRewritable({ key, keySpan }: Entry, { callbacks, reporter }: Scope): FieldRef | undefined {
  const field = readField(key, keySpan, callbacks, reporter)
  if (field === undefined) return undefined
  const rewritable = callbacks.map(({ fields }) => fields.filter(({ rewrite }) => rewrite).map(({ name }) => name))
  const stuck = rewritable.findIndex(names => !names.includes(field.text))
  if (stuck === -1) return field
  const hint = `Fields that can be rewritten: ${rewritable[stuck]?.join(', ') || 'none'}`
  const message = `"${key}" cannot be rewritten in ${callbacks[stuck]?.name}`
  reporter.error('not-rewritable', keySpan, message, hint)
  return undefined
}

function readFieldRewrite(entry: Entry, scope: Scope): FieldRewrite | undefined {
  const field = readRewritable(entry, scope)
  if (field === undefined) return undefined
  const { value } = entry
  if (value.kind === 'list' && value.items.length === 0) {
    scope.reporter.error('empty', value.span, `No step is given for "${entry.key}"`, 'Write a step, as in [trim]')
    return undefined
  }
  const place = { field, isAlone: value.kind !== 'list', scope }
  const steps = (value.kind === 'list' ? value.items : [value]).map(item => readStep(item, place))
  if (steps.some(step => step === undefined)) return undefined
  return { field, steps: steps as FieldRewrite['steps'], span: cover(entry.keySpan, value.span) }
}
