import { timeOfId } from '../record/record-ids.ts'
import { type RecordedContent, type RecordedDecision, readContentLine } from '../record/record-line.ts'
import { type Covered, readRecords, readSegments } from '../state/read-records.ts'
import type { RecordsAsked } from './records-asked.ts'

/** A decision on record with what is left of its call. */
export type FoundDecision = { decision: RecordedDecision; dir: string; content?: RecordedContent }

/** Find a decision on record by its id, and tell what was searched. Throws StateUnusable. */
export async function findDecision(
  id: string,
  asked: RecordsAsked,
): Promise<{ found?: FoundDecision; coverage: Covered }> {
  const at = timeOfId(id)
  // Nearly always the id says when it was; where a clock was set back, all is searched.
  const near = at === undefined ? [] : [{ ...asked, since: at - nearMs, until: at + nearMs }]
  let coverage: Covered | undefined
  for (const span of [...near, asked]) {
    const options = { ...span, bytes: [`"id":${JSON.stringify(id)}`] }
    let found: FoundDecision | undefined
    coverage = await readRecords(asked.dirs, options, (record, { segment }) => {
      if (record.kind === 'event' || record.id !== id) return true
      found = { decision: record, dir: segment.dir }
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
  await readSegments([found.dir], options, ({ text }) => {
    const read = readContentLine(text)
    if (read?.id !== id) return true
    content = read
    return false
  })
  return content === undefined ? found : { ...found, content }
}
