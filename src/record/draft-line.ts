import type { DifferenceKind } from '../decide/difference.ts'
import type { Replied } from '../decide/replied.ts'

/** Why a draft did not decide a call that was answered. */
export const shedReasons = ['busy', 'queue full', 'late', 'deadline', 'no draft', 'failed', 'stopping'] as const

export type ShedReason = (typeof shedReasons)[number]

/** What one of two decisions came to, without what people wrote. */
export type RecordedVerdict = {
  decision: 'allow' | 'reject'
  code?: number
  rule?: string
  /** The fields that it rewrote. */
  rewrites?: readonly string[]
}

/** A call that a draft decided otherwise: a line of the envelope. */
export type RecordedDraft = {
  v: 1
  /** That of the decision, and when the call was judged. */
  id: string
  at: number
  instance: string
  kind: 'draft'
  /** The version of the draft. */
  rules: string
  callback: string
  /** As in the line of the decision. */
  users: readonly string[]
  groups: readonly string[]
  difference: DifferenceKind
  /** The rule that made the difference, of the draft or of the rules in force. */
  by: string
  answered: RecordedVerdict
  draft: RecordedVerdict
  /** True if a count that the draft needed was not known. */
  unsure?: true
}

/** What a draft did since the last such line, or since it came into use: a line of the envelope. */
export type RecordedDraftSum = {
  v: 1
  id: string
  at: number
  instance: string
  kind: 'draft sum'
  /** The version of the draft; null while there was none that loads. */
  rules: string | null
  /** True if the draft counts: where calls were shed, its counts are too low. */
  counting?: true
  decided: number
  shed: { readonly [reason in ShedReason]?: number }
  differences: { readonly [kind in DifferenceKind]?: number }
}

/** Whether a line of the envelope, parsed, is one of these. */
export function isDraftLine(line: { readonly [key: string]: unknown }): boolean {
  const { kind, rules, callback, users, groups, difference, by, answered, draft, decided, shed, differences } = line
  if (kind === 'draft sum') return typeof decided === 'number' && isObject(shed) && isObject(differences)
  return (
    kind === 'draft' &&
    [rules, callback, difference, by].every(text => typeof text === 'string') &&
    [users, groups].every(Array.isArray) &&
    [answered, draft].every(isObject)
  )
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a decision came to, for the record. */
export function recordedVerdict(replied: Replied): RecordedVerdict {
  if (replied.kind === 'reject') return { decision: 'reject', code: replied.code, rule: replied.rule }
  const fields = Object.keys(replied.values)
  return { decision: 'allow', ...(fields.length > 0 && { rewrites: fields }) }
}
