import { isBlank } from '../../text/spaces.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Source } from '../../yaml/source.ts'
import type { Kept } from './kept-file.ts'
import type { FolderNames } from './names.ts'

/** The rules in force, with the sources they were read from. */
export type FolderInForce = { sources: ReadonlyMap<string, string>; kept: Kept }

/**
 * True, and reported, if a file that had rules is now completely empty.
 *
 * This may be an accident: an editor leaves such a file on a full disk.
 */
export function isEmptied(
  { file, text }: Source,
  { sources, kept }: FolderInForce,
  { names, findings }: { names: FolderNames; findings: Reporter },
): boolean {
  const count = kept.files.get(file)?.rules.length ?? 0
  if (count === 0 || !isBlank(text)) return false
  const had = count === 1 ? 'a rule' : `${count} rules`
  const message = `This file is empty, but had ${had} when it was last loaded`
  const hint = 'Restore it. To remove its rules on purpose, delete the file, or write rules: [] in it'
  findings.error('emptied', { file, start: 0, end: 0 }, message, hint)
  // Other files may still use its names.
  names.addUnreadable(sources.get(file) ?? '')
  return true
}
