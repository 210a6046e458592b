import type { Callback } from '../callbacks/callback.ts'
import { changedBy, plainOutcome, type Replied, shadowsIn } from '../decide/replied.ts'
import type { RecordedContent, RecordedDecision } from '../record/record-line.ts'

/** The outcome that is on record. Of a masked call the texts may be missing: `isWhole` is false. */
export function recordedOutcome(
  record: RecordedDecision,
  content: RecordedContent | undefined,
  { phase }: Pick<Callback, 'phase'>,
): { outcome: Replied; isWhole: boolean } {
  const isWhole = content !== undefined && record.masked === undefined
  const shadow = shadowsIn(record.matches)
  if (phase === 'after') return { outcome: { ...plainOutcome, shadow }, isWhole }
  if (record.decision === 'reject') {
    const { code = 0, rule = '' } = record
    const message = record.message ?? content?.message ?? ''
    return { outcome: { kind: 'reject', code, rule, message, detail: content?.detail ?? '', shadow }, isWhole }
  }
  const changes = content?.changes ?? record.changes.map(change => ({ ...change, from: null, to: '' }))
  return { outcome: { kind: 'allow', ...changedBy(changes), shadow }, isWhole }
}
