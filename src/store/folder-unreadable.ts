import { visible } from '../language/show/visible.ts'

/**
 * The rules folder, or something in it, cannot be read. The message is for operators.
 *
 * `path` is what could not be read; `cause` is the file system's error, if there is one.
 */
export class FolderUnreadable extends Error {
  override name = 'FolderUnreadable'
  readonly path: string

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(visible(`Cannot read ${path}: ${reason}`), options)
    this.path = path
  }
}

/** Await a file system call and turn its error into a `FolderUnreadable` for the path. */
export async function reading<T>(path: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (cause) {
    throw new FolderUnreadable(path, reasonOf(cause), { cause })
  }
}

/** True if the folder itself does not exist. */
export function isMissing({ path, cause }: FolderUnreadable, dir: string): boolean {
  return path === dir && codeOf(cause) === 'ENOENT'
}

/** True if the path does not exist or is not a folder. */
export function isNoFolder({ cause }: FolderUnreadable): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(cause))
}

/** The file system's error codes in words for operators. */
const reasons = new Map([
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'it is not a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'its links form a loop'],
])

function reasonOf(cause: unknown): string {
  return reasons.get(codeOf(cause)) ?? (cause instanceof Error ? cause.message : String(cause))
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}
