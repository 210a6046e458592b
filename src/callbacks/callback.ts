/**
 * What a field is, to a rule author: it decides which test words fit and how values compare.
 *
 * text: folded; id: exact; url: exact, with parts; json: exact, with parts by path;
 * enum: a number or its name; integer; flag: true or false; list.
 */
export type FieldKind = 'text' | 'id' | 'url' | 'json' | 'enum' | 'integer' | 'flag' | 'list'

/** One key of a callback's request that rules may name. */
export type Field = {
  /** The key on the wire. */
  name: string
  kind: FieldKind
  /** True when the server sends `null` for "not being changed". */
  nullable: boolean
  /** For enums: each name with its number on the wire. */
  names?: ReadonlyMap<string, number>
  /** Present when the answer may carry a new value for this field. */
  rewrite?: Rewritable
  /** One line for authors. */
  about: string
}

/** How far a field may be rewritten. `only` lists the numbers an enum may be set to. */
export type Rewritable = { only?: readonly number[] }

/** One webhook of the IM server, as data. */
export type Callback = {
  /** The name in rule files: the command without `callback` and `Command`. */
  name: string
  /** The name on the wire. */
  command: string
  /** Commands that older servers send for the same thing. */
  formerly: readonly string[]
  phase: 'before' | 'after'
  /** True when the server honours a refusal. */
  rejectable: boolean
  fields: readonly Field[]
  about: string
  /** Where in the IM server's sources the entry was read. */
  source: string
}
