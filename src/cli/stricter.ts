import { directionOf, together, turned } from '../compile/direction.ts'
import { type Direction, setDirection } from '../compile/operand-direction.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Condition, List } from '../language/condition.ts'

/**
 * Whether a change of a rule may refuse a call that passed before; each side is absent where there is no such rule.
 *
 * What cannot be told counts as stricter: who reviews a change should see it. Pure.
 */
export function isStricter(before: CompiledRule | undefined, after: CompiledRule | undefined): boolean {
  const [was, is] = [roleOf(before), roleOf(after)]
  if (is === 'refuses' && was !== 'refuses') return true
  if (was === 'exempts' && is !== 'exempts') return true
  if (before === undefined || after === undefined || was !== is || is === undefined) return false
  const direction = reachDirection(before, after)
  return is === 'refuses'
    ? isPerhaps('wider', direction)
    : isPerhaps('narrower', direction) || exemptsFewer(before, after)
}

/** Whether a rule refuses nothing that another did not refuse already: it may have another name now. Pure. */
export function isCoveredBy(rule: CompiledRule, other: CompiledRule): boolean {
  if (roleOf(rule) !== 'refuses' || roleOf(other) !== 'refuses') return false
  return ['same', 'narrower'].includes(reachDirection(other, rule))
}

/** What a rule does to refusals: it refuses, or keeps others from it; undefined where it does neither. */
function roleOf(rule: CompiledRule | undefined): 'refuses' | 'exempts' | undefined {
  if (rule === undefined || rule.mode !== 'enforce') return undefined
  return { reject: 'refuses', exempt: 'exempts', rewrite: undefined }[rule.stage] as 'refuses' | 'exempts' | undefined
}

function isPerhaps(wanted: Direction, direction: Direction): boolean {
  return direction === wanted || direction === 'other'
}

/** How the calls differ for which a rule fires. */
function reachDirection(before: CompiledRule, after: CompiledRule): Direction {
  const [was, is] = [before, after].map(({ rule }) => new Set(rule.callbacks)) as [Set<unknown>, Set<unknown>]
  return together([
    directionOf(before.rule.when, after.rule.when),
    exceptionDirection(before.rule.unless, after.rule.unless),
    setDirection(was, is),
    edgeDirection(before.from, after.from, Number.NEGATIVE_INFINITY),
    turned(edgeDirection(before.until, after.until, Number.POSITIVE_INFINITY)),
  ])
}

function exceptionDirection(was: Condition | undefined, is: Condition | undefined): Direction {
  if (was === undefined) return is === undefined ? 'same' : 'narrower'
  return is === undefined ? 'wider' : turned(directionOf(was, is))
}

/** Of where a rule begins: the earlier, the more calls. */
function edgeDirection(was: number | undefined, is: number | undefined, open: number): Direction {
  const [a, b] = [was ?? open, is ?? open]
  return a === b ? 'same' : b < a ? 'wider' : 'narrower'
}

function exemptsFewer({ outcome: was }: CompiledRule, { outcome: is }: CompiledRule): boolean {
  if (was.kind !== 'allow' || is.kind !== 'allow' || is.rules === 'everything') return false
  if (was.rules === 'everything') return true
  const ids = new Set(is.rules.map(({ id }) => id))
  return was.rules.some(({ id }) => !ids.has(id))
}

/** The lists by name that the conditions of a rule look into. Pure. */
export function listsOf({ rule: { when, unless } }: CompiledRule): ReadonlySet<string> {
  return new Set([when, ...(unless === undefined ? [] : [unless])].flatMap(listsIn).map(({ name }) => name))
}

function listsIn(condition: Condition): readonly List[] {
  switch (condition.kind) {
    case 'time':
      return []
    case 'not':
    case 'use':
      return listsIn(condition.part)
    case 'all':
    case 'any':
    case 'none':
      return condition.parts.flatMap(listsIn)
    case 'test': {
      const { operand } = condition
      if (operand.kind === 'item') return listsIn(operand.item)
      return 'list' in operand && operand.list !== undefined ? [operand.list] : []
    }
  }
}
