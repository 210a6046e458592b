/**
 * What a field is to a rule author: it decides which test words fit and how values compare.
 *
 * text: folded; id: exact; url: exact, with parts; json: exact, with parts by path; enum: a number or its name;
 * integer; flag: true or false; list.
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
  /** True when the server also sends numbers without a name. */
  hasOthers?: true
  /** For lists: the kind of each item, or the fields of items that are objects. */
  items?: ItemKind | readonly Field[]
  /** Present when the answer may carry a new value for this field. */
  rewrite?: Rewritable
  /** For facts that no call carries: the fields of the call that identify them. */
  asked?: { by: readonly string[] }
  /** For the text of a message: the field of the same callback that lists who is mentioned in it. */
  mentions?: Field
  /** Where the value comes from, if not simply from the key with the field's name. */
  origin?: Origin
  /** Present when no known server sends a value: what the request has instead. */
  neverSent?: 'no key' | 'null' | 'empty text'
  /** True when the server often sends "" although there is a value. */
  oftenEmpty?: true
  /** One line for authors. */
  about: string
}

/** The kind of the items of a list of plain values. */
export type ItemKind = 'text' | 'id' | 'integer'

/**
 * Where a value comes from.
 *
 * empty is absent: the server sends "" or 0 for "not being changed". character: a number that arrives as the one
 * character of that code. message text: no key of its own, the text inside `content`, whose place `contentType` tells.
 * all text: likewise, all texts inside `content` that a reader sees.
 * answer: never in a request, it can only be set.
 */
export type Origin = 'empty is absent' | 'character' | 'message text' | 'all text' | 'answer'

/** How far a field may be rewritten, and how the answer carries it. */
export type Rewritable = {
  /** The numbers that an enum may be set to; without it, all numbers that have names. */
  only?: readonly number[]
  /** The largest number that the server can store, if less than 2^53. */
  most?: number
  /** The key of the answer, if not the field's name. */
  as?: string
  /**
   * The object of the answer that holds the key. The server replaces it whole, so the answer repeats all fields in it.
   */
  within?: string
  /** True when a value may replace another, but crashes older servers if the request had none. */
  onlyIfPresent?: true
  /** True when the server takes an empty value for "unchanged". */
  notEmpty?: true
  /** True when the value must be the JSON text of an object; otherwise the server fails the user's action. */
  jsonObject?: true
  /** For lists of objects: the key that the server uses to find an item. The answer holds only the changed items. */
  changedBy?: string
}

/** One webhook of the IM server, as data. */
export type Callback = {
  /** The name in rule files: the command without `callback` and `Command`. */
  name: string
  /** The name on the wire. */
  command: string
  /** Commands that older servers send for the same thing. */
  formerly: readonly string[]
  /** The setting that turns it on in the IM server's webhooks.yml. */
  setting?: string
  phase: 'before' | 'after'
  /** True when the server honours a rejection. */
  rejectable: boolean
  fields: readonly Field[]
  /** Keys that every answer that lets the call pass repeats as received: the server clears those it does not find. */
  echo?: readonly string[]
  /** Keys that an answer must never have: they crash servers up to 3.8.2. */
  unsafe?: readonly string[]
  /**
   * A list that servers up to 3.7 send as one item, with its fields beside the others; they are answered the same way.
   */
  flattened?: string
  /** True when no known server sends it. */
  isDead?: true
  about: string
  /** Where in the IM server's sources this entry comes from. */
  source: string
}
