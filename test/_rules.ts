import type { Callback } from '../src/callbacks/callback.ts'
import { findCallback } from '../src/callbacks/catalogue.ts'
import { beforeSetGroupMemberInfo } from '../src/callbacks/group-members.ts'
import type { RuleSet } from '../src/compile/ruleset.ts'
import type { Call, Value } from '../src/decide/call.ts'
import { decide } from '../src/decide/decide.ts'
import type { Decision } from '../src/decide/decision.ts'
import { check } from '../src/lint/check.ts'

/** Values of a call as a test gives them: a field that is not there is absent. */
export type Given = Record<string, Value>

/** The rule set of some files, by path; a test that gives wrong ones fails here. */
export function ruleSetOf(files: Record<string, string> | string): RuleSet {
  const named = typeof files === 'string' ? { 'rules.yaml': files } : files
  const { ruleSet, diagnostics } = check(Object.entries(named).map(([file, content]) => ({ file, content })))
  if (ruleSet === null) throw new Error(`The rules of this test are wrong: ${JSON.stringify(diagnostics, null, 2)}`)
  return ruleSet
}

/** The rule set of rules for group members, without the first line that each would have. */
export function rules(text: string): RuleSet {
  return ruleSetOf(`callback: beforeSetGroupMemberInfo\nzone: Asia/Shanghai\n${text}`)
}

/** A call that sets a group member's info; with a list of members, one of users who join. */
export function callOf(given: Given): Call {
  const joins = findCallback('beforeMembersJoinGroup') as Callback
  return { callback: 'memberList' in given ? joins : beforeSetGroupMemberInfo, values: new Map(Object.entries(given)) }
}

/** Noon on a Wednesday in Shanghai. */
export const noon = Date.parse('2026-03-04T12:00:00+08:00')

/** What rules decide of a call. */
export function decideBy(ruleSet: RuleSet, given: Given, at = noon): Promise<Decision> {
  return decide(ruleSet, callOf(given), at)
}

/** A decision in a few words: `allow`, `allow nickName=x`, `reject 5001 by no-links`. */
export function told(decision: Decision): string {
  if (decision.kind === 'reject') return `reject ${decision.code} by ${decision.rule}`
  const rewrites = [...decision.rewrites].map(([field, value]) => `${field}=${value}`)
  return ['allow', ...rewrites].join(' ')
}
