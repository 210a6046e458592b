import { rm, rmdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { activeHolds, type HeldPeople, heldBy } from './holds.ts'
import { keepHeld } from './keep-held.ts'
import { hourMs } from './segment-names.ts'
import { allSegments, type Segment } from './segments.ts'
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
 *
 * A file that cannot be read keeps no other from being removed; its error is thrown at the end.
 */
export async function removeOld({ state, keep, at, secret, isOpen }: RetentionDeps): Promise<void> {
  const all = (await allSegments(state)).filter(segment => !segment.isOpen && !isOpen(segment.path))
  const held = heldBy(await activeHolds(state, at), secret)
  const days = { envelope: keep.recordDays, content: Math.min(keep.contentDays, keep.recordDays) }
  const old = all.filter(({ hour, kind }) => hour + hourMs <= at - days[kind] * dayMs)
  const rest = all.filter(file => !old.includes(file))
  let problem: unknown
  for (const file of [...old, ...(await beyond(rest, keep.mostBytes))]) {
    try {
      await remove(file, all, held)
    } catch (error) {
      problem ??= error
    }
  }
  if (problem !== undefined) throw problem
}

/** The oldest files without which the others are within the limit. */
async function beyond(files: readonly Segment[], mostBytes: number): Promise<readonly Segment[]> {
  const sizes = await Promise.all(files.map(({ path }) => sizeOf(path)))
  let bytes = sizes.reduce((sum, size) => sum + size, 0)
  return files.filter((_, at) => {
    if (bytes <= mostBytes) return false
    bytes -= sizes[at] as number
    return true
  })
}

async function remove(file: Segment, all: readonly Segment[], held: HeldPeople): Promise<void> {
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
