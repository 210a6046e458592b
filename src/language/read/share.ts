import { type Advice, replacing, write } from '../../yaml/fix.ts'
import type { MapNode, Node, ScalarNode } from '../../yaml/node.ts'
import { type FieldRef, kindName } from '../field.ts'
import type { Share } from '../rule.ts'
import { keys } from '../vocabulary.ts'
import { exampleField } from './count-keys.ts'
import { readField } from './field.ts'
import { type MappingForm, readMapping, required } from './mapping.ts'
import type { Scope } from './scope.ts'
import { asWritten, describeNode } from './shape.ts'

/** A share as written in a rule. Pure. */
export function exampleShare(percent: string, scope: Scope): string {
  return `{ enforce: ${percent}, by: ${exampleField(scope)} }`
}

/** The share for which a rule is in force: `{ enforce: 10 %, by: userID }`; undefined if invalid (reported). */
export function readShare(node: MapNode, scope: Scope): Share | undefined {
  const { reporter } = scope
  const form: MappingForm = {
    place: '"mode"',
    keys: keys.mode,
    example: exampleShare('10 %', scope),
    misplaced: ({ key }) =>
      key === 'shadow' ? { hint: 'Write enforce: and the share; the rest is in shadow', meant: 'enforce' } : undefined,
  }
  const entries = readMapping(node, form, reporter)
  const found = entries && required(entries, keys.mode, { node, form, reporter })
  if (found === undefined) return undefined
  const percent = readPercent(found.enforce.value, scope)
  const by = readBy(found.by.value, scope)
  return percent === undefined || by === undefined
    ? undefined
    : { percent, by, span: found.enforce.value.span, bySpan: found.by.value.span }
}

/** The number of a percentage as authors write it, with its sign; undefined if it is none. Pure. */
export function percentIn(text: string): number | undefined {
  const [, number] = /^\s*(\d{1,3}(?:\.\d{1,6})?)\s*(?:%|％|percent)\s*$/i.exec(text) ?? []
  return number === undefined || Number(number) > 100 ? undefined : Number(number)
}

function readPercent(node: Node, { reporter }: Scope): number | undefined {
  if (node.kind === 'broken') return undefined
  const text = node.kind === 'scalar' ? String(node.value ?? '') : ''
  const percent = percentIn(text)
  if (percent !== undefined) return percent
  const message = `"enforce" must be a share in percent, got ${describeNode(node)}`
  const advice = node.kind === 'scalar' ? meantBy(node, text) : undefined
  reporter.error('wrong-value', node.span, message, advice ?? 'Write a number from 0 to 100 and %, as in 10 %')
  return undefined
}

/** A bare number could be in percent or a part of one, and some write a comma. */
function meantBy({ span, raw }: ScalarNode, text: string): Advice | undefined {
  const [, whole, part] = /^\s*(\d{1,3})(?:[.,](\d{1,6}))?\s*[%％]?\s*$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const number = Number(`${whole}.${part ?? 0}`)
  if (number > 100) return undefined
  const written = `${number} %`
  const isPart = number <= 1 && number > 0 && !/[%％]/.test(raw)
  if (!isPart) return write(span, written)
  const inPercent = `${Number((number * 100).toPrecision(6))} %`
  const fixes = [replacing(span, inPercent), replacing(span, written)]
  return { hint: `Write ${inPercent}, or ${written} if that is meant`, fixes }
}

/** The field by whose values a share is drawn. */
function readBy(node: Node, scope: Scope): FieldRef | undefined {
  const { callbacks, reporter } = scope
  const example = `Write a field, as in by: ${exampleField(scope)}`
  if (node.kind === 'list' && node.items.length > 0) {
    reporter.error('wrong-shape', node.span, '"by" takes one field, got a list', example)
    return undefined
  }
  const name = asWritten(node, 'a field', reporter, example)?.trim()
  const field = name === undefined ? undefined : readField(name, node.span, callbacks, reporter)
  if (field === undefined) return undefined
  const isWhole = field.part.kind === 'whole' && !field.original
  if (isWhole && (field.kind === 'id' || field.kind === 'text')) return field
  const message = isWhole
    ? `"${name}" is ${kindName(field.kind)}, but "by" must name an id or a text`
    : `"${name}" is not a whole field as it was received, which "by" must name`
  const other = isWhole ? exampleField(scope) : field.field.name
  const canBe = isWhole || ['id', 'text'].includes(field.field.kind)
  reporter.error('wrong-kind', node.span, message, canBe ? write(node.span, other) : example)
  return undefined
}
