import type { Callback } from '../../callbacks/callback.ts'
import { hasMessageText } from '../../callbacks/message-text.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { GivenValue } from '../condition.ts'
import { readField } from './field.ts'
import type { Scope } from './scope.ts'
import { asMapping } from './shape.ts'
import { readValues } from './values.ts'

/** The values of a call, as a test gives them; undefined if invalid (reported). */
export function* readGiven(node: Node, scope: Scope): Steps<ReadonlyMap<string, GivenValue> | undefined> {
  const given = yield* readGivenIn(node, scope)
  const entries = node.kind === 'map' ? node.entries : []
  const text = entries.find(({ key }) => given?.has(key) && isWorkedOut(key, scope.callbacks))
  if (given === undefined || text === undefined || isPossibleText(given, text, scope.reporter)) return given
  return undefined
}

/** The same without a look at how they fit together. */
export function* readGivenIn(node: Node, scope: Scope): Steps<ReadonlyMap<string, GivenValue> | undefined> {
  const map = asMapping(node, '"given"', scope.reporter, 'Write fields and values, as in { nickName: admin }')
  const read = ({ key, keySpan }: Entry) => readField(key, keySpan, scope.callbacks, scope.reporter)
  return map && (yield* readValues(map.entries, scope, { read, nothing: 'is absent' }))
}

/** Whether a field is the text of a message, which is worked out from its content. Pure. */
export function isWorkedOut(key: string, callbacks: readonly Callback[]): boolean {
  return callbacks.some(({ fields }) => fields.some(({ name, origin }) => name === key && origin === 'message text'))
}

/** Whether a message can have the given text; reported if not. */
export function isPossibleText(
  given: ReadonlyMap<string, GivenValue>,
  { key, keySpan }: Entry,
  reporter: Reporter,
): boolean {
  const type = given.get('contentType')
  if (given.has('content')) {
    reporter.error('wrong-value', keySpan, `"${key}" is the text in "content", but both are given`, 'Keep one')
  } else if (type !== undefined && !hasMessageText(type)) {
    const hint = `Remove "${key}", or write contentType: text`
    reporter.error('wrong-value', keySpan, `A message of this "contentType" has no "${key}"`, hint)
  } else return true
  return false
}
