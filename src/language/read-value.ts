import type { Scalar } from './condition.ts'
import { type FieldRef, kindName } from './field.ts'
import { meantTest } from './meant-test.ts'
import type { Node, ScalarNode } from './node.ts'
import type { Reporter } from './reporter.ts'
import { asText, shapeOf } from './shape.ts'
import type { Span } from './source.ts'
import { suggest } from './suggest.ts'

/**
 * One value of a field's kind: a text, a number, an enum's name or number, true or false.
 *
 * What is wrong with it is reported, and the result is undefined. `hint` says what to write in place of something
 * that is no single value.
 */
export function readValue(node: Node, field: FieldRef, reporter: Reporter, hint?: string): Scalar | undefined {
  if (node.kind === 'broken') return undefined
  const { kind, text } = field
  if (node.kind !== 'scalar') {
    const message = `"${text}" takes one value here, and this is ${shapeOf(node)}`
    reporter.error('wrong-shape', node.span, message, hint)
    return undefined
  }
  if (node.value === null) {
    const advice = 'Write absent for a field that the call leaves alone, or "" for an empty text'
    reporter.error('wrong-value', node.span, `"${text}" is never nothing`, advice)
    return undefined
  }
  switch (kind) {
    case 'text':
    case 'id':
    case 'url':
    case 'json':
      return asText(node, `"${text}"`, reporter)
    case 'part':
      return node.value
    case 'flag':
      return readFlag(node, field, reporter)
    case 'list': {
      const message = `"${text}" is a list, not one value`
      reporter.error('wrong-kind', node.span, message, 'Use any item, every item or how many')
      return undefined
    }
    case 'enum':
    case 'integer':
      return readNumber(node, field, reporter)
  }
}

/** A number, or the name of one. */
export function readNumber(node: Node, field: FieldRef, reporter: Reporter): number | undefined {
  if (node.kind === 'broken') return undefined
  const names = field.kind === 'enum' ? field.field.names : undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  // Inside JSON a number may have a fraction; a field's is an integer on the wire.
  if (field.kind === 'part' ? Number.isFinite(value) : Number.isSafeInteger(value)) return value as number
  const named = typeof value === 'string' ? names?.get(value) : undefined
  if (named !== undefined) return named
  // A long list of names stands in the hint alone.
  const known = [...(names?.keys() ?? [])]
  const wanted = known.length === 0 ? 'a number' : `${known.length > 8 ? 'a name' : known.join(', ')} or a number`
  const whole = typeof value === 'number' ? 'a whole number' : wanted
  const is = field.kind === 'part' ? 'is compared with' : 'is'
  const message = `"${field.text}" ${is} ${whole}, and this is ${shapeOf(node)}`
  reporter.error('wrong-value', node.span, message, numberHint(node, names))
  return undefined
}

/** A whole number, 0 or more. */
export function readCount(node: Node, reporter: Reporter): number | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && Number.isSafeInteger(node.value) && (node.value as number) >= 0) {
    return node.value as number
  }
  const message = `A whole number, 0 or more, must stand here, and this is ${shapeOf(node)}`
  reporter.error('wrong-value', node.span, message, numberHint(node, undefined))
  return undefined
}

/** A list's entry where a number or truth value is wanted, as if it stood in YAML. Pure. */
export function entryNode(text: string, span: Span): ScalarNode {
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text
  return { kind: 'scalar', value, raw: text, style: 'plain', span }
}

/** What was meant by yes, no, on, off: true or false; undefined when it was something else. Pure. */
export function truthMeant(node: Node): boolean | undefined {
  const value = node.kind === 'scalar' ? String(node.value).toLowerCase() : ''
  if (['yes', 'on', 'y', '1', 'true'].includes(value)) return true
  return ['no', 'off', 'n', '0', 'false'].includes(value) ? false : undefined
}

function numberHint(node: Node, names: ReadonlyMap<string, number> | undefined): string {
  const written = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''
  if (/^-?\d{1,15}$/.test(written)) return `Write ${written}`
  const test = meantTest(written)
  if (test !== undefined) return `Write ${test}`
  if (names !== undefined) return suggest(written, [...names.keys()], 'Names')
  return 'Write a number, as in 24'
}

function readFlag(node: ScalarNode, field: FieldRef, reporter: Reporter): boolean | undefined {
  if (typeof node.value === 'boolean') return node.value
  const message = `"${field.text}" is ${kindName('flag')}, and this is ${shapeOf(node)}`
  reporter.error('wrong-value', node.span, message, `Write ${truthMeant(node) ?? 'true or false'}`)
  return undefined
}
