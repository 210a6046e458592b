import { visible } from '../language/show/visible.ts'

/**
 * The rules folder, or something in it, cannot be read as it stands. The message is for an operator.
 *
 * `path` is what could not be read; `cause` is the error of the file system, when there is one.
 */
export class FolderUnreadable extends Error {
  override name = 'FolderUnreadable'
  readonly path: string

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(visible(`Cannot read ${path}: ${reason}`), options)
    this.path = path
  }
}

/** Wait for a file system call, and turn its error into a `FolderUnreadable` about that path. */
export async function reading<T>(path: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (cause) {
    throw new FolderUnreadable(path, reasonOf(cause), { cause })
  }
}

/** True when it is that path itself that does not exist. */
export function isMissing({ path, cause }: FolderUnreadable, dir: string): boolean {
  return path === dir && codeOf(cause) === 'ENOENT'
}

/** True when there is no folder at a path, be it that there is nothing or that it is a file. */
export function isNoFolder({ cause }: FolderUnreadable): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(cause))
}

/** The file system's error code in an operator's words. */
const reasons = new Map([
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'it is not a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'its links lead in a circle'],
])

function reasonOf(cause: unknown): string {
  return reasons.get(codeOf(cause)) ?? (cause instanceof Error ? cause.message : String(cause))
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}
