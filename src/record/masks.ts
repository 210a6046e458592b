import { createHmac } from 'node:crypto'
import type { Callback, Field } from '../callbacks/callback.ts'
import { isDerived } from '../callbacks/fields.ts'
import { contentOfText, readMessageText } from '../callbacks/message-text.ts'
import type { Value } from '../decide/call.ts'
import type { Change } from '../decide/decision.ts'
import { foldWhole } from '../text/fold.ts'

/**
 * What the record keeps of a field: its value; a hash that only this service can compute, so that equal values stay
 * equal; or nothing.
 */
export type Mask = 'keep' | 'hash' | 'drop'

/** Masks by field of one callback; a field of list items is written `list.field`. */
export type FieldMasks = ReadonlyMap<string, Mask>

/** A call with its masks applied, and the fields that they changed. */
export type MaskedCall = { call: { readonly [key: string]: Value }; masked: readonly string[] }

/** The masks of an operator, with the secret of their hashes. */
export class Masks {
  readonly #of: (callback: Callback) => FieldMasks
  readonly #secret: string
  readonly #made = new Map<Callback, CallbackMasks | undefined>()

  constructor(of: (callback: Callback) => FieldMasks, secret: string) {
    this.#of = of
    this.#secret = secret
  }

  /** The masks of a callback; undefined if it keeps everything. */
  for(callback: Callback): CallbackMasks | undefined {
    if (!this.#made.has(callback)) {
      const masks = [...this.#of(callback)].filter(([, mask]) => mask !== 'keep')
      const made = masks.length === 0 ? undefined : new CallbackMasks(callback, new Map(masks), this.#secret)
      this.#made.set(callback, made)
    }
    return this.#made.get(callback)
  }
}

/** The masks of one callback. */
export class CallbackMasks {
  readonly #fields: readonly Field[]
  readonly #masks: FieldMasks
  readonly #secret: string

  /** `masks` has no `keep`. */
  constructor({ fields }: Callback, masks: FieldMasks, secret: string) {
    this.#fields = fields
    this.#masks = masks
    this.#secret = secret
  }

  /** A call as received, with what its masks leave of it. */
  applied(call: { readonly [key: string]: Value }): MaskedCall {
    const left: { [key: string]: Value } = { ...call }
    const masked: string[] = []
    for (const field of this.#fields) {
      const { name } = field
      const value = Object.hasOwn(call, name) ? call[name] : undefined
      if (isDerived(field) || value === undefined || value === null) continue
      const kept = name === contentName ? this.#content(call) : this.value(name, value)
      if (kept === value) continue
      masked.push(name)
      if (kept === undefined) delete left[name]
      else left[name] = kept
    }
    this.#maskFlat(call, left, masked)
    return { call: left, masked }
  }

  /** What is left of a field's value: the same if nothing masks it, undefined if it is dropped. */
  value(name: string, value: Value): Value | undefined {
    const field = this.#fields.find(each => each.name === name)
    const mask = this.#maskOf(name)
    if (mask === 'drop') return undefined
    if (mask === 'hash') return this.#hashed(field?.kind ?? 'id', value)
    if (!Array.isArray(field?.items) || !Array.isArray(value)) return value
    const items = field.items as readonly Field[]
    if (!items.some(item => this.#masks.has(`${name}.${item.name}`))) return value
    return value.map(item => this.#item(name, items, item))
  }

  /** A change with what the masks leave of its values. */
  change({ field, from, to, rule }: Change): Change {
    return { field, from: this.value(field, from) ?? null, to: this.value(field, to) ?? null, rule }
  }

  /** The mask of a field: those that are worked out have that of what they are worked out from. */
  #maskOf(name: string): Mask | undefined {
    const isOfContent = name === contentName || textNames.includes(name)
    if (!isOfContent) return this.#masks.get(name)
    const masks = [contentName, ...textNames].map(each => this.#masks.get(each))
    return masks.includes('drop') ? 'drop' : masks.find(mask => mask !== undefined)
  }

  /** Of a hashed message only the hash of its text is left. */
  #content(call: { readonly [key: string]: Value }): Value | undefined {
    const { content = null, contentType } = call
    const mask = this.#maskOf(contentName)
    if (mask === undefined) return content
    const text = mask === 'hash' ? readMessageText(content, contentType) : null
    return (text === null ? null : contentOfText(contentType, hashOfText(this.#secret, text))) ?? undefined
  }

  #item(list: string, items: readonly Field[], item: Value): Value {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
    const left: { [key: string]: Value } = { ...(item as { [key: string]: Value }) }
    for (const { name, kind } of items) {
      const mask = this.#masks.get(`${list}.${name}`)
      const value = Object.hasOwn(left, name) ? left[name] : undefined
      if (mask === undefined || value === undefined) continue
      if (mask === 'drop') delete left[name]
      else left[name] = this.#hashed(kind, value)
    }
    return left
  }

  /** Older servers send the fields of the only item of a list beside the others. */
  #maskFlat(call: { readonly [key: string]: Value }, left: { [key: string]: Value }, masked: string[]): void {
    const names = new Set(this.#fields.map(({ name }) => name))
    for (const [path, mask] of this.#masks) {
      const [list = '', name] = path.split('.')
      if (name === undefined || names.has(name) || !Object.hasOwn(call, name) || Object.hasOwn(call, list)) continue
      masked.push(name)
      const field = this.#fields.find(each => each.name === list)?.items as readonly Field[]
      const kind = field.find(each => each.name === name)?.kind ?? 'text'
      if (mask === 'drop') delete left[name]
      else left[name] = this.#hashed(kind, call[name] as Value)
    }
  }

  #hashed(kind: Field['kind'], value: Value): Value {
    if (Array.isArray(value)) return value.map(item => this.#hashed(kind, item))
    if (typeof value !== 'string' || value === '') return value
    return kind === 'text' ? hashOfText(this.#secret, value) : hashOfExact(this.#secret, value)
  }
}

const contentName = 'content'
const textNames: readonly string[] = ['message text', 'all text']

/** The hash of a value that is compared as people read it: texts that are the same to a rule have the same. */
export function hashOfText(secret: string, text: string): string {
  return hashOfExact(secret, foldWhole(text))
}

/** The hash of a value that is compared exactly, such as an id. 22 characters after `h-`: 132 bits. */
export function hashOfExact(secret: string, value: string): string {
  // JSON tells lone surrogates apart, for which UTF-8 has one replacement.
  const text = /\p{Cs}/u.test(value) ? JSON.stringify(value) : value
  return `h-${createHmac('sha256', `masks of the record ${secret}`).update(text).digest('base64url').slice(0, 22)}`
}
