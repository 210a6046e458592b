import { replacing, write } from '../../yaml/fix.ts'
import type { Entry, ListNode, Node, ScalarNode } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import { entriesMeant, inBrackets } from '../advice/meant-list.ts'
import type { CountKey } from '../condition.ts'
import { type FieldRef, fieldIn, findField, nameIn, readPart } from '../field.ts'
import { itemFields, itemScope, itemsName, linkPart, readScopedField } from '../item.ts'
import { readEach } from './each.ts'
import { readField } from './field.ts'
import type { Scope } from './scope.ts'
import { asWritten } from './shape.ts'
import { spanWithin } from './template.ts'

/** More fields than tell calls apart in practice. */
const mostFields = 4

/** The fields of `same`; undefined if invalid (reported). Without the entry there are none: all calls count together. */
export function readSame(entry: Entry | undefined, scope: Scope): readonly CountKey[] | undefined {
  if (entry === undefined) return []
  const { value } = entry
  const { reporter } = scope
  if (value.kind === 'broken') return undefined
  if (value.kind === 'list' && value.items.length === 0) {
    reporter.error('empty', value.span, 'No field is named here', `Write a field, as in same: ${exampleField(scope)}`)
    return undefined
  }
  if (value.kind === 'list' && value.items.length > mostFields) {
    const message = `"same" names ${value.items.length} fields, but the maximum is ${mostFields}`
    reporter.error('too-large', value.span, message, 'Name the fields that distinguish the calls')
    return undefined
  }
  const items = value.kind === 'list' ? value.items : [value]
  const keys = readEach(items, reporter, item =>
    readKey(item, { purpose: 'same', isAlone: value.kind !== 'list', scope }),
  )
  if (keys.includes(undefined)) return undefined
  return areApart(keys as CountKey[], value, scope) ? (keys as CountKey[]) : undefined
}

/** The values that `different` counts; undefined if invalid (reported). */
export function readDifferent({ value }: Entry, scope: Scope): CountKey | undefined {
  if (value.kind !== 'list') return readKey(value, { purpose: 'different', isAlone: true, scope })
  const [only] = value.items
  const advice =
    value.items.length === 1 && only?.kind === 'scalar' ? write(value.span, only.raw) : 'Write a single field'
  scope.reporter.error('wrong-shape', value.span, '"different" takes one field, got a list', advice)
  return undefined
}

/** Whether two keys are the same values. Pure. */
export function isSameKey(one: CountKey, other: CountKey): boolean {
  return pathOf(one) === pathOf(other)
}

function pathOf(key: CountKey): string {
  return 'list' in key ? `${key.list.text} > ${key.item?.text ?? ''}` : key.field.text
}

/** The fields that most probably tell who a call is about, the first one that all callbacks have. Pure. */
export function exampleField({ callbacks }: Pick<Scope, 'callbacks'>): string {
  const names = ['sendID', 'fromUserID', 'userID', 'applyID', 'inviterUserID', 'ownerUserID', 'groupID']
  const first = callbacks[0]?.fields.filter(({ kind }) => kind !== 'list').map(({ name }) => name) ?? []
  const shared = [...names, ...first].find(name => callbacks.every(callback => fieldIn(callback, name)?.kind === 'id'))
  return shared ?? first[0] ?? 'userID'
}

/** False, and reported, if a field is named twice, or two are of each item. */
function areApart(keys: readonly CountKey[], node: Node, { reporter }: Scope): boolean {
  if (node.kind !== 'list') return true
  const again = keys.findIndex((key, at) => keys.slice(0, at).some(other => isSameKey(key, other)))
  if (again !== -1) {
    const message = `"${keys[again]?.text}" is here twice`
    reporter.error('wrong-value', placeOf(node, again), message, write(node.span, without(again, keys)))
    return false
  }
  const [, second] = keys.flatMap((key, at) => ('list' in key ? [at] : []))
  if (second === undefined) return true
  const hint = 'Keep one: calls are counted for each item of one list'
  reporter.error('wrong-value', placeOf(node, second), 'Only one field of "same" can begin with "each"', hint)
  return false
}

function placeOf({ items, span }: ListNode, at: number): Span {
  return items[at]?.span ?? span
}

function without(at: number, keys: readonly CountKey[]): string {
  const left = keys.filter((_, index) => index !== at).map(({ text }) => text)
  return left.length === 1 ? (left[0] as string) : inBrackets(left)
}

type Use = { purpose: 'same' | 'different'; isAlone: boolean; scope: Scope }

/** A name of a field or list, the place of the name, and whether `each` stands before it. */
type Named = { name: string; span: Span; node: ScalarNode; isEach: boolean }

function readKey(node: Node, use: Use): CountKey | undefined {
  const { purpose, scope } = use
  const { reporter } = scope
  if (node.kind === 'scalar' && node.value === null) {
    const hint = `Write a field, as in ${purpose}: ${exampleField(scope)}`
    reporter.error('wrong-value', node.span, `"${purpose}" names no field`, hint)
    return undefined
  }
  const text = asWritten(node, 'a field', reporter, `Write the name of a field, as in ${exampleField(scope)}`)?.trim()
  if (text === undefined || node.kind !== 'scalar' || refuseSeveral(text, node, use)) return undefined
  const [, before = '', name = ''] = /^((?:for |of )?(?:each|every|all|any) )?(.*)$/su.exec(text) ?? []
  const isEach = before !== '' && !isField(text, scope)
  const written = isEach ? name : text
  const start = text.length - written.length
  const span = spanWithin(node, String(node.value ?? text), start, text.length)
  const named = { name: written, span, node, isEach }
  if (isEach && purpose === 'same' && before !== 'each ') {
    reporter.error('wrong-value', node.span, `There is no field "${text}"`, write(node.span, `each ${name}`))
    return undefined
  }
  return isEach && purpose === 'different' ? refuseEach(text, named, scope) : keyOf(text, named, use)
}

