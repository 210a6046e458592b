import type { Steps } from './at-once.ts'
import type { Condition } from './condition.ts'
import type { Entry } from './node.ts'
import { readCondition } from './read-condition.ts'
import type { Scope } from './scope.ts'

/** A condition that is not too much once every `use` in it is written out. */
export function* readBounded(entry: Entry, scope: Scope): Steps<Condition | undefined> {
  const condition = yield* readCondition(entry.value, scope)
  return condition && bounded(condition, entry, scope)
}

/** The condition, unless it is too much, which is reported at its key. */
export function bounded(condition: Condition, { keySpan }: Entry, { names, reporter }: Scope): Condition | undefined {
  const excess = names.excess(condition)
  if (excess === undefined) return condition
  reporter.error(excess.code, keySpan, excess.message, excess.hint)
  return undefined
}
