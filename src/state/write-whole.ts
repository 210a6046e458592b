import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file whole or not at all, slice by slice, and returns what the slices return.
 *
 * It is on the disk, readable by its owner only, before it takes the place of an older one. `pathOf` says where it goes,
 * given what the slices returned. Others are at work between slices.
 */
export async function writeWhole<R>(
  slices: Generator<Uint8Array, R>,
  pathOf: { draft: string; of: (result: R) => string },
): Promise<R> {
  const { draft } = pathOf
  try {
    const result = await writeSlices(draft, slices)
    const path = pathOf.of(result)
    await rename(draft, path)
    await syncFolder(dirname(path))
    return result
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Makes sure that what was renamed in a folder is on the disk. Windows does that by itself, and cannot open folders. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dir, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function writeSlices<R>(path: string, slices: Generator<Uint8Array, R>): Promise<R> {
  const file = await open(path, 'w', 0o600)
  try {
    for (;;) {
      const { value, done } = slices.next()
      if (done) {
        await file.sync()
        return value
      }
      await file.writeFile(value)
    }
  } finally {
    await file.close()
  }
}
