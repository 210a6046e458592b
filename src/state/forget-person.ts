import { bytesOfPerson, isAbout, isContentAbout, type Person } from '../record/person.ts'
import { readLine } from '../record/record-line.ts'
import { eraseLines, hasBytes } from './erase-lines.ts'
import { piecesOf } from './segment-lines.ts'
import { type Segment, segmentsWithin } from './segments.ts'
import { StateUnusable } from './state-errors.ts'

/** What was erased from the record of one state folder. */
export type Erased = {
  decisions: number
  contents: number
  segments: number
  /** Segments that were not touched, since the service writes them or they are damaged, each with the reason. */
  left: { path: string; reason: string }[]
}

const always = { since: 0, until: Number.MAX_SAFE_INTEGER }

/**
 * Erase a person from all segments of a state folder. `isServing`: a service writes the open ones.
 *
 * The content goes first: if this is interrupted, the envelopes still say what has to go.
 */
export async function forgetPerson(dir: string, person: Person, isServing: boolean): Promise<Erased> {
  const erased: Erased = { decisions: 0, contents: 0, segments: 0, left: [] }
  const [envelopes, contents] = await Promise.all([
    segmentsWithin(dir, always, 'envelope'),
    segmentsWithin(dir, always, 'content'),
  ])
  const bytes = bytesOfPerson(person)
  const ids = new Set<string>()
  const about: Segment[] = []
  for (const segment of envelopes) {
    if (!(await hasBytes(segment, bytes))) continue
    about.push(segment)
    for (const id of await idsAbout(segment, person)) ids.add(id)
  }
  const isPaired = (content: Segment) => about.some(each => each.hour === content.hour && sameSegment(each, content))
  for (const segment of contents) {
    if (!isPaired(segment) && !(await hasBytes(segment, bytes))) continue
    erased.contents += await erase(segment, line => isContentAbout(line, ids, person), { erased, isServing })
  }
  for (const segment of about) {
    // What a draft would have decided goes with the decision, and is none.
    let drafts = 0
    const isGone = (line: string) => {
      const isErased = isAbout(line, person)
      if (isErased && readLine(line)?.kind === 'draft') drafts += 1
      return isErased
    }
    erased.decisions += Math.max(0, (await erase(segment, isGone, { erased, isServing })) - drafts)
  }
  return erased
}

async function erase(
  segment: Segment,
  isErased: (line: string) => boolean,
  { erased, isServing }: { erased: Erased; isServing: boolean },
): Promise<number> {
  const { path } = segment
  if (segment.isOpen && isServing) {
    erased.left.push({ path, reason: 'the service is writing it' })
    return 0
  }
  try {
    const lines = await eraseLines(segment, isErased)
    if (lines > 0) erased.segments += 1
    return lines
  } catch (error) {
    if (!(error instanceof StateUnusable)) throw error
    erased.left.push({ path, reason: error.message })
    return 0
  }
}

async function idsAbout(segment: Segment, person: Person): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const piece of piecesOf(segment)) {
    for (const line of piece.toString().split('\n')) {
      if (line === '' || !isAbout(line, person)) continue
      const id = readLine(line)?.id
      if (id !== undefined) ids.push(id)
    }
  }
  return ids
}

function sameSegment(a: Segment, b: Segment): boolean {
  return a.instance === b.instance && a.part === b.part
}
