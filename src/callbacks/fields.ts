import type { Field, ItemKind } from './callback.ts'

/** What a field may have besides its name, kind and description. */
type More = Partial<Pick<Field, 'nullable' | 'rewrite' | 'origin' | 'neverSent' | 'oftenEmpty' | 'hasOthers'>>

/** A field of text that people read. */
export const text = (name: string, about: string, more: More = {}): Field => made('text', name, about, more)

/** A field that identifies a user or an object: compared exactly. */
export const id = (name: string, about: string, more: More = {}): Field => made('id', name, about, more)

/** A field that holds an address. */
export const url = (name: string, about: string, more: More = {}): Field => made('url', name, about, more)

/** A field of text that often holds JSON. */
export const json = (name: string, about: string, more: More = {}): Field => made('json', name, about, more)

/** A field that holds a whole number. */
export const integer = (name: string, about: string, more: More = {}): Field => made('integer', name, about, more)

/** A field that holds true or false. */
export const flag = (name: string, about: string, more: More = {}): Field => made('flag', name, about, more)

/** A field that holds one of some numbers, each with a name. */
export const oneOf = (names: ReadonlyMap<string, number>, name: string, about: string, more: More = {}): Field => ({
  ...made('enum', name, about, more),
  names,
})

/** A field that holds a list: of plain values, or of objects with fields. */
export const list = (items: ItemKind | readonly Field[], name: string, about: string, more: More = {}): Field => ({
  ...made('list', name, about, more),
  items,
})

/** A field that the server sends as `null` when it is not being changed. */
export const nullable = { nullable: true } as const

/** A field that the answer may change. */
export const rewritable = { rewrite: {} } as const

/** The same fields, no longer rewritable. */
export const readOnly = (fields: readonly Field[]): readonly Field[] => fields.map(({ rewrite, ...field }) => field)

/** Whether no known server sends a value for a field. */
export const isNeverSent = ({ origin, neverSent }: Field): boolean => origin === 'answer' || neverSent !== undefined

function made(kind: Field['kind'], name: string, about: string, { nullable = false, ...more }: More): Field {
  return { name, kind, nullable, ...more, about }
}

/** True for a field without a key of its own in a request: it is worked out from others. Pure. */
export function isDerived({ origin }: Pick<Field, 'origin'>): boolean {
  return origin === 'message text' || origin === 'all text'
}
