import type { Callback } from '../../callbacks/callback.ts'
import { hasMessageText } from '../../callbacks/message-text.ts'
import { write } from '../../yaml/fix.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { GivenValue } from '../condition.ts'
import type { ShareSide } from '../rule.ts'
import { shareSides } from '../vocabulary.ts'
import { readField } from './field.ts'
import type { Scope } from './scope.ts'
import { asMapping, describeNode } from './shape.ts'
import { readValues } from './values.ts'

/** What a test gives: the values of a call, and on which side of shares it is. */
export type GivenInCase = { values: ReadonlyMap<string, GivenValue>; share?: { side: ShareSide; span: Span } }

/** What a test gives; undefined if invalid (reported). */
export function* readGiven(node: Node, scope: Scope): Steps<GivenInCase | undefined> {
  const given = yield* readGivenIn(node, scope)
  const values = given?.values
  const entries = node.kind === 'map' ? node.entries : []
  const text = entries.find(({ key }) => values?.has(key) && isWorkedOut(key, scope.callbacks))
  if (values === undefined || text === undefined || isPossibleText(values, text, scope.reporter)) return given
  return undefined
}

/** The same without a look at how they fit together. */
export function* readGivenIn(node: Node, scope: Scope): Steps<GivenInCase | undefined> {
  const { callbacks, reporter } = scope
  const map = asMapping(node, '"given"', reporter, 'Write fields and values, as in { nickName: admin }')
  if (map === undefined) return undefined
  const read = ({ key, keySpan }: Entry) => readField(key, keySpan, callbacks, reporter)
  const entry = map.entries.find(({ key }) => key === 'share')
  const share = entry && readSide(entry, reporter)
  const fields = map.entries.filter(each => each !== entry)
  const values = yield* readValues(fields, scope, { read, nothing: 'is absent' })
  if (values === undefined || (entry !== undefined && share === undefined)) return undefined
  return { values, ...(share !== undefined && { share }) }
}

/** On which side of shares a call is. */
function readSide({ keySpan, value }: Entry, reporter: Reporter): GivenInCase['share'] {
  if (value.kind === 'broken') return undefined
  const written = value.kind === 'scalar' ? value.value : undefined
  const side = shareSides.find(each => each === written)
  if (side !== undefined) return { side, span: keySpan }
  const meant = typeof written === 'boolean' ? (written ? 'in' : 'out') : undefined
  const advice = meant === undefined ? 'Write in, or out for a call that is not in the share' : write(value.span, meant)
  const message = `"share" must be ${shareSides.join(' or ')}, got ${describeNode(value)}`
  reporter.error('wrong-value', value.span, message, advice)
  return undefined
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
