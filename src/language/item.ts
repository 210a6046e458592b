import type { Callback, Field, FieldKind } from '../callbacks/callback.ts'
import type { Span } from '../yaml/source.ts'
import { nearestField, type Purpose } from './advice/field-advice.ts'
import { type FieldRef, kindName } from './field.ts'
import { readField } from './read/field.ts'
import type { ItemHolds, Scope } from './read/scope.ts'

/** The name of an item that is a single value: items that are objects have fields instead. */
export const itemName = 'item'

/**
 * The scope for the items of a list; undefined (and reported) if the callbacks disagree about them.
 *
 * `list` is a list, or a value inside JSON that may be one.
 */
export function itemScope(list: FieldRef, outer: Scope, span: Span): Scope | undefined {
  const isJson = list.kind === 'part'
  const kinds = isJson ? (['json'] as const) : outer.callbacks.map(callback => holdsIn(callback, list))
  const [holds = 'json'] = kinds
  if (kinds.some(kind => kind !== holds)) {
    const message = `The items of "${list.text}" differ between these callbacks`
    outer.reporter.error('wrong-kind', span, message, 'Write a separate rule for each callback')
    return undefined
  }
  return {
    ...outer,
    callbacks: outer.callbacks.map(callback => asCallback(callback, list)),
    item: { list, outer, holds },
  }
}

/** An item that is a single value, as a test sees it. */
export function itemItself(holds: Exclude<ItemHolds, 'objects'>): FieldRef {
  const kind: FieldKind = holds
  const field: Field = { name: itemName, kind, nullable: false, about: 'an item of a list' }
  return { ...whole(field), kind: holds === 'json' ? 'part' : holds, ofItem: 'itself' }
}

/** The number of items of a list, as a test sees it. */
export function countOf(list: FieldRef): FieldRef {
  return { ...list, text: `${list.text} how many`, part: { kind: 'count', of: list }, kind: 'integer' }
}

/** The field that a text names: of an item inside the items of a list, else of the call. Reports problems. */
export function readScopedField(
  text: string,
  span: Span,
  scope: Named,
  purpose: Purpose = 'test',
): FieldRef | undefined {
  const { callbacks, item, reporter } = scope
  if (item === undefined) return readField(text, span, callbacks, reporter, purpose)
  if (item.holds === 'json') return readInside(text, span, scope)
  const { list, outer } = item
  if (text.startsWith('original.')) {
    const hint = `Write original.${list.text} for the list as received`
    reporter.error('unknown-field', span, `"original" goes before a field of the call, not of an item`, hint)
    return undefined
  }
  if (!has(callbacks, text) && has(outer.callbacks, text)) {
    const message = `"${text}" is a field of the call, not of an item of ${list.text}`
    reporter.error('unknown-field', span, message, `Write it beside "${list.text}", not inside it`)
    return undefined
  }
  const field = readField(text, span, callbacks, reporter, purpose)
  return field && { ...field, ofItem: 'field' }
}

/** The field in a text: of an item inside its list, else of the call. Reports problems. */
export function readTextField(text: string, span: Span, scope: Named): FieldRef | undefined {
  const { callbacks, item } = scope
  const isMeant = callbacks.some(callback => nearestField(text, callback) !== undefined)
  if (item !== undefined && !has(callbacks, text) && !has(item.outer.callbacks, text) && !isMeant) {
    const [of, ofCall] = [callbacks, item.outer.callbacks].map(all => all[0]?.fields.map(({ name }) => name).join(', '))
    const hint = `Fields of an item: ${of}. Fields of the call: ${ofCall}`
    scope.reporter.error('unknown-field', span, `There is no field "${text}" in the item or the call`, hint)
    return undefined
  }
  const isOfCall = item !== undefined && !has(callbacks, text) && has(item.outer.callbacks, text)
  return isOfCall ? readTextField(text, span, item.outer) : readScopedField(text, span, scope, 'text')
}

/** What field names are resolved against. */
type Named = Pick<Scope, 'callbacks' | 'item' | 'reporter'>

/** Whether any of some callbacks has the field, or the part of a field, that a text names. */
function has(callbacks: readonly Callback[], text: string): boolean {
  const [name = ''] = text.replace(/^original\./, '').split('.')
  return callbacks.some(({ fields }) => fields.some(field => field.name === name))
}

/** The kind of items, in the plural. */
export function itemsName(holds: ItemHolds): string {
  if (holds === 'objects') return 'objects with fields'
  if (holds === 'json') return 'values inside JSON'
  return holds === 'id' ? 'ids' : `${kindName(holds).replace(/^an? /, '')}s`
}

/** The fields of the items of a list of objects; none for other lists. */
export function itemFields({ items }: Field): readonly Field[] {
  return typeof items === 'object' ? items : []
}

function holdsIn({ fields }: Callback, list: FieldRef): ItemHolds {
  const { items = 'text' } = fields.find(({ name }) => name === list.field.name) ?? list.field
  return typeof items === 'string' ? items : 'objects'
}

/** Items as a callback, since names are looked up in callbacks: messages show its name. */
function asCallback(callback: Callback, list: FieldRef): Callback {
  const field = list.kind === 'list' ? callback.fields.find(({ name }) => name === list.field.name) : undefined
  return {
    ...callback,
    name: `an item of ${list.text}`,
    command: `${callback.command} ${list.field.name}`,
    fields: field === undefined ? [] : itemFields(field),
  }
}

function whole(field: Field): FieldRef {
  return { text: field.name, field, part: { kind: 'whole' }, original: false, kind: field.kind }
}

function readInside(text: string, span: Span, { reporter }: Named): FieldRef | undefined {
  const path = text.split('.')
  if (path.includes('')) {
    reporter.error('unknown-field', span, `There is nothing after a dot in "${text}"`, 'Write a name after each dot')
    return undefined
  }
  return { ...itemItself('json'), text, part: { kind: 'inside', path }, ofItem: 'field' }
}
