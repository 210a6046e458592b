import type { RuleSet } from '../compile/ruleset.ts'
import type { Call, Value } from '../decide/call.ts'
import type { Decision } from '../decide/decision.ts'
import type { EngineRule } from '../decide/engine-view.ts'
import { type ExplainedRule, type ExplainOptions, explain } from '../decide/explain.ts'
import type { Otherwise } from '../decide/near-miss.ts'
import { type ReplyBody, reply } from './reply.ts'
import type { UnknownKey } from './unknown-keys.ts'

/** The report of a dry run, as JSON: the decision, the reply as it would be sent, and every rule with its reason. */
export type Report = {
  decision: { kind: 'allow'; rewrites?: Record<string, Value> } | { kind: 'reject'; code: number; rule: string }
  reply: ReplyBody
  rules: readonly ExplainedRule[]
  version: string
  /** Payload keys that no rule can see, if there are any. */
  unknownKeys?: readonly UnknownKey[]
  /** What json-rules-engine returned for every rule, if requested. */
  engine?: readonly EngineRule[]
} & Otherwise

/** Options of a report. `unknownKeys` are payload keys that are not in the call. */
export type ReportOptions = ExplainOptions & { unknownKeys?: readonly UnknownKey[] }

/**
 * Decide a call as the service would, and explain the decision. `try` and dry runs both show this report.
 *
 * `at` is in ms since 1970. Throws what the lookup of a fact throws.
 */
export async function report(ruleSet: RuleSet, call: Call, at: number, options: ReportOptions = {}): Promise<Report> {
  const { unknownKeys = [] } = options
  const { decision, rules, otherwise, engine } = await explain(ruleSet, call, at, options)
  const made = {
    decision: summary(decision),
    reply: reply(call, decision),
    rules,
    ...otherwise,
    version: ruleSet.version,
  }
  return { ...made, ...(unknownKeys.length > 0 && { unknownKeys }), ...(engine && { engine }) }
}

function summary(decision: Decision): Report['decision'] {
  if (decision.kind === 'reject') return { kind: 'reject', code: decision.code, rule: decision.rule }
  if (decision.rewrites.size === 0) return { kind: 'allow' }
  // The names come from the catalogue, never from a client.
  return { kind: 'allow', rewrites: Object.fromEntries(decision.rewrites) }
}
