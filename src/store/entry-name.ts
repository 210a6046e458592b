import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { FolderUnreadable } from './folder-unreadable.ts'

/**
 * The name or path of a file or folder from its bytes; undefined if they are not UTF-8.
 *
 * Linux allows any bytes in a name. Decoded as text, they would name another file, or none.
 */
export function entryName(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString() : undefined
}

/** The error for an entry of `folder` whose name is not UTF-8. */
export function badlyNamed(folder: string, bytes: Buffer): FolderUnreadable {
  const reason = 'its name is not UTF-8. Rename it (\\xNN is a byte that is not ASCII)'
  return new FolderUnreadable(join(folder, escaped(bytes)), reason)
}

/** The bytes as text, one character each: for checking prefixes and suffixes, not for display. */
export function rawName(bytes: Buffer): string {
  return bytes.toString('latin1')
}

/** In the syntax of a shell's `$'…'`, so that the name can be copied. */
function escaped(bytes: Buffer): string {
  return rawName(bytes).replaceAll(/[^ -[\]-~]/g, byte => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
