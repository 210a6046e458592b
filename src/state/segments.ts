import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hasFormat } from './format.ts'
import { closedPath, hourMs, recordFolder, type SegmentKind } from './segment-names.ts'
import { codeIn, StateUnusable, using } from './state-errors.ts'

/** One file of the record: what an instance wrote in an hour, or a part of it. */
export type Segment = {
  /** The state folder. */
  dir: string
  path: string
  kind: SegmentKind
  instance: string
  /** Which of the segments of that instance in that hour, from 1. */
  part: number
  /** When its hour begins, in ms since 1970. */
  hour: number
  /** True while lines may still be added. */
  isOpen: boolean
  isZipped: boolean
  /** True if only the lines are left that a hold is about. */
  isHeld: boolean
  /** Of an open one, how many bytes are read: what is added later is not. */
  bytes?: number
}

/** The time that segments are looked for, in ms since 1970, both ends included. */
export type TimeSpan = { since: number; until: number }

/** A line is written at most this long after its call, so it may be in the next hour. */
const lateMs = 120_000

/**
 * The segments of a state folder that may have lines of a time, in the order of hours and parts.
 *
 * Throws StateUnusable for a folder that is not there or that a newer program wrote.
 */
export async function segmentsWithin(dir: string, span: TimeSpan, kind: SegmentKind): Promise<Segment[]> {
  await mustBeThere(dir)
  const all = await allSegments(dir, span)
  const paths = new Set(all.map(({ path }) => path))
  // While a segment is being closed, both are there.
  return all.filter(each => each.kind === kind && !(each.isOpen && paths.has(closedPath(each.path))))
}

/** All files of segments in a state folder, open and closed ones, in the order of hours and parts; none if there are none. */
export async function allSegments(dir: string, { since, until }: TimeSpan = always): Promise<Segment[]> {
  const record = recordFolder(dir)
  const segments: Segment[] = []
  for (const day of await namesIn(record, /^\d{4}-\d{2}-\d{2}$/)) {
    const midnight = Date.parse(`${day}T00:00:00Z`)
    if (!(midnight <= until + lateMs && midnight + 24 * hourMs > since - lateMs)) continue
    for (const hour of await namesIn(join(record, day), /^\d{2}$/)) {
      const from = midnight + Number(hour) * hourMs
      if (from > until + lateMs || from + hourMs <= since - lateMs) continue
      const folder = join(record, day, hour)
      for (const name of await namesIn(folder, fileName)) segments.push(...segmentOf(dir, folder, name, from))
    }
  }
  return segments.sort(inOrder)
}

const always: TimeSpan = { since: 0, until: Number.MAX_SAFE_INTEGER }

/** Throws StateUnusable unless a state folder is there, in a format that this program knows. */
export async function mustBeThere(dir: string): Promise<void> {
  await using(dir, readdir(dir))
  await hasFormat(dir)
}

const fileName = /^(.+)-(\d+)(-held)?\.(envelope|content)\.jsonl(\.gz|\.open)?$/

/** None if the name is not that of a segment. */
function segmentOf(dir: string, folder: string, name: string, hour: number): Segment[] {
  const [, instance = '', part, held, kind, suffix] = fileName.exec(name) ?? []
  if (kind !== 'envelope' && kind !== 'content') return []
  const path = join(folder, name)
  const form = { isOpen: suffix === '.open', isZipped: suffix === '.gz', isHeld: held !== undefined }
  return [{ dir, path, kind, instance, hour, part: Number(part), ...form }]
}

/** The names in a folder that look as wanted; none if the folder is gone. */
async function namesIn(folder: string, wanted: RegExp): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter(name => wanted.test(name)).sort()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeIn(error))) return []
    throw new StateUnusable(folder, codeIn(error) || String(error), { cause: error })
  }
}

function inOrder(a: Segment, b: Segment): number {
  return a.hour - b.hour || a.part - b.part || (a.instance < b.instance ? -1 : 1)
}
