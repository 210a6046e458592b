import type { Entry } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { GivenValue } from '../condition.ts'
import type { FieldRef } from '../field.ts'
import { readEachInSteps } from './each.ts'
import { readGivenList } from './given-list.ts'
import type { Scope } from './scope.ts'
import { readValue } from './value.ts'

/** Values by field, each typed like its field. */
export function* readValues(
  entries: readonly Entry[],
  scope: Scope,
  { read, nothing }: { read: (entry: Entry) => FieldRef | undefined; nothing: Nothing },
): Steps<ReadonlyMap<string, GivenValue> | undefined> {
  const values = yield* readEachInSteps(entries, scope.reporter, function* (entry) {
    const field = read(entry)
    const value = field && (yield* readWhole(entry, field, nothing, scope))
    return value === undefined ? undefined : ([entry.key, value] as const)
  })
  if (values.some(found => found === undefined)) return undefined
  return new Map(
    (values as [string, GivenValue | null][]).filter((found): found is [string, GivenValue] => found[1] !== null),
  )
}

/** The meaning of `null`: the field is absent and left out, or it is an error. */
type Nothing = 'is absent' | 'is wrong'

function* readWhole(
  { key, keySpan, value }: Entry,
  field: FieldRef,
  nothing: Nothing,
  scope: Scope,
): Steps<GivenValue | null | undefined> {
  const { reporter } = scope
  if (field.part.kind !== 'whole' || field.original) {
    const hint = `Write ${field.field.name}: … for the whole field`
    reporter.error('unknown-field', keySpan, `"${key}" is a part, but the IM server sends whole fields`, hint)
    return undefined
  }
  if (value.kind === 'scalar') {
    const { value: written, style, span, raw } = value
    if (written === null && nothing === 'is absent') return null
    if (written === null) {
      reporter.error('wrong-value', span, `"${key}" cannot be rewritten to nothing`, 'Write "" for a cleared text')
      return undefined
    }
    if (style === 'plain' && (written === 'absent' || written === 'present')) {
      const hint = `Remove the line for an absent field, or write "${raw}" for the text`
      reporter.error('ambiguous-text', span, `${raw} is a test word, but here it would be read as a text`, hint)
      return undefined
    }
  }
  if (field.kind === 'list') return yield* readGivenList(value, field, scope)
  const hint =
    field.kind === 'json'
      ? `Write the JSON as a single text: '{ "level": 3 }'`
      : 'Write the value that the IM server sends'
  return readValue(value, field, reporter, hint)
}
