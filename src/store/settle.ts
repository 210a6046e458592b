import type { SourceFile } from '../language/source.ts'
import { lookAt, type Snapshot } from './files.ts'
import { FolderUnreadable } from './folder-unreadable.ts'

/** A rules folder as it was seen. One that cannot be read is a state like any other: compared, and told of once. */
export type Look = Snapshot | FolderUnreadable

/** Look at a rules folder, reading only what may have changed since `before`. */
export async function look(dir: string, before?: Look): Promise<Look> {
  try {
    return await lookAt(dir, before instanceof FolderUnreadable ? undefined : before)
  } catch (error) {
    if (error instanceof FolderUnreadable) return error
    throw error
  }
}

/** Two looks saw the same, if the later one was told of the earlier. Pure. */
export function isSame(a: Look, b: Look): boolean {
  if (a instanceof FolderUnreadable || b instanceof FolderUnreadable) {
    return a instanceof Error && b instanceof Error && a.message === b.message
  }
  return a.files.length === b.files.length && a.files.every((file, index) => file === b.files[index])
}

/** Spells without a change after which an edit counts as finished. */
const quietSpells = 1

/** What is gone or empty is often about to be written again: so many before that is believed. */
const quietSpellsWhenGone = 3

/** A folder that never comes to rest is taken as it is after so many looks. */
const maxLooks = 50

/**
 * Look on until nothing happens, so that an edit under way is not taken for a finished one.
 *
 * `inForce` are the files that an edit starts from. `lookAgain` looks after a spell.
 */
export async function settle(
  first: Look,
  inForce: readonly SourceFile[],
  lookAgain: (before: Look) => Promise<Look>,
): Promise<Look> {
  let last = first
  let quiet = 0
  for (let looks = 0; looks < maxLooks; looks++) {
    const next = await lookAgain(last)
    quiet = isSame(last, next) ? quiet + 1 : 0
    last = next
    if (quiet >= (hasLost(last, inForce) ? quietSpellsWhenGone : quietSpells)) break
  }
  return last
}

/** True when something in force is gone or empty now. */
function hasLost(seen: Look, inForce: readonly SourceFile[]): boolean {
  if (seen instanceof FolderUnreadable) return true
  const isThere = ({ file, content }: SourceFile) => {
    const known = seen.known.get(file)
    return known !== undefined && (known.source.content.length > 0 || content.length === 0)
  }
  return !inForce.every(isThere)
}
