import type { SourceFile } from '../yaml/source.ts'
import { lookAtFolder, type Snapshot } from './files.ts'
import { FolderUnreadable } from './folder-unreadable.ts'

/** A rules folder as last read. Being unreadable is a state like any other: compared, and reported once. */
export type FolderLook = Snapshot | FolderUnreadable

/** Read a rules folder, but only what may have changed since `before`. */
export async function look(dir: string, before?: FolderLook): Promise<FolderLook> {
  try {
    return await lookAtFolder(dir, before instanceof FolderUnreadable ? undefined : before)
  } catch (error) {
    if (error instanceof FolderUnreadable) return error
    throw error
  }
}

/** Whether two looks found the same. The later one must have been given the earlier. */
export function isSameLook(a: FolderLook, b: FolderLook): boolean {
  if (a instanceof FolderUnreadable || b instanceof FolderUnreadable) {
    return a instanceof Error && b instanceof Error && a.message === b.message
  }
  return a.files.length === b.files.length && a.files.every((file, index) => file === b.files[index])
}

/** How long to wait for an edit to finish. */
export type Patience = {
  /** The time between two looks at the folder. */
  spellMs: number
  /** Spells without a change after which an edit counts as finished. */
  quietSpells: number
  /** A folder that never settles is loaded as it is after this many looks. */
  maxLooks: number
}

/** Longer spells would delay an edit unnecessarily. */
const maxSpellMs = 100

/** A missing or empty file is often about to be written again, so wait for more quiet spells. */
const quietSpellsWhenGone = 3

/** A folder that never settles is loaded after `leastMs`, or after `times` the settle time if that is longer. */
const restless = { leastMs: 5_000, times: 10 }

/** The patience for a folder that must be quiet for `settleMs`. */
export function patienceFor(settleMs: number): Patience {
  const quietSpells = Math.max(1, Math.ceil(settleMs / maxSpellMs))
  const spellMs = Math.max(1, settleMs / quietSpells)
  return { spellMs, quietSpells, maxLooks: Math.ceil(Math.max(restless.leastMs, restless.times * settleMs) / spellMs) }
}

/** The default patience. */
const brief = () => patienceFor(100)

/**
 * Look at a folder until nothing changes, so that an edit in progress is not loaded half-finished.
 *
 * `inForce` are the files before the edit. `lookAgain` looks after a spell. `patience` is called before each look,
 * since it may get shorter.
 */
export async function settle(
  first: FolderLook,
  inForce: readonly SourceFile[],
  lookAgain: (before: FolderLook, spellMs: number) => Promise<FolderLook>,
  patience: () => Patience = brief,
): Promise<FolderLook> {
  let last = first
  let quiet = 0
  for (let looks = 1; ; looks++) {
    const next = await lookAgain(last, patience().spellMs)
    quiet = isSameLook(last, next) ? quiet + 1 : 0
    last = next
    const { quietSpells, maxLooks } = patience()
    const enough = hasLost(last, inForce) ? Math.max(quietSpells, quietSpellsWhenGone) : quietSpells
    if (quiet >= enough || looks >= maxLooks) return last
  }
}

/** True if a file in force is missing or empty now. */
function hasLost(folder: FolderLook, inForce: readonly SourceFile[]): boolean {
  if (folder instanceof FolderUnreadable) return true
  const isThere = ({ file, content }: SourceFile) => {
    const known = folder.known.get(file)
    return known !== undefined && (known.source.content.length > 0 || content.length === 0)
  }
  return !inForce.every(isThere)
}
