import { directionOf, turned } from '../compile/direction.ts'
import { type Direction, joinedDirection, setDirection } from '../compile/operand-direction.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Condition, List } from '../language/condition.ts'

/**
 * Whether a change to a rule may reject a call that passed before. A side is undefined if it has no such rule.
 *
 * A change that cannot be compared counts as stricter, so that reviewers see it.
 */
export function isStricter(before: CompiledRule | undefined, after: CompiledRule | undefined): boolean {
  const [was, is] = [roleOf(before), roleOf(after)]
  if (is === 'rejects' && was !== 'rejects') return true
  if (was === 'exempts' && is !== 'exempts') return true
  if (before === undefined || after === undefined || was !== is || is === undefined) return false
  const direction = reachDirection(before, after)
  return is === 'rejects'
    ? isPerhaps('wider', direction)
    : isPerhaps('narrower', direction) || exemptsFewer(before, after)
}

/** Whether a rule rejects nothing that another did not reject already: it may just have been renamed. */
export function isCoveredBy(rule: CompiledRule, other: CompiledRule): boolean {
  if (roleOf(rule) !== 'rejects' || roleOf(other) !== 'rejects') return false
  return ['same', 'narrower'].includes(reachDirection(other, rule))
}

/** Whether a rule rejects calls or exempts them from other rules; undefined if it does neither. */
function roleOf(rule: CompiledRule | undefined): 'rejects' | 'exempts' | undefined {
  if (rule === undefined || rule.mode !== 'enforce') return undefined
  return { reject: 'rejects', exempt: 'exempts', rewrite: undefined }[rule.stage] as 'rejects' | 'exempts' | undefined
}

function isPerhaps(wanted: Direction, direction: Direction): boolean {
  return direction === wanted || direction === 'other'
}

/** How the set of calls for which a rule fires changed. */
function reachDirection(before: CompiledRule, after: CompiledRule): Direction {
  const [was, is] = [before, after].map(({ rule }) => new Set(rule.callbacks)) as [Set<unknown>, Set<unknown>]
  return joinedDirection([
    directionOf(before.rule.when, after.rule.when),
    exceptionDirection(before.rule.unless, after.rule.unless),
    setDirection(was, is),
    edgeDirection(before.from, after.from, Number.NEGATIVE_INFINITY),
    turned(edgeDirection(before.until, after.until, Number.POSITIVE_INFINITY)),
    shareDirection(before, after),
  ])
}

function exceptionDirection(was: Condition | undefined, is: Condition | undefined): Direction {
  if (was === undefined) return is === undefined ? 'same' : 'narrower'
  return is === undefined ? 'wider' : turned(directionOf(was, is))
}

/** The direction of a new share. By other values, or under another name, other calls are drawn. */
function shareDirection(before: CompiledRule, after: CompiledRule): Direction {
  const [was, is] = [before.share, after.share]
  if (was === undefined || is === undefined) return was === is ? 'same' : is === undefined ? 'wider' : 'narrower'
  if (was.by.text !== is.by.text || before.id !== after.id) return 'other'
  if (was.percent === is.percent) return 'same'
  return was.percent < is.percent ? 'wider' : 'narrower'
}

/** The direction of a new start: the earlier a rule starts, the more calls it covers. */
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

/** The names of the lists that the conditions of a rule use. */
export function listsOf({ rule: { when, unless } }: CompiledRule): ReadonlySet<string> {
  return new Set([when, ...(unless === undefined ? [] : [unless])].flatMap(listsIn).map(({ name }) => name))
}

function listsIn(condition: Condition): readonly List[] {
  switch (condition.kind) {
    case 'time':
    case 'since':
    case 'often':
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
