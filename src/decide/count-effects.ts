import type { Callback } from '../callbacks/callback.ts'
import { againInMs, holdsLimit } from '../compile/count-test.ts'
import type { Counted, Hold } from '../compile/counter.ts'
import type { CompiledRule, OwnCount } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import type { CountEffects } from './decision.ts'

/** A rule with a count of its own that fired, and the view in which it did. */
export type FiredRule = { rule: CompiledRule; view: View }

/**
 * What rules that fired do to counts; undefined nearly always: nothing. An exempted rule does nothing, and none refuses
 * what has already happened.
 */
export function countEffects(
  fired: readonly FiredRule[],
  exempted: (id: string) => boolean,
  { rejectable }: Pick<Callback, 'rejectable'>,
): CountEffects | undefined {
  const wouldRefuse: string[] = []
  const holds: Hold[] = []
  for (const { rule, view } of fired) {
    const { count, stage, mode } = rule
    if (count === undefined || (stage === 'reject' && exempted(rule.id))) continue
    if (stage === 'reject' && mode === 'shadow' && rejectable) wouldRefuse.push(count.counter)
    holds.push(...holdsOf(count, view))
  }
  return wouldRefuse.length + holds.length === 0 ? undefined : { wouldRefuse, holds }
}

/** The silences that begin with a call: one for each key whose count holds. */
function holdsOf({ hold, often, slot }: OwnCount, view: View): Hold[] {
  if (hold === undefined) return []
  return countedIn(slot, view).flatMap(({ key, counted }) =>
    holdsLimit(often.limit, counted) === true ? [{ counter: hold.counter, key, forMs: hold.forMs }] : [],
  )
}

/** In how many ms the count of a rule that fired would no longer hold, if nothing came until then. */
export function waitOf({ count }: CompiledRule, view: View): number | undefined {
  if (count === undefined) return undefined
  return Math.max(...countedIn(count.slot, view).map(({ counted }) => againInMs(count.often, counted)))
}

function countedIn(slot: OwnCount['slot'], view: View): { key: string; counted: Counted }[] {
  const question = view.questionOf(slot)
  const answer = question && view.answers.get(question.id)
  if (question?.round !== 'count' || answer?.kind !== 'counted') return []
  return question.keys.flatMap(({ key }, at) => {
    const counted = answer.value[at]
    return counted === undefined ? [] : [{ key, counted }]
  })
}
