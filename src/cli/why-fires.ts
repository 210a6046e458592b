import { findCallback } from '../callbacks/catalogue.ts'
import { onlyRule } from '../cases/run-case.ts'
import { rulesOf } from '../cases/run-cases.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { countsAfter } from '../count/earlier.ts'
import { explain } from '../decide/explain.ts'
import type { Trace } from '../decide/trace.ts'
import type { CallToJudge } from '../impact/judgements.ts'
import { readCall } from '../protocol/request.ts'

/** The conditions of a rule on a call, by themselves; undefined where they are not known. */
export async function whyFires(
  { rule: id, example }: Pick<CallToJudge, 'rule' | 'example'>,
  ruleSet: RuleSet | undefined,
): Promise<Trace | undefined> {
  const rule = ruleSet && rulesOf(ruleSet).find(each => each.id === id)
  const callback = findCallback(example.callback)
  if (ruleSet === undefined || rule === undefined || callback === undefined) return undefined
  const read = readCall(callback, example.call, { maxTextBytes: Number.MAX_SAFE_INTEGER })
  if (!read.ok) return undefined
  const alone = onlyRule(rule, ruleSet)
  const counts = await countsAfter(alone, [], { call: read.call, at: example.at })
  const { rules } = await explain(alone, read.call, example.at, { counts })
  return rules[0]?.conditions
}