function isField(text: string, { callbacks }: Scope): boolean {
  return callbacks.some(callback => findField(text, callback) !== undefined)
}

/** `different` takes each item of a list by itself. */
function refuseEach(text: string, { name, node }: Named, { reporter }: Scope): undefined {
  const message = `"different" takes every item of a list, so "${text}" must be without its first word`
  reporter.error('wrong-value', node.span, message, write(node.span, name))
  return undefined
}

/** Several fields in one text, as in `sendID, groupID`; if so, it is reported. */
function refuseSeveral(text: string, node: ScalarNode, { purpose, isAlone, scope }: Use): boolean {
  const names = entriesMeant(text) ?? text.split(/\s*\+\s*/)
  if (names.length < 2 || !names.every(name => isField(name.replace(/^each /, '').split('.')[0] ?? '', scope)))
    return false
  const list = inBrackets(names)
  const message = `"${text}" is one text, but names ${names.length} fields`
  if (purpose === 'same') {
    const advice = write(node.span, isAlone ? list : list.slice(1, -1))
    scope.reporter.error('wrong-shape', node.span, message, advice)
  } else
    scope.reporter.error('wrong-shape', node.span, message, {
      hint: 'Write a single field',
      fixes: names.map(name => replacing(node.span, name)),
    })
  return true
}

function keyOf(text: string, named: Named, use: Use): CountKey | undefined {
  const { name, span, node, isEach } = named
  const { purpose, scope } = use
  const { callbacks, reporter } = scope
  const found = listIn(name, scope)
  if (found !== undefined) {
    const list = readField(found.list, span, callbacks, reporter)
    return list && keyOfItems(text, list, found.rest, named, use)
  }
  const field = readField(name, span, callbacks, reporter)
  if (field === undefined || !isEach) return field && { text, field }
  const message = `"${name}" is not a list, so it has no items`
  reporter.error('wrong-kind', node.span, message, write(node.span, name))
  return purpose === 'same' ? undefined : { text, field }
}

/** The list that a name begins with, and what follows it; undefined if it names no list. */
function listIn(name: string, { callbacks }: Scope): { list: string; rest: readonly string[] } | undefined {
  const { original, field: base, path } = nameIn(name)
  const field = callbacks.map(callback => fieldIn(callback, base)).find(each => each !== undefined)
  if (field === undefined) return undefined
  const before = original ? 'original.' : ''
  if (field.kind === 'list') return { list: `${before}${base}`, rest: path }
  const [part = ''] = path
  const isList = field.kind === 'text' && readPart(field, [part])?.kind === 'list'
  return isList ? { list: `${before}${base}.${part}`, rest: path.slice(1) } : undefined
}

function keyOfItems(
  text: string,
  list: FieldRef,
  rest: readonly string[],
  named: Named,
  { purpose, scope }: Use,
): CountKey | undefined {
  const { reporter } = scope
  const { name, span, node, isEach } = named
  const items = itemScope(list, scope, span)
  if (items?.item === undefined) return undefined
  const isOfObjects = items.item.holds === 'objects'
  const whole = isOfObjects && rest.length === 0 ? `${list.text}.${idOf(list)}` : name
  if (purpose === 'same' && !isEach) {
    const message = `"${name}" has several values in one call, so it cannot tell which calls are the same`
    const hint = `Write each ${whole} to count for each of them, or different: ${whole} to count different ones`
    reporter.error('wrong-kind', node.span, message, { hint, fixes: [replacing(node.span, `each ${whole}`)] })
    return undefined
  }
  if (whole !== name) {
    const message = `The items of "${list.text}" have fields, and one of them must be named`
    const written = isEach ? `each ${whole}` : whole
    reporter.error('wrong-kind', node.span, message, write(node.span, written))
    return undefined
  }
  if (rest.length === 0) return { text, list }
  const item = isOfObjects ? readScopedField(rest.join('.'), span, items) : partOf(list, rest, { named, scope })
  if (item === undefined) return undefined
  if (item.kind !== 'list') return { text, list, item }
  reporter.error('wrong-kind', span, `"${name}" is a list inside a list`, 'Name a field with one value')
  return undefined
}

/** The field of items that says who they are about. */
function idOf(list: FieldRef): string | undefined {
  const fields = itemFields(list.field)
  return (fields.find(({ name }) => name === 'userID') ?? fields.find(({ kind }) => kind === 'id') ?? fields[0])?.name
}

/** A part of each link; other single values have none. */
function partOf(
  list: FieldRef,
  rest: readonly string[],
  { named: { name, node, isEach }, scope }: { named: Named; scope: Scope },
): FieldRef | undefined {
  const part = list.part.kind === 'links' ? linkPart(`.${rest.join('.')}`) : undefined
  if (part !== undefined) return part
  const holds = list.part.kind === 'links' ? 'url' : (list.field.items ?? 'text')
  const message = `The items of "${list.text}" are ${itemsName(typeof holds === 'string' ? holds : 'objects')}, so there is no "${name}"`
  scope.reporter.error('unknown-field', node.span, message, write(node.span, isEach ? `each ${list.text}` : list.text))
  return undefined
}
