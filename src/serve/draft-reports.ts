import { type RecordedDraft, recordedVerdict, type ShedReason } from '../record/draft-line.ts'
import type { Masks } from '../record/masks.ts'
import { peopleOf } from '../record/people.ts'
import { envelopeLine } from '../record/record-line.ts'
import type { AnsweredCall } from './draft-call.ts'
import type { DraftJudged } from './draft-judge.ts'
import type { DraftDifference, DraftReport } from './draft-messages.ts'

/** How the record names this process, and what it masks. */
export type DraftRecorder = { instance: string; masks: Masks | undefined }

/** Collects what became of calls, until it is sent. One report is about one version of the draft. */
export class DraftReports {
  readonly #send: (report: DraftReport) => void
  #report = noReport(null)

  constructor(send: (report: DraftReport) => void) {
    this.#send = send
  }

  /** A call that the draft decided. */
  decided(answered: AnsweredCall, judged: DraftJudged & { kind: 'decided' }, recorder: DraftRecorder | null): void {
    this.#of(judged.version).decided += 1
    if (judged.difference === undefined) return
    const { id, at, callback } = answered
    const verdicts = { answered: recordedVerdict(answered.answered), draft: recordedVerdict(judged.would) }
    const different = { id, at, callback: callback.name, difference: judged.difference, ...verdicts }
    const line = recorder === null ? undefined : envelopeLine(recorded(different, judged, recorder))
    this.#report.differences.push(line === undefined ? different : { ...different, line })
  }

  /** A call that it did not decide, under the version that is in use; null for none. */
  shed(reason: ShedReason, version: string | null): void {
    const { shed } = this.#of(version)
    shed[reason] = (shed[reason] ?? 0) + 1
  }

  /** Send what is collected. */
  flush(): void {
    const { version, decided, shed, differences } = this.#report
    if (decided > 0 || Object.keys(shed).length > 0) this.#send({ version, decided, shed, differences })
    this.#report = noReport(version)
  }

  #of(version: string | null): Collected {
    if (this.#report.version !== version) {
      this.flush()
      this.#report = noReport(version)
    }
    return this.#report
  }
}

type Collected = DraftReport & { differences: DraftDifference[] }

function noReport(version: string | null): Collected {
  return { version, decided: 0, shed: {}, differences: [] }
}

function recorded(
  { id, at, callback, difference, answered, draft }: DraftDifference,
  { version, call, isUnsure }: DraftJudged & { kind: 'decided' },
  { instance, masks }: DraftRecorder,
): RecordedDraft {
  const { users, groups } = peopleOf(call, masks?.for(call.callback))
  const { kind, rule } = difference
  return {
    ...{ v: 1, id, at, instance, kind: 'draft', rules: version, callback, users, groups },
    ...{ difference: kind, by: rule, answered, draft },
    ...(isUnsure && { unsure: true }),
  }
}
