import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOfExact } from '../record/masks.ts'
import { readIfThere } from './state.ts'
import { reasonIn, StateRefused, using } from './state-errors.ts'

/**
 * The names that somebody has on record in a state folder: as given, and as the hash of a mask with the secret of the
 * folder, or that of a file. Throws StateUnusable, and StateRefused for that file.
 */
export async function namesOnRecord(dir: string, name: string, secretFile?: string): Promise<readonly string[]> {
  const secret = secretFile === undefined ? await secretOf(dir) : await secretIn(secretFile)
  return secret === undefined ? [name] : [...new Set([name, hashOfExact(secret, name)])]
}

/** The secrets with which records hash what is masked; folders without one are left out. Throws as `namesOnRecord` does. */
export async function secretsOf(dirs: readonly string[], secretFile?: string): Promise<readonly string[]> {
  if (secretFile !== undefined) return [await secretIn(secretFile)]
  return (await Promise.all(dirs.map(secretOf))).filter(secret => secret !== undefined)
}

/** Undefined for a folder without one: nothing in it was hashed. */
async function secretOf(dir: string): Promise<string | undefined> {
  const path = join(dir, 'secret')
  return (await using(path, readIfThere(path)))?.toString('base64url')
}

async function secretIn(file: string): Promise<string> {
  try {
    return (await readFile(file)).toString('latin1').trim()
  } catch (cause) {
    throw new StateRefused(`Cannot read the file of --secret-file: ${reasonIn(cause)}`, { cause })
  }
}
