import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, realpath, stat } from 'node:fs/promises'
import { FolderUnreadable, reading } from './folder-unreadable.ts'
import type { FoundFile } from './walk.ts'

/** A real path does not end in a link, and opening a pipe that replaced the file must not wait for a writer. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * Read a file that a walk found.
 *
 * Since the walk, a folder on the path may have become a link to elsewhere. So this first checks that the path still
 * leads to the opened file without a link.
 *
 * @throws FolderUnreadable
 */
export async function readFound({ path }: Pick<FoundFile, 'path'>): Promise<Buffer> {
  const handle = await reading(path, open(path, flags))
  try {
    if (!(await isStillThere(path, handle))) throw new FolderUnreadable(path, 'it changed while being read')
    return await reading(path, handle.readFile())
  } finally {
    await handle.close()
  }
}

async function isStillThere(path: string, handle: FileHandle): Promise<boolean> {
  const opened = await reading(path, handle.stat())
  const isIt = ({ dev, ino }: Stats) => dev === opened.dev && ino === opened.ino
  return opened.isFile() && (await reading(path, realpath(path))) === path && isIt(await reading(path, stat(path)))
}
