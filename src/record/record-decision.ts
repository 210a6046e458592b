import type { DecisionRecord } from '../decide/decision.ts'
import { newestLanguage } from '../language/language-number.ts'
import { cleanUntrusted } from '../protocol/untrusted-text.ts'
import type { CallbackMasks, Masks } from './masks.ts'
import { peopleOf } from './people.ts'
import { recordedCall } from './received.ts'
import { contentLineOf, envelopeLine, type RecordedDecision, type RecordedTexts, recordFormat } from './record-line.ts'
import { factsOf } from './recorded-counts.ts'

/** What is the same for all decisions of a process. */
export type Recorder = { instance: string; app: string; masks: Masks | undefined }

/** The lines of a decision, without line breaks. */
export type DecisionLines = { envelope: string; content: string }

/**
 * Writes the lines of a decision.
 *
 * What a rule tells the user is in the envelope unless it quotes the call; then it is in the content, or nowhere if the
 * call is masked.
 */
export function decisionLines(record: DecisionRecord, { instance, app, masks }: Recorder): DecisionLines {
  const { requestId: id, at, call, received, decision, version, tookMs } = record
  const own = masks?.for(call.callback)
  const { json, masked } = recordedCall(received, call, own)
  const { users, groups } = peopleOf(call, own)
  const told = toldBy(decision, masked)
  // One literal and no spreads, which take ten times as long as everything else here.
  const envelope: RecordedDecision = {
    v: recordFormat,
    id,
    at,
    instance,
    kind: 'decision',
    rules: version,
    app,
    language: newestLanguage,
    callback: call.callback.name,
    operationID: operationOf(record, own),
    users,
    groups,
    decision: decision.kind,
    changes: decision.changes,
    matches: decision.matches,
    us: Math.round(tookMs * 1000),
  }
  if (masked.length > 0) envelope.masked = masked
  if (decision.kind === 'reject') {
    envelope.code = decision.code
    envelope.rule = decision.rule
    if (told.envelope !== undefined) envelope.message = told.envelope
  }
  const { told: counts } = record
  if (counts !== undefined) {
    const { facts, isUnsure } = factsOf(counts)
    envelope.facts = facts
    if (isUnsure) envelope.unsure = true
  }
  const changes = own === undefined ? decision.changes : decision.changes.map(change => own.change(change))
  return { envelope: envelopeLine(envelope), content: contentLineOf({ id, at, changes, told: told.content }, json) }
}

type Told = { envelope?: string; content?: RecordedTexts }

function toldBy(decision: DecisionRecord['decision'], masked: readonly string[]): Told {
  if (decision.kind === 'allow') return nothing
  const { message, detail, quotesCall } = decision
  const content = { ...(quotesCall && message !== '' && { message }), ...(detail !== '' && { detail }) }
  if (quotesCall) return masked.length > 0 ? nothing : { content }
  return { ...(message !== '' && { envelope: message }), content }
}

const nothing: Told = {}

/** The id of the operation, which comes in a header and in many calls. */
function operationOf({ operationId }: DecisionRecord, masks: CallbackMasks | undefined): string {
  if (operationId === '') return ''
  const kept = masks?.value('operationID', operationId)
  return cleanUntrusted(masks === undefined ? operationId : typeof kept === 'string' ? kept : '')
}
