import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasFormat, stateItsFormat } from './format.ts'
import { lock } from './lock.ts'
import { codeIn, StateUnusable, using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/** A folder in which this process keeps what must last over restarts, and no other process does. */
export type StateFolder = {
  dir: string
  /** Made once, and kept: what is kept is hashed with it. */
  secret: string
  /** Lets others use the folder. */
  release(): Promise<void>
}

/**
 * Makes the state folder if it is not there, and locks it.
 *
 * Throws StateInUse if another process uses it, and StateUnusable if nothing can be kept there.
 */
export async function openState(dir: string): Promise<StateFolder> {
  await using(dir, makeFolder(dir))
  // Not even a lock is left in the folder of a newer program.
  await hasFormat(dir)
  const { release } = await lock(dir)
  try {
    await stateItsFormat(dir)
    await using(dir, ignoreInGit(dir))
    return { dir, secret: await secretIn(dir), release }
  } catch (error) {
    await release()
    throw error
  }
}

/** Makes a folder and those above it, unless it is there. */
async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { mode: 0o700 })
  } catch (error) {
    // Making all of them at once does not tell a read-only disk from a missing folder, so that comes second.
    if (!['ENOENT', 'EEXIST'].includes(codeIn(error))) throw error
    await mkdir(dir, { recursive: true, mode: 0o700 })
  }
}

/** A secret for what is kept nowhere. */
export function newSecret(): string {
  return asText(randomBytes(secretBytes))
}

const secretBytes = 32

async function secretIn(dir: string): Promise<string> {
  const path = join(dir, 'secret')
  const found = await using(path, readIfThere(path))
  if (found?.length === secretBytes) return asText(found)
  if (found !== undefined) {
    throw new StateUnusable(path, `it has ${found.length} bytes, not ${secretBytes}. Remove it to start over`)
  }
  const secret = randomBytes(secretBytes)
  await using(path, writeWhole(oneSlice(secret), { draft: `${path}.new`, of: () => path }))
  return asText(secret)
}

/** The content of a file; undefined if there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The folder ignores itself, wherever it is. */
async function ignoreInGit(dir: string): Promise<void> {
  try {
    await writeFile(join(dir, '.gitignore'), '*\n', { flag: 'wx' })
  } catch (error) {
    if (codeIn(error) !== 'EEXIST') throw error
  }
}

function* oneSlice(bytes: Uint8Array): Generator<Uint8Array, void> {
  yield bytes
}

function asText(secret: Buffer): string {
  return secret.toString('base64url')
}
