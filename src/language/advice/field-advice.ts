import type { Callback, Field } from '../../callbacks/callback.ts'
import { callbacks as allCallbacks } from '../../callbacks/catalogue.ts'
import { isNeverSent } from '../../callbacks/fields.ts'
import type { Fix } from '../../yaml/diagnostic.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import type { Span } from '../../yaml/source.ts'
import { fieldIn, nameIn, partsOf, readPart } from '../field.ts'
import { nearest, synonymOf } from './suggest.ts'
import { naming } from './suggested.ts'

/** What a field is used for: hints depend on it. */
export type Purpose = 'test' | 'rewrite' | 'text'

/** The field of a callback that an unknown name probably means. */
export function nearestField(text: string, callback: Callback): string | undefined {
  const names = callback.fields.map(({ name }) => name)
  const { original, field, path } = nameIn(text)
  // One word of a longer name: `text` for `message text`.
  const isPart = (name: string) => name.split(' ').length > 1 && name.split(' ').includes(field)
  const near = names.includes(field) ? field : (nearest(field, names) ?? names.find(isPart))
  const found = near === undefined ? undefined : fieldIn(callback, near)
  const [first = ''] = path
  const isWhole = found !== undefined && (readPart(found, path) !== undefined || !names.includes(first))
  if (isWhole) return [...(original ? ['original'] : []), found.name, ...path].join('.')
  if (!names.includes(first)) return undefined
  // A prefix before a field name: a misspelt `original`, or the prefix that another language would use.
  return nearest(field, ['original']) === undefined ? path.join('.') : ['original', ...path].join('.')
}

/** A name and its place. */
type Named = { text: string; span: Span; purpose: Purpose }

/** Advice for a field that a callback lacks; `all` are the callbacks that should have it. */
export function adviceForField(named: Named, callback: Callback, all: readonly Callback[]): Advice {
  const { text } = named
  if (text === 'original') return { hint: 'Write it before a field, as in original.nickName' }
  const name = nameIn(text).field
  const having = all.filter(other => fieldIn(other, name)).map(other => other.name)
  if (having.length > 0) return { hint: inSomeOnly(having, callback, all) }
  const near = nearestField(text, callback)
  // Fields that are never sent and cannot be set stay valid for existing rules, but are not suggested.
  const useful = callback.fields.filter(field => field.rewrite !== undefined || !isNeverSent(field))
  const fields = `Fields: ${useful.map(field => field.name).join(', ')}`
  const others = elsewhere(name, near !== undefined, callback)
  if (near === undefined) return { hint: `${others}${fields}` }
  return { hint: `Did you mean "${near}"? ${others}${fields}`, fixes: renaming(named, near, callback) }
}

function inSomeOnly(having: readonly string[], callback: Callback, all: readonly Callback[]): string {
  const shared = callback.fields.filter(field => all.every(other => fieldIn(other, field.name)))
  const fields = shared.map(field => field.name).join(', ') || 'none'
  const alone =
    having.length === 1 ? 'has it: write a rule for that callback' : 'have it: write a rule for those callbacks'
  return `Only ${having.join(' and ')} ${alone}. Fields in all of them: ${fields}`
}

/** The other callbacks that have the field or, if this callback has no similar one, a field that was probably meant. */
function elsewhere(name: string, hasNear: boolean, callback: Callback): string {
  if (!allCallbacks.includes(callback)) return ''
  const owners = allCallbacks.filter(other => fieldIn(other, name))
  if (owners.length > 0) return `"${name}" is a field of ${enumerated(owners)}. `
  const meant = hasNear ? undefined : meantElsewhere(name)
  return meant === undefined ? '' : `Did you mean "${meant.name}" of ${enumerated(meant.owners)}? `
}

function meantElsewhere(name: string): { name: string; owners: readonly Callback[] } | undefined {
  const found =
    synonymOf(name, fieldNames)?.meant ?? fieldNames.find(other => other.toLowerCase() === name.toLowerCase())
  return found === undefined ? undefined : { name: found, owners: allCallbacks.filter(other => fieldIn(other, found)) }
}

const fieldNames = [...new Set(allCallbacks.flatMap(({ fields }) => fields.map(({ name }) => name)))]

/** How many are listed: more would hide the one that is meant. */
const mostNamed = 3

/** Callbacks that can reject come first: callbacks about the past are seldom meant. */
function enumerated(owners: readonly Callback[]): string {
  const names = [...owners].sort((a, b) => Number(b.rejectable) - Number(a.rejectable)).map(({ name }) => name)
  const more = names.length - mostNamed
  if (more > 1) return `${names.slice(0, mostNamed).join(', ')} and ${more} more`
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** The fix that writes the name that was meant, where it fits. */
function renaming({ text, span, purpose }: Named, near: string, callback: Callback): readonly Fix[] {
  const field = fieldIn(callback, nameIn(near).field)
  if (purpose === 'rewrite' && field?.rewrite === undefined) return []
  if (purpose !== 'text') return [naming(span, near)]
  // If the place of the name was not found, the span covers the whole text.
  return span.end - span.start === text.length + 2 ? [replacing(span, `{${near}}`)] : []
}

/** Advice for a part that a field does not have. */
export function adviceForPart(named: Named, field: Field, steps: readonly string[]): Advice {
  if (field.kind === 'list') return { hint: listHint(field, steps, named.purpose) }
  if (field.kind === 'json') return { hint: `Write a name after each dot, as in ${field.name}.level` }
  const parts = partsOf(field)
  if (parts.length === 0) return { hint: `Write ${field.name}` }
  const near = nearest(steps.join('.'), parts)
  const all = `Parts of ${field.name}: ${parts.map(part => `${field.name}.${part}`).join(', ')}`
  if (near === undefined) return { hint: all }
  const [whole = ''] = named.text.split(`.${steps.join('.')}`)
  const isText = named.purpose === 'text'
  const isPlace = !isText || named.span.end - named.span.start === named.text.length + 2
  const fixes = isPlace ? [replacing(named.span, isText ? `{${whole}.${near}}` : `${whole}.${near}`)] : []
  return { hint: `Did you mean "${field.name}.${near}"? ${all}`, fixes }
}

/** Advice for a part of a list: items have no names and no numbers. */
function listHint({ name, items = 'text' }: Field, steps: readonly string[], purpose: Purpose): string {
  if (purpose === 'text') {
    const values = `Write {${name}} for all of its items: a text cannot show a single one`
    return typeof items === 'string'
      ? values
      : 'Name a field that holds one value: a text cannot show a list of objects'
  }
  const [last = ''] = steps.slice(-1)
  if (purpose === 'test' && steps.length === 1 && sizes.includes(last)) return `Write ${name}: { how many: … }`
  const fields = typeof items === 'string' ? [] : items.map(field => field.name)
  const key = fields.includes(last) ? last : (nearest(last, fields) ?? fields[0])
  if (purpose === 'rewrite') return key === undefined ? `Write ${name}` : `Write ${name}: { each item: { ${key}: … } }`
  return `Write ${name}: { any item: { ${key ?? 'is'}: … } }: items are not numbered, each one is tested`
}

/** What authors call the number of items. */
const sizes: readonly string[] = ['length', 'size', 'count', 'number']
