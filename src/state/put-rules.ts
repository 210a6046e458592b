import { createHash } from 'node:crypto'
import type { SourceFile } from '../yaml/source.ts'
import { dropReason, noteReason, type Reason } from './history.ts'
import { keepRules } from './kept-rules.ts'
import { type FileChanges, fileChangesTo, replaceFiles } from './replace-files.ts'

/** Rule files to put in place as one set. `present` are those that are there now, and `replaced` is their version. */
export type PutRules = {
  /** The rules folder, and the state folder. */
  dir: string
  state: string
  present: readonly SourceFile[]
  replaced: string
  changes: FileChanges
  /** Goes into the history when the files come into force; left out if they are in force already. */
  reason?: Omit<Reason, 'replaced'>
}

/**
 * Puts rule files in place, all or none. Those that are there are kept as a version first, and the reason is noted for
 * whoever loads them.
 *
 * False, with nothing changed, if the files are not the present ones any more. Throws StateUnusable, with nothing changed,
 * for what cannot be written.
 */
export async function putRules(
  { dir, state, present, replaced, changes, reason }: PutRules,
  readAgain: () => Promise<readonly SourceFile[]>,
): Promise<boolean> {
  await keepRules(state, replaced, present)
  if (reason !== undefined) await noteReason(state, { ...reason, replaced })
  const isStillSo = async () => {
    const { written, removed } = fileChangesTo(present, await readAgain())
    return written.length + removed.length === 0
  }
  let isDone = false
  try {
    isDone = await replaceFiles(dir, changes, isStillSo)
    return isDone
  } finally {
    if (!isDone) await dropReason(state)
  }
}

/** A name for files that are no rule set, by their content. */
export function hashOfFiles(files: readonly SourceFile[]): string {
  const hash = createHash('sha256')
  for (const { file, content } of files) hash.update(JSON.stringify([file, content.length])).update(content)
  return hash.digest('hex').slice(0, 16)
}
