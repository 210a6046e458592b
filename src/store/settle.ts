import { setTimeout as delay } from 'node:timers/promises'
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

/** How long nothing may happen before an edit counts as finished. */
const quietMs = 100

/** What is gone or empty is often about to be written again: so many quiet spells before it is believed. */
const spellsUntilGone = 3

/** A folder that never comes to rest is taken as it is after this long. */
const restlessMs = 5_000

/**
 * Look on until nothing happens, so that an edit under way is not taken for a finished one.
 *
 * `inForce` are the files that an edit starts from.
 */
export async function settle(dir: string, first: Look, inForce: readonly SourceFile[]): Promise<Look> {
  const restless = performance.now() + restlessMs
  let last = first
  for (let spells = 0; spells < (hasLost(last, inForce) ? spellsUntilGone : 1); ) {
    if (performance.now() > restless) return last
    await delay(quietMs)
    const next = await look(dir, last)
    spells = isSame(last, next) ? spells + 1 : 0
    last = next
  }
  return last
}

function hasLost(seen: Look, inForce: readonly SourceFile[]): boolean {
  if (seen instanceof FolderUnreadable) return true
  const isThere = ({ file, content }: SourceFile) => {
    const known = seen.known.get(file)
    return known !== undefined && (known.source.content.length > 0 || content.length === 0)
  }
  return !inForce.every(isThere)
}
