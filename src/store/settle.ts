import type { SourceFile } from '../yaml/source.ts'
import { lookAtFolder, type Snapshot } from './files.ts'
import { FolderUnreadable } from './folder-unreadable.ts'

/** A rules folder as it was seen. One that cannot be read is a state like any other: compared, and told of once. */
export type FolderLook = Snapshot | FolderUnreadable

/** Look at a rules folder, reading only what may have changed since `before`. */
export async function look(dir: string, before?: FolderLook): Promise<FolderLook> {
  try {
    return await lookAtFolder(dir, before instanceof FolderUnreadable ? undefined : before)
  } catch (error) {
    if (error instanceof FolderUnreadable) return error
    throw error
  }
}

/** Two looks saw the same, if the later one was told of the earlier. Pure. */
export function isSameLook(a: FolderLook, b: FolderLook): boolean {
  if (a instanceof FolderUnreadable || b instanceof FolderUnreadable) {
    return a instanceof Error && b instanceof Error && a.message === b.message
  }
  return a.files.length === b.files.length && a.files.every((file, index) => file === b.files[index])
}

/** How long an edit is waited for. */
export type Patience = {
  /** The time between two looks. */
  spellMs: number
  /** Spells without a change after which an edit counts as finished. */
  quietSpells: number
  /** A folder that never comes to rest is taken as it is after so many looks. */
  maxLooks: number
}

/** Longer spells would make an edit go live later than it need. */
const maxSpellMs = 100

/** What is gone or empty is often about to be written again: so many before that is believed. */
const quietSpellsWhenGone = 3

/** A folder that never rests is taken after this, or after so many times as long as it was to rest. */
const restless = { leastMs: 5_000, times: 10 }

/** The patience after which a folder has been quiet for so long. Pure. */
export function patienceFor(settleMs: number): Patience {
  const quietSpells = Math.max(1, Math.ceil(settleMs / maxSpellMs))
  const spellMs = Math.max(1, settleMs / quietSpells)
  return { spellMs, quietSpells, maxLooks: Math.ceil(Math.max(restless.leastMs, restless.times * settleMs) / spellMs) }
}

/** The patience that is had where nothing else is asked for. */
const brief = () => patienceFor(100)

/**
 * Look on until nothing happens, so that an edit under way is not taken for a finished one.
 *
 * `inForce` are the files that an edit starts from. `lookAgain` looks after a spell. `patience` is asked before each
 * look, since whoever waits may be told to hurry.
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

/** True when something in force is gone or empty now. */
function hasLost(seen: FolderLook, inForce: readonly SourceFile[]): boolean {
  if (seen instanceof FolderUnreadable) return true
  const isThere = ({ file, content }: SourceFile) => {
    const known = seen.known.get(file)
    return known !== undefined && (known.source.content.length > 0 || content.length === 0)
  }
  return !inForce.every(isThere)
}
