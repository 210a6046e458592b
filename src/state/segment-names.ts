import { join } from 'node:path'

/** The two files of a segment. */
export type SegmentPart = 'envelope' | 'content'

/** A file of a segment: when its hour starts, in ms since 1970, and whether it is still written or compressed. */
export type SegmentFile = {
  path: string
  hourAt: number
  /** The instance and number of the segment; `-held` at its end if only held lines are left. */
  name: string
  part: SegmentPart
  form: 'open' | 'plain' | 'gz'
}

export const hourMs = 3_600_000

/** Where segments are kept in a state folder. */
export function recordFolder(state: string): string {
  return join(state, 'record')
}

/** The folder of an hour in UTC: `record/2026-12-01/15`. */
export function hourFolder(record: string, at: number): string {
  const iso = new Date(at).toISOString()
  return join(record, iso.slice(0, 10), iso.slice(11, 13))
}

/** The path of an open file of a segment. */
export function openPath(folder: string, name: string, part: SegmentPart): string {
  return join(folder, `${name}.${part}.jsonl.open`)
}

/** The path of a closed one, given its open path. */
export function closedPath(open: string): string {
  return open.replace(/\.open$/, '.gz')
}

/** The file of a segment by its day, hour and name, or undefined if it is none. */
export function segmentFile(record: string, day: string, hour: string, file: string): SegmentFile | undefined {
  const hourAt = Date.parse(`${day}T${hour}:00:00Z`)
  const named = /^(.+)\.(envelope|content)\.jsonl(?:\.(open|gz))?$/.exec(file)
  if (named === null || Number.isNaN(hourAt)) return undefined
  const [, name = '', part, form = 'plain'] = named
  return {
    path: join(record, day, hour, file),
    hourAt,
    name,
    part: part as SegmentPart,
    form: form as SegmentFile['form'],
  }
}

/** The name of an instance as part of a file's name: no separators, not hidden, not too long. */
export function fileNameOf(instance: string): string {
  return (
    instance
      .replaceAll(/[^A-Za-z0-9_.-]/g, '_')
      .replace(/^\.+/, '_')
      .slice(0, 100) || '_'
  )
}
