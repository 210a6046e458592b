import type { RuleSet } from '../compile/ruleset.ts'
import type { Call, Value } from '../decide/call.ts'
import type { Decision } from '../decide/decision.ts'
import type { EngineRule } from '../decide/engine-view.ts'
import { type ExplainedRule, type ExplainOptions, explain } from '../decide/explain.ts'
import type { Otherwise } from '../decide/near-miss.ts'
import { type ReplyBody, reply } from './reply.ts'
import type { UnknownKey } from './unknown-keys.ts'

/** What a dry run says, as JSON: the decision, the reply as it would go out, and every rule with why. */
export type Report = {
  decision: { kind: 'allow'; rewrites?: Record<string, Value> } | { kind: 'reject'; code: number; rule: string }
  reply: ReplyBody
  rules: readonly ExplainedRule[]
  version: string
  /** Keys of the payload that no rule can see, where there are any. */
  unknownKeys?: readonly UnknownKey[]
  /** What json-rules-engine itself says of every rule, where that is asked for. */
  engine?: readonly EngineRule[]
} & Otherwise

/** What a report has beside the decision: what json-rules-engine says, and what the payload had that is not in the call. */
export type ReportOptions = ExplainOptions & { unknownKeys?: readonly UnknownKey[] }

/**
 * Decide a call as the service would, and say why: the one maker of what `try`, the dry run and the page show.
 *
 * `at` is in ms since 1970. Throws what a fact's look-up throws.
 */
export async function report(ruleSet: RuleSet, call: Call, at: number, options: ReportOptions = {}): Promise<Report> {
  const { unknownKeys = [] } = options
  const { decision, rules, otherwise, engine } = await explain(ruleSet, call, at, options)
  const made = { decision: told(decision), reply: reply(call, decision), rules, ...otherwise, version: ruleSet.version }
  return { ...made, ...(unknownKeys.length > 0 && { unknownKeys }), ...(engine && { engine }) }
}

function told(decision: Decision): Report['decision'] {
  if (decision.kind === 'reject') return { kind: 'reject', code: decision.code, rule: decision.rule }
  if (decision.rewrites.size === 0) return { kind: 'allow' }
  // The names are the catalogue's own, never a caller's.
  return { kind: 'allow', rewrites: Object.fromEntries(decision.rewrites) }
}
