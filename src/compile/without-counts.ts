import type { Condition, Often, Since } from '../language/condition.ts'
import type { Rule } from '../language/rule.ts'

/** The `how often` that counts the calls of its own rule, if there is one. */
export type OwnOften = Often & { of: { kind: 'rule' } }

/** The `how often` of a rule that counts its own calls: it stands among the top keys of `when`. */
export function ownOftenOf({ when }: Pick<Rule, 'when'>): OwnOften | undefined {
  return countsIn(when).find((each): each is OwnOften => each.kind === 'often' && each.of.kind === 'rule')
}

/** Every test of a count in a condition. */
export function countsIn(condition: Condition): (Often | Since)[] {
  if (condition.kind === 'often' || condition.kind === 'since') return [condition]
  if ('parts' in condition) return condition.parts.flatMap(countsIn)
  return 'part' in condition ? countsIn(condition.part) : []
}

/** The tests of how long ago something was that must be false for a condition to be true. */
export function deniedSinces(condition: Condition, isDenied = false): Since[] {
  if (condition.kind === 'since') return isDenied ? [condition] : []
  const isTurned = condition.kind === 'not' || condition.kind === 'none'
  const parts = 'parts' in condition ? condition.parts : 'part' in condition ? [condition.part] : []
  return parts.flatMap(part => deniedSinces(part, isDenied !== isTurned))
}

/** A condition with its tests of counts left out; undefined when nothing is left. Pure. */
export function withoutCounts(condition: Condition): Condition | undefined {
  if (condition.kind === 'often' || condition.kind === 'since') return undefined
  if ('parts' in condition) {
    const parts = condition.parts.map(withoutCounts).filter(part => part !== undefined)
    if (parts.length === 0) return undefined
    return parts.every((part, at) => part === condition.parts[at]) && parts.length === condition.parts.length
      ? condition
      : { ...condition, parts }
  }
  if (!('part' in condition)) return condition
  const part = withoutCounts(condition.part)
  return part === undefined || part === condition.part ? part && condition : { ...condition, part }
}
