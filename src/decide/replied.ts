import type { Callback } from '../callbacks/callback.ts'
import type { Value } from './call.ts'
import type { Change, Decision, Match } from './decision.ts'

/**
 * What the IM server is told of a call, as plain data: what two decisions are compared by.
 *
 * `shadow` are the rules in shadow that would have refused it. `by` are the rules that changed fields, by field.
 */
export type Replied = { shadow: readonly string[] } & (
  | { kind: 'reject'; code: number; rule: string; message: string; detail: string }
  | { kind: 'allow'; values: Readonly<Record<string, string>>; by: Readonly<Record<string, string>> }
)

/** Nothing is refused, changed or would have been: nearly every call. */
export const plainOutcome: Replied = { kind: 'allow', values: {}, by: {}, shadow: [] }

/** The outcome of a decision. What has already happened cannot be refused or changed. */
export function outcomeOf(decision: Decision, { phase }: Pick<Callback, 'phase'>): Replied {
  if (decision.matches.length === 0) return plainOutcome
  const shadow = shadowsIn(decision.matches)
  if (phase === 'after') return shadow.length === 0 ? plainOutcome : { ...plainOutcome, shadow }
  if (decision.kind === 'reject') {
    const { code, rule, message, detail } = decision
    return { kind: 'reject', code, rule, message, detail, shadow }
  }
  return { kind: 'allow', ...changedBy(decision.changes), shadow }
}

/** The rules in shadow that would have refused a call. */
export function shadowsIn(matches: readonly Match[]): readonly string[] {
  return matches.flatMap(({ stage, mode, exempted, rule }) =>
    stage === 'reject' && mode === 'shadow' && !exempted ? [rule] : [],
  )
}

/** What the fields are in the end, as JSON, and which rule changed each last; without those that are as before. */
export function changedBy(changes: readonly Change[]): { values: Record<string, string>; by: Record<string, string> } {
  const first = new Map<string, Value>()
  const last = new Map<string, Change>()
  for (const change of changes) {
    if (!first.has(change.field)) first.set(change.field, change.from)
    last.set(change.field, change)
  }
  const changed = [...last].filter(([field, { to }]) => JSON.stringify(first.get(field)) !== JSON.stringify(to))
  return {
    values: Object.fromEntries(changed.map(([field, { to }]) => [field, JSON.stringify(to)])),
    by: Object.fromEntries(changed.map(([field, { rule }]) => [field, rule])),
  }
}
