import type { Callback, Field, FieldKind } from '../callbacks/callback.ts'
import type { Span } from '../yaml/source.ts'
import { nearestField, type Purpose } from './advice/field-advice.ts'
import { type FieldRef, kindName, readPart, shownHost } from './field.ts'
import { readField } from './read/field.ts'
import type { ItemHolds, Scope } from './read/scope.ts'

/** The name that an item has where it is one value: items that are objects have fields instead. */
export const itemName = 'item'

/**
 * What the items of a list are read against; undefined where the callbacks do not agree on what they are (reported).
 *
 * `list` is a list, or a value inside JSON that may be one.
 */
export function itemScope(list: FieldRef, outer: Scope, span: Span): Scope | undefined {
  const isJson = list.kind === 'part'
  const kinds = isJson ? (['json'] as const) : outer.callbacks.map(callback => holdsIn(callback, list))
  const [holds = 'json'] = kinds
  if (kinds.some(kind => kind !== holds)) {
    const message = `The items of "${list.text}" are not the same in all of these callbacks`
    outer.reporter.error('wrong-kind', span, message, 'Write a rule for each of the callbacks')
    return undefined
  }
  return {
    ...outer,
    callbacks: outer.callbacks.map(callback => asCallback(callback, list)),
    item: { list, outer, holds },
  }
}

/** An item as a test sees it that is one value. Pure. */
export function itemItself(holds: Exclude<ItemHolds, 'objects'>): FieldRef {
  const kind: FieldKind = holds
  const field: Field = { name: itemName, kind, nullable: false, about: 'an item of a list' }
  return { ...whole(field), kind: holds === 'json' ? 'part' : holds, ofItem: 'itself' }
}

/** A part of a link, as in `.host`: undefined where links have no such part. Pure. */
export function linkPart(text: string): FieldRef | undefined {
  if (text === shownHost.name) return { ...whole(shownHost), ofItem: 'field' }
  const { field } = itemItself('url')
  const read = text.startsWith('.') ? readPart(field, [text.slice(1)]) : undefined
  return read && { text, field, original: false, ofItem: 'field', ...read }
}

/** How many items a list has, as a test sees it. Pure. */
export function countOf(list: FieldRef): FieldRef {
  return { ...list, text: `${list.text} how many`, part: { kind: 'count', of: list }, kind: 'integer' }
}

/** The field that a text names: of an item inside the items of a list, else of the call. What is wrong is reported. */
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
    reporter.error('unknown-field', span, `"original" stands before fields of the call, not of an item`, hint)
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

/** The field that stands in a text: of an item inside its list, or else of the call. What is wrong is reported. */
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

/** What names of fields are read against. */
type Named = Pick<Scope, 'callbacks' | 'item' | 'reporter'>

/** Whether one of some callbacks has the field that a text names, or a part of it. */
function has(callbacks: readonly Callback[], text: string): boolean {
  const [name = ''] = text.replace(/^original\./, '').split('.')
  return callbacks.some(({ fields }) => fields.some(field => field.name === name))
}

/** What items are, in the plural. Pure. */
export function itemsName(holds: ItemHolds): string {
  if (holds === 'objects') return 'objects with fields'
  if (holds === 'json') return 'values inside JSON'
  return holds === 'id' ? 'ids' : `${kindName(holds).replace(/^an? /, '')}s`
}

/** The fields of the items of a list of objects; none for other lists. Pure. */
export function itemFields({ items }: Field): readonly Field[] {
  return typeof items === 'object' ? items : []
}

function holdsIn({ fields }: Callback, list: FieldRef): ItemHolds {
  if (list.part.kind === 'links') return 'url'
  const { items = 'text' } = fields.find(({ name }) => name === list.field.name) ?? list.field
  return typeof items === 'string' ? items : 'objects'
}

/** Items as a callback, which is what names are looked up in: messages name it. */
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
    reporter.error('unknown-field', span, `There is nothing after a dot in "${text}"`, 'Write each step once')
    return undefined
  }
  return { ...itemItself('json'), text, part: { kind: 'inside', path }, ofItem: 'field' }
}
