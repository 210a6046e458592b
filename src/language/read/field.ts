import type { Callback, Field } from '../../callbacks/callback.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import { adviceForField, adviceForPart, type Purpose } from '../advice/field-advice.ts'
import { type FieldRef, fieldIn, kindName, nameIn, readPart } from '../field.ts'

/**
 * The field that a text names in all of some callbacks.
 *
 * Undefined if invalid (reported at `span`).
 */
export function readField(
  text: string,
  span: Span,
  callbacks: readonly Callback[],
  reporter: Reporter,
  purpose: Purpose = 'test',
): FieldRef | undefined {
  const name = nameIn(text)
  const [first, ...others] = callbacks.map(callback => ({ callback, field: fieldIn(callback, name.field) }))
  const lacking = [first, ...others].find(each => each !== undefined && each.field === undefined)
  if (lacking !== undefined) {
    const message = `There is no field "${text}" in ${lacking.callback.name}`
    reporter.error('unknown-field', span, message, adviceForField({ text, span, purpose }, lacking.callback, callbacks))
    return undefined
  }
  const field = first?.field
  if (field === undefined) return undefined
  const other = others.find(each => each.field !== undefined && !isAlike(field, each.field))
  if (other?.field !== undefined) {
    const [one, two] = whatItIs(field, other.field)
    const message = `"${name.field}" is ${one} in ${first?.callback.name} but ${two} in ${other.callback.name}`
    reporter.error('wrong-kind', span, message, 'Write a separate rule for each callback')
    return undefined
  }
  const all = [field, ...others.flatMap(each => each.field ?? [])]
  // Of the parts of a text, one may be missing where the callback does not say enough.
  const without = all.find(each => readPart(each, name.path) === undefined) ?? field
  const part = readPart(without, name.path)
  const ofOther = all.map(each => readPart(each, name.path)?.field?.name).find(other => other !== part?.field?.name)
  if (part?.field !== undefined && ofOther !== undefined) {
    const message = `"${text}" counts ${part.field.name} in one of these callbacks but ${ofOther} in another`
    reporter.error('wrong-kind', span, message, 'Write a rule for each of the callbacks')
    return undefined
  }
  if (part !== undefined) {
    return { text, field: mostOftenAbsent(all), original: name.original, ...part }
  }
  const path = name.path.join('.')
  const message = name.path.includes('')
    ? `There is nothing after a dot in "${text}"`
    : `"${name.field}" is ${kindName(field.kind)} and has no part "${path}"`
  reporter.error('unknown-field', span, message, adviceForPart({ text, span, purpose }, without, name.path))
  return undefined
}

/** Of the same field in several callbacks, one that calls may omit: claims about a rule must hold for all of them. */
function mostOftenAbsent(fields: readonly Field[]): Field {
  return (
    fields.find(({ origin }) => origin !== undefined) ?? fields.find(({ nullable }) => nullable) ?? (fields[0] as Field)
  )
}

/** Whether a test means the same for both: numbers with the same names, lists with the same items. */
export function isAlike(one: Field, two: Field): boolean {
  return one.kind === two.kind && told(one) === told(two)
}

/** What a field is, in enough detail to show how two differ. */
function whatItIs(one: Field, two: Field): [string, string] {
  return one.kind === two.kind
    ? [`${kindName(one.kind)} (${begun(told(one))})`, `${kindName(two.kind)} (${begun(told(two))})`]
    : [kindName(one.kind), kindName(two.kind)]
}

function told({ names, items }: Field): string {
  if (names !== undefined) return [...names.keys()].join(', ')
  return typeof items === 'object' ? items.map(({ name }) => name).join(', ') : (items ?? '')
}

/** Enough of a description to see the difference. */
function begun(told: string): string {
  const [one, two, three, ...others] = told.split(', ')
  return others.length === 0 ? told : `${one}, ${two}, ${three} …`
}
