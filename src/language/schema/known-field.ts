import type { Field, ItemKind } from '../../callbacks/callback.ts'
import type { ValueKind } from '../vocabulary.ts'

/** A field as all callbacks together have it: the same name may hold different things in different ones. */
export type KnownField = {
  name: string
  /** In the words of the catalogue. */
  about: string
  /** The fields of that name. */
  fields: readonly Field[]
  holdings: readonly Holding[]
}
/** What fields may hold, under a name of its own: a kind, an enum with the names of its numbers, a list of items. */
export type Holding = { name: string; kind: ValueKind; numberNames: readonly string[]; items?: Items }

/** What the items of a list are: values of some kinds, objects, or in one callback the one and in another the other. */
export type Items = { kinds: readonly ItemKind[]; fields: readonly KnownField[] }
