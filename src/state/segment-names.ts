import { join } from 'node:path'

/** The two files of a segment: who, when and what was decided; and what people wrote. */
export type SegmentKind = 'envelope' | 'content'

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
export function openPath(folder: string, name: string, kind: SegmentKind): string {
  return join(folder, `${name}.${kind}.jsonl.open`)
}

/** The path of a closed one, given its open path. */
export function closedPath(open: string): string {
  return open.replace(/\.open$/, '.gz')
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
