import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { FolderUnreadable } from './folder-unreadable.ts'

/**
 * The name of a file or folder, or its path, from its bytes; undefined when they are not UTF-8.
 *
 * Linux takes any bytes for a name. As text they would be the name of another file, or of none.
 */
export function entryName(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString() : undefined
}

/** The failure that is due to a name that is no UTF-8, of something in the folder at `folder`. */
export function badlyNamed(folder: string, bytes: Buffer): FolderUnreadable {
  const reason = 'its name is not UTF-8. Rename it; \\xNN stands for each byte that is not plain ASCII'
  return new FolderUnreadable(join(folder, escaped(bytes)), reason)
}

/** The bytes as text, one character for each: good for looking at ends, not for showing. */
export function rawName(bytes: Buffer): string {
  return bytes.toString('latin1')
}

/** As shells write it in `$'…'`, so that the name can be copied. */
function escaped(bytes: Buffer): string {
  return rawName(bytes).replaceAll(/[^ -[\]-~]/g, byte => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
