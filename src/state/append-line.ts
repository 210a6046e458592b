import { open } from 'node:fs/promises'

/**
 * Appends a line to a file, on a line of its own: a crash may have cut the last one. It is on the disk when this resolves.
 *
 * A line that could not be written whole is taken away again, so that nobody reads what was told to have failed.
 */
export async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(size - 1, 0))
    const isCut = size > 0 && buffer.toString() !== '\n'
    try {
      await file.appendFile(isCut ? `\n${line}\n` : `${line}\n`)
      await file.sync()
    } catch (error) {
      await file.truncate(size)
      throw error
    }
  } finally {
    await file.close()
  }
}
