import type { Test } from '../../language/condition.ts'
import type { Diagnostic } from '../../language/diagnostic.ts'
import type { Judged } from '../evaluate.ts'
import { type Examined, warning } from './finding.ts'

/** Texts that have nothing in common: what is found in all of them is found in any. */
const unlike = ['', 'a', 'Z', '1', '王', '-', ' ', '\n', '\u{1f600}', `${'x'.repeat(5_000)}!`]

/** Patterns that are found in every text, since all that they ask for may be missing. Pure. */
export function matchingAll({ rule: { when, unless } }: Examined): Diagnostic[] {
  return [...patternsIn(when), ...(unless ? patternsIn(unless) : [])].flatMap(({ condition, leaf }) => {
    const { operand, span } = condition as Test
    if (operand.kind !== 'pattern' || !unlike.every(text => leaf?.predicate(text) === leaf?.isPositive)) return []
    const message = `The pattern ${operand.pattern.source} is found in every text, also in an empty one`
    const hint = 'Write + in place of * for at least one, and ^ and $ around it for the whole text'
    return [warning('meant-otherwise', span, message, hint)]
  })
}

function patternsIn({ condition, parts, leaf, ...others }: Judged): Judged[] {
  if (leaf === undefined) return parts.flatMap(patternsIn)
  const isPattern = condition.kind === 'test' && condition.word === 'matches'
  return isPattern ? [{ condition, parts, leaf, ...others }] : []
}
