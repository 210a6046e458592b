import { isBlank } from '../../text/spaces.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Source } from '../../yaml/source.ts'
import type { Kept } from './kept-file.ts'
import type { FolderNames } from './names.ts'

/** The rules in force, as they were read. */
export type FolderInForce = { sources: ReadonlyMap<string, string>; kept: Kept }

/**
 * A file that had rules and has no sign in it now: true when that is so, and reported.
 *
 * Nobody can tell whether its rules are meant to go: an editor on a full disk leaves such a file, too.
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
  // What others use of it is not misspelt.
  names.addUnreadable(sources.get(file) ?? '')
  return true
}
