import type { Field } from '../callbacks/callback.ts'
import type { FieldRef } from '../language/field.ts'
import { mappedAddress } from '../language/read/hosts.ts'
import { fold, foldWhole } from '../text/fold.ts'
import { countGraphemes } from '../text/graphemes.ts'
import { findLinks, type Link } from '../text/links/find-links.ts'
import { itemViews } from './item-views.ts'
import { questionOf } from './question.ts'
import { readUrl } from './read-url.ts'
import { SearchedText } from './searched-text.ts'
import { shapeMeasures } from './shape-measures.ts'
import type { Form, Slot } from './view.ts'

/** The slots of one rule set, each created once. */
export class Slots {
  readonly #byId = new Map<string, Slot>()
  readonly #ofItems = new Map<Field | 'json' | 'links', Slots>()
  readonly #values = new WeakMap<FieldRef, Slot>()

  /** Slots for another rule set that reuses rules of this one: the same fact keeps the same slot. */
  copy(): Slots {
    const slots = new Slots()
    for (const [id, slot] of this.#byId) slots.#byId.set(id, slot)
    for (const [list, items] of this.#ofItems) slots.#ofItems.set(list, items.copy())
    return slots
  }

  /** The slot of a field's plain value. Cached per mention of the field, since texts name fields at each call. */
  valueOf(field: FieldRef): Slot {
    const known = this.#values.get(field) ?? this.of(field, 'plain')
    this.#values.set(field, known)
    return known
  }

  /** The slot of a field in a form. */
  of(field: FieldRef, form: Form): Slot {
    const { part } = field
    if (part.kind === 'count') return this.#slot(field.text, field, countItems, this.of(part.of, 'plain'))
    if (part.kind === 'links') return this.#slot(field.text, field, linkUrls, this.#links(field))
    if (part.kind === 'inside') return this.#formed(field, form, value => inside(value, part.path))
    const root = field.original ? `original.${field.field.name}` : field.field.name
    if (part.kind === 'json') {
      const via = this.#slot(`${root} (parsed)`, field, parsedJson)
      return this.#formed(field, form, value => inside(value, part.path), via)
    }
    if (field.field.kind === 'url' && (part.kind !== 'whole' || form === 'host')) {
      const via = this.#slot(`${root} (parsed)`, field, parsedUrl)
      return part.kind === 'whole'
        ? this.#slot(`${root} (host)`, field, hostOrNone, via)
        : this.#formed(field, form, value => urlPart(value as ParsedUrl, part.kind), via)
    }
    if (part.kind === 'length')
      return this.#slot(field.text, field, shapes[field.field.kind === 'text' ? 'graphemes' : 'code points'])
    if (part.kind in shapeMeasures) {
      const measure = shapeMeasures[part.kind as keyof typeof shapeMeasures]
      const via = this.#slot(field.text, field, measure)
      return form === 'plain' ? via : this.#formed(field, form, value => value, via)
    }
    return this.#formed(field, form, value => value)
  }

  /** The slot of the items of a list, each as a view; false for a value that is not a list. */
  ofItems(list: FieldRef): Slot {
    const values = list.part.kind === 'links' ? this.#links(list) : this.of(list, 'plain')
    return this.#slot(`${list.text} (items)`, list, itemViews(list), values)
  }

  /** The slots of an item: items of different lists have different fields under the same names. */
  within({ kind, field, part }: FieldRef): Slots {
    const key = part.kind === 'links' ? 'links' : kind === 'list' ? field : 'json'
    const known = this.#ofItems.get(key) ?? new Slots()
    this.#ofItems.set(key, known)
    return known
  }

  /** The slot of the links of a text, of which a test sees the addresses or all that is known of them. */
  #links(field: FieldRef): Slot {
    return this.#slot(`${field.text} (found)`, field, linksOf)
  }

  #formed(field: FieldRef, form: Form, part: (value: unknown) => unknown, via?: Slot): Slot {
    const shape = shapes[form]
    const name = field.part.kind === 'inside' ? `inside ${field.text}` : field.text
    const id = form === 'plain' ? name : `${name} (${form})`
    return this.#slot(id, field, value => absentOr(part(value), shape), via)
  }

