import type { CompiledRule } from '../compile/ruleset.ts'
import type { Condition, Test } from '../language/condition.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, warning } from './finding.ts'

/**
 * An exception for a role, in `unless` or as an exemption, where the call says which role it sets and not who makes it.
 * `byId` has all rules.
 */
export function roleOfNobody({ rule }: Examined, byId: ReadonlyMap<string, CompiledRule>): Diagnostic | undefined {
  const setsRole = rule.rule.callbacks.some(({ fields }) =>
    fields.some(({ name, nullable }) => name === 'roleLevel' && nullable),
  )
  const exception = setsRole ? exceptionOf(rule, byId) : undefined
  const test = exception && positive(exception).find(found => isRank(found) || found === exception)
  if (test === undefined || test.word === 'present' || test.word === 'absent') return undefined
  const message = 'The field roleLevel is the role that this call sets, not the role of the user who makes it'
  const key = rule.outcome.kind === 'allow' ? 'when' : 'unless'
  return warning(
    'meant-otherwise',
    test.span,
    message,
    `To exempt people, list their ids: ${key}: { userID: [u-1, u-2] }`,
  )
}

/** What is exempt from rules that are not about roles themselves. */
function exceptionOf({ rule, outcome }: CompiledRule, byId: ReadonlyMap<string, CompiledRule>): Condition | undefined {
  if (outcome.kind !== 'allow') return roleTests(rule.when).length > 0 ? undefined : rule.unless
  if (outcome.rules === 'everything') return undefined
  const exempted = outcome.rules.map(({ id }) => byId.get(id)?.rule.when)
  return exempted.some(when => when === undefined || roleTests(when).length > 0) ? undefined : rule.when
}

/** A negation among other tests may be about the role that is set after all. */
function isRank({ word }: Test): boolean {
  return /^(?:is|one of|in list|at least|at most|more than|less than|between)$/.test(word)
}

/** The tests of roles that nothing turns round. */
function positive(condition: Condition): Test[] {
  if (condition.kind === 'not' || condition.kind === 'none') return []
  return 'parts' in condition ? condition.parts.flatMap(positive) : roleTests(condition)
}

function roleTests(condition: Condition): Test[] {
  switch (condition.kind) {
    case 'test':
      return condition.field.field.name === 'roleLevel' ? [condition] : []
    case 'time':
    case 'often':
    case 'since':
      return []
    case 'not':
    case 'use':
      return roleTests(condition.part)
    case 'all':
    case 'any':
    case 'none':
      return condition.parts.flatMap(roleTests)
  }
}
