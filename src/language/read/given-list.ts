import type { Entry, Node } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { GivenValue, Scalar } from '../condition.ts'
import type { FieldRef } from '../field.ts'
import { itemItself, itemScope, readScopedField } from '../item.ts'
import { readEach, readEachWithPauses } from './each.ts'
import type { Scope } from './scope.ts'
import { asList, asMapping } from './shape.ts'
import { readValue } from './value.ts'

/**
 * A list as given or expected in a test: values, or objects with some of their fields.
 *
 * Undefined if invalid (reported).
 */
export function* readGivenList(node: Node, list: FieldRef, outer: Scope): Steps<readonly GivenValue[] | undefined> {
  const scope = itemScope(list, outer, node.span)
  if (scope?.item === undefined) return undefined
  const { holds } = scope.item
  const example = holds === 'objects' ? `{ ${scope.callbacks[0]?.fields[0]?.name}: … }` : '…'
  const items = asList(node, `"${list.text}"`, outer.reporter, `Write the items in brackets, as in [${example}]`)
  if (items === undefined) return undefined
  const readItem = (item: Node) =>
    holds === 'objects'
      ? readObject(item, scope, example)
      : readValue(item, itemItself(holds), scope.reporter, 'Write a single value')
  const read = yield* readEachWithPauses(items, outer.reporter, readItem)
  return read.includes(undefined) ? undefined : (read as GivenValue[])
}

function readObject(node: Node, scope: Scope, example: string): GivenValue | undefined {
  const map = asMapping(node, scope.callbacks[0]?.name ?? '', scope.reporter, `Write its fields, as in ${example}`)
  const values = map && readEach(map.entries, scope.reporter, entry => readFieldOfItem(entry, scope))
  if (values === undefined || values.includes(undefined)) return undefined
  return Object.fromEntries(
    (values as [string, Scalar | null][]).filter((each): each is [string, Scalar] => each[1] !== null),
  )
}

/** The name and value of a field; null is absent. */
function readFieldOfItem({ key, keySpan, value }: Entry, scope: Scope): [string, Scalar | null] | undefined {
  const field = readScopedField(key, keySpan, scope)
  if (field === undefined) return undefined
  if (field.part.kind !== 'whole') {
    const hint = `Write ${field.field.name}: … for the whole field`
    scope.reporter.error('unknown-field', keySpan, `"${key}" is a part, but the IM server sends whole fields`, hint)
    return undefined
  }
  if (value.kind === 'scalar' && value.value === null) return [key, null]
  const read = readValue(value, field, scope.reporter, 'Write the value that the IM server sends')
  return read === undefined ? undefined : [key, read]
}
