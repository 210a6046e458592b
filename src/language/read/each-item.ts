import type { Entry } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import { kindName } from '../field.ts'
import { itemScope, itemsName } from '../item.ts'
import type { EachItem, FieldRewrite } from '../rule.ts'
import { readBounded } from './bounded.ts'
import { readEachInSteps } from './each.ts'
import { readFieldRewrite } from './rewrite.ts'
import type { Scope } from './scope.ts'
import { eachItemHint } from './set.ts'
import { asMapping } from './shape.ts'
import type { StepPlace } from './step.ts'

/** What happens to each item of a list; undefined if invalid (reported). */
export function* readEachItem(
  { keySpan, value }: Entry,
  { field, scope: outer }: StepPlace,
): Steps<EachItem | undefined> {
  const { reporter } = outer
  if (field.kind !== 'list') {
    const message = `"each item" is for lists, but "${field.text}" is ${kindName(field.kind)}`
    reporter.error('wrong-kind', keySpan, message, `Write the steps directly under "${field.text}"`)
    return undefined
  }
  const scope = itemScope(field, outer, keySpan)
  if (scope?.item === undefined) return undefined
  if (scope.item.holds !== 'objects') {
    const message = `"each item" is for items with fields, but the items of "${field.text}" are ${itemsName(scope.item.holds)}`
    reporter.error('wrong-kind', keySpan, message, 'Write { set: […] } to replace the whole list')
    return undefined
  }
  const hint = `Write fields of an item with steps, as in { ${eachItemHint(field)} }`
  const map = asMapping(value, '"each item"', reporter, hint)
  return map && (yield* readParts(map.entries, { keySpan, hint, scope }))
}

type Place = { keySpan: Entry['keySpan']; hint: string; scope: Scope }

function* readParts(entries: readonly Entry[], { keySpan, hint, scope }: Place): Steps<EachItem | undefined> {
  const { reporter } = scope
  const whenEntry = entries.find(({ key }) => key === 'when')
  const others = entries.filter(entry => entry !== whenEntry)
  const when = whenEntry && (yield* readBounded(whenEntry, scope))
  const fields = yield* readEachInSteps(others, reporter, function* (entry) {
    return entry.key === 'unless' ? refuseUnless(entry, scope) : yield* readFieldRewrite(entry, scope)
  })
  if (others.length === 0) {
    const message =
      whenEntry === undefined ? 'This rewrites nothing' : 'There is only "when" here, so this rewrites nothing'
    reporter.error('empty', whenEntry?.keySpan ?? keySpan, message, hint)
    return undefined
  }
  if ((whenEntry !== undefined && when === undefined) || fields.includes(undefined)) return undefined
  return { kind: 'each item', ...(when && { when }), fields: fields as FieldRewrite[] }
}

function refuseUnless({ keySpan }: Entry, { reporter }: Scope): undefined {
  reporter.error('unknown-key', keySpan, '"unless" belongs to a rule, not to an item', 'Write when: { not: { … } }')
  return undefined
}
