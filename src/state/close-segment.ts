import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { isThere } from './is-there.ts'
import { closedPath } from './segment-names.ts'
import { syncFolder } from './write-whole.ts'

/**
 * Compresses an open file of a segment that nobody writes any more. Returns how many bytes of a torn line at its end
 * were cut: what a killed process leaves.
 *
 * Written aside and renamed, so a closed file is whole. If the process ends between the two steps, both files are
 * there, and the next call removes the open one. Nothing is lost if the disk is full: the open file stays.
 */
export async function closeSegmentFile(path: string): Promise<number> {
  const closed = closedPath(path)
  if (await isThere(closed)) {
    await rm(path, { force: true })
    return 0
  }
  const cut = await cutTornLine(path)
  if ((await stat(path)).size === 0) {
    await rm(path)
    return cut
  }
  const draft = `${closed}.new`
  try {
    await pipeline(createReadStream(path, chunks), createGzip({ level, chunkSize }), createWriteStream(draft, whole))
    await rename(draft, closed)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(dirname(closed))
  await rm(path)
  return cut
}

/** On the disk before it has its name, readable by the owner only. */
const whole = { mode: 0o600, flush: true } as const

/** 380 MB a second, where the usual level 6 has 170, for a tenth more space. */
const level = 1
const chunkSize = 65_536
const chunks = { highWaterMark: 262_144 }

/** Removes what stands after the last line break, and returns its length in bytes. */
async function cutTornLine(path: string): Promise<number> {
  const { size } = await stat(path)
  const end = await endOfLines(path, size)
  if (end < size) await truncate(path, end)
  return size - end
}

async function endOfLines(path: string, size: number): Promise<number> {
  const file = await open(path, 'r')
  try {
    const piece = Buffer.alloc(65_536)
    for (let end = size; end > 0; ) {
      const start = Math.max(0, end - piece.length)
      const { bytesRead } = await file.read(piece, 0, end - start, start)
      const at = piece.subarray(0, bytesRead).lastIndexOf(lineBreak)
      if (at !== -1) return start + at + 1
      end = start
    }
    return 0
  } finally {
    await file.close()
  }
}

const lineBreak = 10
