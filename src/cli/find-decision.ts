import type { RecordedDraft } from '../record/draft-line.ts'
import { timeOfId } from '../record/record-ids.ts'
import { type RecordedContent, type RecordedDecision, readContentLine } from '../record/record-line.ts'
import type { Covered } from '../state/covered.ts'
import { type OnLine, recordsOf } from '../state/read-records.ts'
import type { Places } from './places.ts'
import type { RecordsAsked } from './records-asked.ts'

/** A decision on record with what is left of its call, and where it is. */
export type FoundDecision = {
  decision: RecordedDecision
  place: Places
  content?: RecordedContent
  draft?: RecordedDraft
}

/** Find a decision on record by its id, and tell what was searched. Throws StateUnusable. */
export async function findDecision(
  id: string,
  asked: RecordsAsked,
): Promise<{ found?: FoundDecision; coverage: Covered }> {
  const at = timeOfId(id)
  // Nearly always the id says when it was; where a clock was set back, all is searched.
  const near = at === undefined ? [] : [{ since: at - nearMs, until: at + nearMs }]
  const { places } = asked
  let coverage: Covered | undefined
  for (const { since, until } of [...near, asked]) {
    const options = { since, until, bytes: [`"id":${JSON.stringify(id)}`] }
    let found: FoundDecision | undefined
    const read = (onLine: OnLine) => places.read(options, onLine)
    coverage = await recordsOf(read, (record, { place }) => {
      if (record.kind !== 'decision' || record.id !== id) return true
      found = { decision: record, place: places.only(place) }
      return false
    })
    if (found !== undefined) return { found: await withContent(found), coverage }
  }
  return { coverage: coverage as Covered }
}

const nearMs = 120_000

async function withContent(found: FoundDecision): Promise<FoundDecision> {
  const { id, at } = found.decision
  let content: RecordedContent | undefined
  const options = { since: at, until: at, kind: 'content', bytes: [`"id":${JSON.stringify(id)}`] } as const
  await found.place.read(options, ({ text }) => {
    const read = readContentLine(text)
    if (read?.id !== id) return true
    content = read
    return false
  })
  return content === undefined ? found : { ...found, content }
}

/** With what a draft would have done, if that was something else. */
export async function withDraft(found: FoundDecision): Promise<FoundDecision> {
  const { id, at } = found.decision
  let draft: RecordedDraft | undefined
  const options = { since: at, until: at, bytes: [`"id":${JSON.stringify(id)}`, '"kind":"draft"'] }
  const read = (onLine: OnLine) => found.place.read(options, onLine)
  await recordsOf(read, record => {
    if (record.kind !== 'draft' || record.id !== id) return true
    draft = record
    return false
  })
  return draft === undefined ? found : { ...found, draft }
}
