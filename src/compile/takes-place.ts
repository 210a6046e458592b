import type { CompiledRule } from './ruleset.ts'
import type { View } from './view.ts'

/**
 * Whether a call counts for a rule and has not taken its place yet.
 *
 * Other counts do not decide what counts: it may be known already that the rule does not fire.
 */
export function takesPlace({ count }: Pick<CompiledRule, 'count'>, view: View): boolean {
  const question = count && view.openQuestion(count.slot)
  return question?.round === 'count' && question.takes
}
