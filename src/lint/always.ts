import type { Judged } from '../compile/judged.ts'
import { groupOf, neededBy } from '../compile/needed.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, warning } from './finding.ts'
import { testOf } from './literal.ts'
import { isEveryTime } from './times.ts'

/**
 * An enforced rule that rejects or exempts every call, because nothing about the call is tested.
 *
 * Rewriting every call is usually intended.
 */
export function alwaysFires({ rule }: Examined): Diagnostic | undefined {
  const isBounded = [rule.unless, rule.from, rule.until, rule.share].some(each => each !== undefined)
  if (rule.stage === 'rewrite' || rule.mode !== 'enforce' || isBounded || !isAlways(rule.when, true)) return undefined
  const does = rule.stage === 'reject' ? 'refuses' : 'exempts'
  const hint = 'Test what distinguishes these calls, or write from and until if the rule is only for some days'
  return warning(
    'always-fires',
    rule.rule.when.span,
    `This rule ${does} every call: its condition is always true`,
    hint,
  )
}

/** Whether a condition is definitely true, or definitely false, for every call. */
function isAlways({ condition, parts }: Judged, wanted: boolean): boolean {
  switch (condition.kind) {
    case 'test': {
      const { field, word } = condition
      const isThere = !field.field.nullable && field.field.origin === undefined && field.part.kind === 'whole'
      return isThere && (word === 'present' || word === 'absent') && (word === 'present') === wanted
    }
    case 'often':
    case 'since':
      return false
    case 'time':
      return isEveryTime(condition, wanted)
    case 'use':
      return isAlways(parts[0] as Judged, wanted)
    case 'not':
      return isAlways(parts[0] as Judged, !wanted)
    case 'all':
    case 'any':
    case 'none': {
      const { isEach, wantedOfParts } = groupOf(condition.kind, wanted)
      return isEach
        ? parts.every(part => isAlways(part, wantedOfParts))
        : parts.some(part => isAlways(part, wantedOfParts)) || isThereOrNot(parts, wantedOfParts)
    }
  }
}

/** Whether the parts, one of which is enough, cover a field both present and absent. */
function isThereOrNot(parts: readonly Judged[], wanted: boolean): boolean {
  const known = new Map<string, boolean>()
  return parts.some(part => {
    const { literals, choices } = neededBy(part, wanted)
    const [first] = literals
    const presence = first?.judged.leaf.presence
    const field = first && testOf(first)?.field.text
    if (literals.length + choices.length !== 1 || presence === undefined || field === undefined) return false
    const isPresent = (presence === 'present') === first?.wanted
    if (known.get(field) === !isPresent) return true
    known.set(field, isPresent)
    return false
  })
}
