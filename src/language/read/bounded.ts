import type { Entry } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import { adviceForShape } from '../advice/condition-advice.ts'
import type { Condition } from '../condition.ts'
import { readCondition } from './condition.ts'
import type { Scope } from './scope.ts'
import { describeNode, headOf } from './shape.ts'

/** A condition within the size limits when every `use` in it is expanded; `rule` is the rule that contains it. */
export function* readBounded(entry: Entry, scope: Scope, rule?: string): Steps<Condition | undefined> {
  const { key, value } = entry
  if (rule !== undefined && value.kind === 'scalar') {
    const message = `"${key}" of the rule "${rule}" must be "key: value" lines, got ${describeNode(value)}`
    scope.reporter.error('wrong-shape', headOf(value), message, adviceForShape(value, scope))
    return undefined
  }
  const condition = yield* readCondition(entry.value, scope)
  return condition && bounded(condition, entry, scope)
}

/** The condition, unless it is too large, which is reported at its key. */
export function bounded(condition: Condition, { keySpan }: Entry, { names, reporter }: Scope): Condition | undefined {
  const excess = names.excess(condition)
  if (excess === undefined) return condition
  reporter.error(excess.code, keySpan, excess.message, excess.hint)
  return undefined
}
