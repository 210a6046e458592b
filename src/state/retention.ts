import { rm, rmdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { findSegments } from './find-segments.ts'
import { activeHolds, type HeldPeople, heldBy } from './holds.ts'
import { keepHeld } from './keep-held.ts'
import { hourMs, recordFolder, type SegmentFile } from './segment-names.ts'
import { codeIn } from './state-errors.ts'

/** How long and how much is kept of the record. */
export type KeepLimits = { recordDays: number; contentDays: number; mostBytes: number }

type RetentionDeps = {
  state: string
  keep: KeepLimits
  /** Now, in ms since 1970. */
  at: number
  secret: string
  /** Whether a file is being written. */
  isOpen: (path: string) => boolean
}

const dayMs = 24 * hourMs

/**
 * Removes segments that are older than they may be, and the oldest beyond the limit in bytes; but what a hold is about
 * stays until the hold ends.
 */
export async function removeOld({ state, keep, at, secret, isOpen }: RetentionDeps): Promise<void> {
  const all = (await findSegments(recordFolder(state))).filter(({ path, form }) => form !== 'open' && !isOpen(path))
  const held = heldBy(await activeHolds(state, at), secret)
  const days = { envelope: keep.recordDays, content: Math.min(keep.contentDays, keep.recordDays) }
  const old = all.filter(({ hourAt, part }) => hourAt + hourMs <= at - days[part] * dayMs)
  const rest = all.filter(file => !old.includes(file))
  for (const file of [...old, ...(await beyond(rest, keep.mostBytes))]) await remove(file, all, held)
}

/** The oldest files without which the others are within the limit. */
async function beyond(files: readonly SegmentFile[], mostBytes: number): Promise<readonly SegmentFile[]> {
  const sizes = await Promise.all(files.map(({ path }) => sizeOf(path)))
  let bytes = sizes.reduce((sum, size) => sum + size, 0)
  return files.filter((_, at) => {
    if (bytes <= mostBytes) return false
    bytes -= sizes[at] as number
    return true
  })
}

async function remove(file: SegmentFile, all: readonly SegmentFile[], held: HeldPeople): Promise<void> {
  if (held.size > 0 && !(await keepHeld(file, all, held))) return
  await rm(file.path, { force: true })
  for (const folder of [dirname(file.path), dirname(dirname(file.path))]) await removeEmpty(folder)
}

async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeIn(error))) throw error
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return 0
    throw error
  }
}
