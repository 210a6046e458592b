import { type Advice, write } from '../../yaml/fix.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { CountKey, NamedCounter, Since } from '../condition.ts'
import { fieldIn, kindName } from '../field.ts'
import type { ValueKind } from '../vocabulary.ts'
import { exampleField, readSame } from './count-keys.ts'
import type { Entries } from './mapping.ts'
import { lookUp, type Scope } from './scope.ts'
import { asText } from './shape.ts'

/** The counter, and the fields by which it is asked: as many as it has, and comparable with them. */
export function readCounted(
  of: Entry,
  entries: Entries,
  node: Node,
  scope: Scope,
): Pick<Since, 'counter' | 'same'> | undefined {
  const same = readSame(entries.get('same'), scope)
  const counter = readCounterName(of.value, scope)
  if (same === undefined || counter === undefined) return undefined
  const place = entries.get('same')?.value.span ?? of.keySpan
  if (entries.get('same') === undefined && entries.isUnclear) return undefined
  if (same.length !== counter.same.length) {
    const [wanted, written] = [counter.same.length, same.length].map(count =>
      count === 1 ? 'one field' : `${count} fields`,
    )
    const message = `"${counter.name}" is counted by ${wanted} (${textOf(counter.same)}), but ${entries.has('same') ? `this names ${written}` : 'this names none'}`
    scope.reporter.error('wrong-value', place, message, sameAdvice(counter, entries.get('same'), node, scope))
    return undefined
  }
  const at = same.findIndex((key, index) => !areComparable(key, counter.same[index] as CountKey))
  if (at === -1) return { counter, same }
  const [one, other] = [same[at], counter.same[at]] as [CountKey, CountKey]
  const message = `"${one.text}" is ${kindName(kindOf(one))}, but "${counter.name}" is counted there by ${other.text}, which is ${kindName(kindOf(other))}`
  scope.reporter.error('wrong-kind', place, message, sameAdvice(counter, entries.get('same'), node, scope))
  return undefined
}

function textOf(same: readonly CountKey[]): string {
  return same.map(({ text }) => text).join(', ')
}

/** The fields of a counter, where the calls of this rule have them as well. */
function sameAdvice(counter: NamedCounter, entry: Entry | undefined, node: Node, scope: Scope): Advice {
  const written = inOneOrMore(counter)
  if (!areIn(counter, scope))
    return { hint: `Write same: with a field of this call for each of ${textOf(counter.same)}, in that order` }
  if (entry !== undefined) return write(entry.value.span, written)
  const first = node.kind === 'map' ? node.entries[0] : undefined
  const hint = `Write same: ${written}`
  const isFlow = first !== undefined && first.keySpan.start > node.span.start
  const at = first && { ...first.keySpan, end: first.keySpan.start }
  return { hint, ...(isFlow && at && { fixes: [{ label: hint, edits: [{ span: at, text: `same: ${written}, ` }] }] }) }
}

/** The kind of the values of a key. */
function kindOf(key: CountKey): ValueKind {
  if ('field' in key) return key.field.kind
  if (key.item !== undefined) return key.item.kind
  if (key.list.part.kind === 'links') return 'url'
  const { items = 'text' } = key.list.field
  return typeof items === 'string' ? items : 'text'
}

/** Whether values of both can ever be equal as `is` compares them: folded, exactly, as numbers or as truth values. */
function areComparable(one: CountKey, other: CountKey): boolean {
  const [a, b] = [kindOf(one), kindOf(other)].map(kind => comparisons[kind])
  return a === b || (a === 'any' && b !== 'folded') || (b === 'any' && a !== 'folded')
}

const comparisons: Record<ValueKind, string> = {
  text: 'folded',
  id: 'exact',
  url: 'exact',
  json: 'exact',
  enum: 'number',
  integer: 'number',
  flag: 'flag',
  list: 'list',
  part: 'any',
}

function readCounterName(node: Node, scope: Scope): NamedCounter | undefined {
  const name = asText(node, 'the name of a counter', scope.reporter, 'Write a name from "counters"')
  if (name === undefined) return undefined
  const example = `{ callback: ${scope.callbacks[0]?.name}, same: ${exampleField(scope)} }`
  const advice = `Counters are defined at the top of a file: counters: { ${/^[\w -]+$/.test(name) ? name : 'NAME'}: ${example} }`
  const unknown = { code: 'unknown-counter', noun: 'counter', title: 'Counters', advice } as const
  return lookUp(scope.names.counters, name, node.span, scope, unknown)
}

/** A counter that there is with the fields by which these calls can ask it, for a hint. */
export function askedExample(scope: Scope): string {
  const counters = [...scope.names.counters.values()].filter(counter => counter !== undefined)
  const fitting = counters.find(counter => areIn(counter, scope)) ?? counters[0]
  if (fitting === undefined) return `of: joins, same: ${exampleField(scope)}`
  return `of: ${fitting.name}, same: ${areIn(fitting, scope) ? inOneOrMore(fitting) : '[…]'}`
}

function areIn({ same }: NamedCounter, { callbacks }: Scope): boolean {
  return same.every(key => 'field' in key && callbacks.every(callback => fieldIn(callback, key.field.field.name)))
}

function inOneOrMore({ same }: NamedCounter): string {
  return same.length === 1 ? textOf(same) : `[${textOf(same)}]`
}
