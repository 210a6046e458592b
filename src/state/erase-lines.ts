import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { isThere } from './is-there.ts'
import { linesOf, piecesOf } from './segment-lines.ts'
import type { Segment } from './segments.ts'
import { using } from './state-errors.ts'
import { syncFolder } from './write-whole.ts'

/**
 * Take lines out of a segment that nobody writes, and return how many they were.
 *
 * The rest is written aside and takes the place of the segment once it is on the disk, so a process that is killed in
 * between loses nothing. A segment of which nothing is left is removed. Throws StateUnusable, also for a segment that
 * cannot be read to its end: what is behind the damage would be lost.
 */
export async function eraseLines(segment: Segment, isErased: (line: string) => boolean): Promise<number> {
  const { path, isZipped } = segment
  const draft = `${path}.new`
  let [erased, kept] = [0, 0]
  const rest = async function* () {
    for await (const line of linesOf(segment, 'so nothing is erased from it')) {
      if (isErased(line)) erased += 1
      else {
        kept += 1
        yield `${line}\n`
      }
    }
  }
  try {
    const file = createWriteStream(draft, { mode: 0o600, flush: true })
    const lines = Readable.from(rest())
    await using(path, isZipped ? pipeline(lines, createGzip({ level: 1 }), file) : pipeline(lines, file))
    if (erased === 0) return 0
    // The service removes what is too old: that must not come back.
    if (kept > 0 && (await isThere(path))) await using(path, rename(draft, path))
    else await using(path, rm(path, { force: true }))
    await using(path, syncFolder(dirname(path)))
    return erased
  } finally {
    await rm(draft, { force: true })
  }
}

/** Whether a segment has one of several texts in it. */
export async function hasBytes(segment: Segment, texts: readonly string[]): Promise<boolean> {
  const needles = texts.map(text => Buffer.from(text))
  for await (const piece of piecesOf(segment)) if (needles.some(needle => piece.includes(needle))) return true
  return false
}