  #slot(id: string, field: FieldRef, derive: Slot['derive'], via?: Slot): Slot {
    const known = this.#byId.get(id)
    if (known !== undefined) return known
    const slot: Slot = { id, field, derive, ...(via && { via }), ...asking(field) }
    this.#byId.set(id, slot)
    return slot
  }
}

/** Of a field that no call carries: the question for it. */
function asking({ field, original }: FieldRef): Pick<Slot, 'asks'> {
  const { asked } = field
  if (asked === undefined) return {}
  return { asks: view => questionOf({ ...field, asked }, original ? view.received : view.values) }
}

/** The text of a url field, and its parsed form. */
type ParsedUrl = { text: unknown; url: URL | null }

/** Stands for a value whose type does not fit the form: no text and no number matches it. */
const otherType = false

const shapes: Record<Form, (value: unknown) => unknown> = {
  plain: value => value,
  folded: value => (typeof value === 'string' ? fold(value) : value),
  'folded whole': value => (typeof value === 'string' ? foldWhole(value) : value),
  graphemes: value => (typeof value === 'string' ? countGraphemes(value) : otherType),
  'code points': value => (typeof value === 'string' ? countCodePoints(value) : otherType),
  host: () => otherType,
  searched: value => (typeof value === 'string' ? new SearchedText(value) : otherType),
  'searched as received': value => (typeof value === 'string' ? new SearchedText(value, 'as received') : otherType),
}

function absentOr(value: unknown, shape: (value: unknown) => unknown): unknown {
  return value === null || value === undefined ? null : shape(value)
}

function parsedJson(text: unknown): unknown {
  return parseJson(text) ?? null
}

function parsedUrl(text: unknown): ParsedUrl {
  return { text, url: typeof text === 'string' ? readUrl(text) : null }
}

/** The host; null for no text, and '' for one that does not parse, which is on no host. */
function hostOrNone(parsed: unknown): string | null {
  const { text, url } = parsed as ParsedUrl
  return text === '' ? null : (hostOf(url) ?? '')
}

function urlPart({ url }: ParsedUrl, part: string): string | null {
  switch (part) {
    case 'scheme':
      return url?.protocol.slice(0, -1) ?? null
    case 'host':
      return hostOf(url)
    case 'path':
      return pathOf(url)
    default:
      return extensionOf(pathOf(url))
  }
}

/** The URL parser returns lower case ASCII hosts, except for schemes it does not know. */
function hostOf(url: URL | null): string | null {
  const host = url?.hostname.toLowerCase().replace(/\.$/, '') ?? ''
  return host === '' ? null : mappedAddress(host)
}

function pathOf(url: URL | null): string | null {
  return url?.pathname.startsWith('/') ? url.pathname : null
}

/** The text after the last dot of the last segment. A name whose only dot is its first character has no extension. */
function extensionOf(path: string | null): string | null {
  const name = path?.slice(path.lastIndexOf('/') + 1) ?? ''
  const dot = name.lastIndexOf('.')
  return dot > 0 && dot < name.length - 1 ? name.slice(dot + 1).toLowerCase() : null
}

/** The value at a path inside a JSON value: own keys of objects and indexes of arrays only. */
function inside(json: unknown, path: readonly string[]): unknown {
  let value = json
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return null
    if (Array.isArray(value) ? !/^(?:0|[1-9]\d*)$/.test(key) : !Object.hasOwn(value, key)) return null
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** Without the text of a Markdown link that shows where it leads: that is one link. No link is no list. */
function linksOf(text: unknown): readonly Link[] | null {
  const links = typeof text === 'string' ? findLinks(text).filter(({ isLabel }) => isLabel === undefined) : []
  return links.length === 0 ? null : links
}

function linkUrls(links: unknown): readonly string[] {
  return (links as readonly Link[]).map(({ url }) => url)
}

function countItems(value: unknown): number | false {
  return Array.isArray(value) ? value.length : otherType
}

function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
/** The parsed JSON of a text, or undefined if it is not JSON. */
export function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
