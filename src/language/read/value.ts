import { type Advice, replacing, write } from '../../yaml/fix.ts'
import type { Node, ScalarNode } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import { meantTest } from '../advice/meant-test.ts'
import { suggestAt } from '../advice/suggested.ts'
import type { Scalar } from '../condition.ts'
import { type FieldRef, kindName } from '../field.ts'
import { asText, describeNode } from './shape.ts'

/**
 * A single value of a field's kind: a text, a number, an enum's name or number, true or false.
 *
 * Undefined if invalid (reported). `advice` is for anything but a single value.
 */
export function readValue(
  node: Node,
  field: FieldRef,
  reporter: Reporter,
  advice?: string | Advice,
): Scalar | undefined {
  if (node.kind === 'broken') return undefined
  const { kind, text } = field
  if (node.kind !== 'scalar') {
    const message = `"${text}" takes a single value here, got ${describeNode(node)}`
    reporter.error('wrong-shape', node.span, message, advice)
    return undefined
  }
  if (node.value === null) {
    const hint = 'Write absent for a field that the call does not set, or "" for an empty text'
    reporter.error('wrong-value', node.span, `"${text}" has no value here`, hint)
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
      const message = `"${text}" is a list, not a single value`
      reporter.error('wrong-kind', node.span, message, 'Use any item, every item or how many')
      return undefined
    }
    case 'enum':
    case 'integer':
      return readNumber(node, field, reporter)
  }
}

/** A number, or its name. */
export function readNumber(node: Node, field: FieldRef, reporter: Reporter): number | undefined {
  if (node.kind === 'broken') return undefined
  const names = field.kind === 'enum' ? field.field.names : undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  // Inside JSON a number may have a fraction; a field's is an integer on the wire.
  const isRight = field.kind === 'part' ? Number.isFinite(value) : Number.isSafeInteger(value)
  if (isRight && node.kind === 'scalar') {
    return isPointed(node, field.kind === 'part') ? refusePointed(node, reporter) : (value as number)
  }
  const named = typeof value === 'string' ? names?.get(value) : undefined
  if (named !== undefined) return named
  refuseNumber(node, field, reporter, percentAdvice(node, field) ?? numberAdvice(node, names))
  return undefined
}

/** Reports a value where a number belongs. */
export function refuseNumber(node: Node, field: FieldRef, reporter: Reporter, advice: Advice): void {
  const value = node.kind === 'scalar' ? node.value : undefined
  // A long list of names is only in the hint.
  const known = field.kind === 'enum' ? [...(field.field.names?.keys() ?? [])] : []
  const wanted = known.length === 0 ? 'a number' : `${known.length > 8 ? 'a name' : known.join(', ')} or a number`
  const whole = typeof value === 'number' ? 'a whole number' : wanted
  const must = field.kind === 'part' ? 'must be compared with' : 'must be'
  const message = `"${field.text}" ${must} ${whole}, got ${describeNode(node)}`
  reporter.error('wrong-value', node.span, message, advice)
}

/** A whole number, 0 or more. */
export function readCount(node: Node, reporter: Reporter): number | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && Number.isSafeInteger(node.value) && (node.value as number) >= 0) {
    return isPointed(node, false) ? refusePointed(node, reporter) : (node.value as number)
  }
  const message = `Expected a whole number, 0 or more, got ${describeNode(node)}`
  reporter.error('wrong-value', node.span, message, numberAdvice(node, undefined))
  return undefined
}

/**
 * Whether a number that YAML reads as a whole one has a decimal point: 1.000 is 1 to YAML and a thousand to many
 * people.
 *
 * If numbers may have a fraction, only a point before three zeros is reported.
 */
export function isPointed({ raw }: ScalarNode, mayHaveFraction: boolean): boolean {
  return mayHaveFraction ? /^-?\d{1,3}(?:\.\d{3})*\.000$/.test(raw) : raw.includes('.')
}

/** Reports it, with both numbers that may be meant. */
export function refusePointed(node: ScalarNode, reporter: Reporter): undefined {
  const { raw, value, span } = node
  const whole = /^-?\d{1,3}(?:\.\d{3})+$/.test(raw) ? raw.replaceAll('.', '') : undefined
  const choices = [whole, String(value)].filter(text => text !== undefined)
  const message = `${raw} has a decimal point and is read as ${value}`
  const fixes = choices.map(text => replacing(span, text))
  reporter.error('wrong-value', span, message, { hint: `Write ${choices.join(' or ')}`, fixes })
  return undefined
}

/** A list entry as a YAML node, where a number or truth value is needed. */
export function entryNode(text: string, span: Span): ScalarNode {
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text
  return { kind: 'scalar', value, raw: text, style: 'plain', span }
}

/** True or false if yes, no, on, off or the like is written; undefined for anything else. */
export function truthMeant(node: Node): boolean | undefined {
  const value = node.kind === 'scalar' ? String(node.value).toLowerCase() : ''
  if (['yes', 'on', 'y', '1', 'true'].includes(value)) return true
  return ['no', 'off', 'n', '0', 'false'].includes(value) ? false : undefined
}

/** Advice for a share that is written as a fraction. */
function percentAdvice(node: Node, { part }: FieldRef): Advice | undefined {
  const value = node.kind === 'scalar' && typeof node.value === 'number' ? node.value : 0
  if (part.kind !== 'capitals' || value <= 0 || value >= 1) return undefined
  return write(node.span, String(Math.round(value * 100)), ': it is in percent')
}

/** How many bytes the units of sizes have: servers count in bytes. */
const bytes: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

function numberAdvice(node: Node, names: ReadonlyMap<string, number> | undefined): Advice {
  const { span } = node
  const written = node.kind === 'scalar' && typeof node.value === 'string' ? node.value.trim() : ''
  if (/^-?\d{1,15}$/.test(written)) return write(span, written)
  // Other countries use other thousands separators.
  if (/^\d{1,3}(?:[,'’_. ]\d{3})+$/.test(written)) return write(span, written.replaceAll(/\D/g, ''))
  const test = meantTest(written)
  if (test !== undefined) return { hint: `Write ${test}` }
  if (names !== undefined) return suggestAt(span, written, [...names.keys()], 'Names')
  const [, size, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?) ?([kmg])i?b(?:ytes?)?$/i.exec(written) ?? []
  if (size !== undefined) {
    return write(span, String(Math.round(Number(size) * (bytes[unit.toLowerCase()] as number))), ', in bytes')
  }
  const [, number] = /^(\d{1,15}) ?(?:[a-z]+|%)$/i.exec(written) ?? []
  return number === undefined ? { hint: 'Write a number, as in 24' } : write(span, number)
}

function readFlag(node: ScalarNode, field: FieldRef, reporter: Reporter): boolean | undefined {
  if (typeof node.value === 'boolean') return node.value
  const message = `"${field.text}" must be ${kindName('flag')}, got ${describeNode(node)}`
  const truth = truthMeant(node)
  const advice = truth === undefined ? { hint: 'Write true or false' } : write(node.span, String(truth))
  reporter.error('wrong-value', node.span, message, advice)
  return undefined
}
