import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type SegmentFile, segmentFile } from './segment-names.ts'
import { codeIn } from './state-errors.ts'

/** All files of segments in a record folder, by hour and name; nothing if there is no such folder. */
export async function findSegments(record: string): Promise<readonly SegmentFile[]> {
  const found: SegmentFile[] = []
  for (const day of await namesIn(record)) {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) continue
    for (const hour of await namesIn(join(record, day))) {
      if (!/^\d\d$/.test(hour)) continue
      for (const file of await namesIn(join(record, day, hour))) {
        const segment = segmentFile(record, day, hour, file)
        if (segment !== undefined) found.push(segment)
      }
    }
  }
  return found
}

/** The names in a folder, sorted; those of segments by their number. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort((one, other) => collator.compare(one, other))
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeIn(error))) return []
    throw error
  }
}

const collator = new Intl.Collator('en', { numeric: true })
