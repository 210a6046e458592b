import { visible } from '../language/show/visible.ts'

/** Another process keeps its state in the folder. The message is for operators. */
export class StateInUse extends Error {
  override name = 'StateInUse'

  /** `holder` is the process's id, if it told. */
  constructor(dir: string, holder: string) {
    const who = holder === '' ? 'another process' : `process ${holder}`
    super(visible(`The state folder ${dir} is in use by ${who}. Give each process its own folder with --state DIR`))
  }
}

/** Nothing can be kept in the folder, or not what was meant to be. The message is for operators. */
export class StateUnusable extends Error {
  override name = 'StateUnusable'

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(visible(`Cannot use ${path}: ${reason}`), options)
  }
}

/** What was asked of a folder is not done, since something in it speaks against it. The message is for operators. */
export class StateRefused extends Error {
  override name = 'StateRefused'
}

/** Await a call of the file system and turn its error into a `StateUnusable` for the path. */
export async function using<T>(path: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (cause) {
    throw new StateUnusable(path, reasonIn(cause), { cause })
  }
}

/** Why a call of the file system failed, in words for operators. */
export function reasonIn(error: unknown): string {
  return reasons.get(codeIn(error)) ?? String(error)
}

/** The code of an error of the file system; empty for other errors. */
export function codeIn(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** The file system's error codes in words for operators. */
const reasons = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOTDIR', 'it is not in a folder'],
  ['EEXIST', 'it is not a folder'],
  ['EIO', 'input/output error'],
])
