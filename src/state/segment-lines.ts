import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Segment } from './segments.ts'
import { codeIn, StateUnusable } from './state-errors.ts'

/** How much of a segment is looked at in one piece, in bytes. */
const pieceBytes = 262_144

/** A piece of a segment: whole lines, each with its line break. */
export type Piece = Buffer

/** How the reading of a segment ended: `isCut` when its last line has no end, `problem` when the rest is unreadable. */
export type SegmentEnd = { isCut: boolean; problem?: string }

/**
 * The lines of a segment in pieces, in bounded memory however long the segment is.
 *
 * Of a damaged file, all that can be read comes first. A segment that was closed meanwhile is read under its new name;
 * one that is gone has no lines.
 */
export function piecesOf(segment: Segment): AsyncGenerator<Piece, SegmentEnd> {
  return wholeLines(bytesOf(segment))
}

/** Bytes in pieces of whole lines. What goes wrong while they are read is told at the end. */
export async function* wholeLines(
  chunks: AsyncIterable<Buffer>,
  longest = longestLine,
): AsyncGenerator<Piece, SegmentEnd> {
  let rest: Buffer = nothing
  let problem: string | undefined
  try {
    for await (const chunk of chunks) {
      const end = chunk.lastIndexOf(lineBreak) + 1
      if (end === 0) {
        rest = Buffer.concat([rest, chunk])
        if (rest.length > longest) throw new Error(`a line is longer than ${longest / 1_048_576} MiB`)
        continue
      }
      if (rest.length === 0) yield chunk.subarray(0, end)
      else {
        const first = chunk.indexOf(lineBreak) + 1
        yield Buffer.concat([rest, chunk.subarray(0, first)])
        if (first < end) yield chunk.subarray(first, end)
      }
      rest = end === chunk.length ? nothing : Buffer.from(chunk.subarray(end))
    }
  } catch (error) {
    problem = codeIn(error) === 'Z_BUF_ERROR' ? 'it is cut off' : error instanceof Error ? error.message : String(error)
  }
  return { isCut: rest.length > 0, ...(problem !== undefined && { problem }) }
}

/**
 * The whole lines of a segment. Throws StateUnusable, once all that can be read has come, for one that cannot be read to
 * its end; `so` says what follows from that.
 *
 * Only a line feed ends a line: a text on record may have U+2028.
 */
export async function* linesOf(segment: Segment, so: string): AsyncGenerator<string> {
  const pieces = piecesOf(segment)
  for (;;) {
    const { value, done } = await pieces.next()
    if (!done) yield* value.toString('utf8', 0, value.length - 1).split('\n')
    else if (value.problem === undefined) return
    else throw new StateUnusable(segment.path, `${value.problem}, ${so}`)
  }
}

const nothing = Buffer.alloc(0)
const lineBreak = 10
const longestLine = 64 * 1_048_576

async function* bytesOf(segment: Segment): AsyncGenerator<Buffer> {
  let left = segment.bytes ?? Number.POSITIVE_INFINITY
  for await (const chunk of allBytesOf(segment)) {
    if (left <= 0) return
    yield chunk.length > left ? chunk.subarray(0, left) : chunk
    left -= chunk.length
  }
}

async function* allBytesOf({ path, isZipped, isOpen }: Segment): AsyncGenerator<Buffer> {
  try {
    yield* isZipped ? unzipped(path) : plain(path)
  } catch (error) {
    if (codeIn(error) !== 'ENOENT') throw error
    // It was closed after the folder was listed; if not even that is there, its time was over.
    if (isOpen) yield* unzipped(path.replace(/\.open$/, '.gz'))
  }
}

async function* plain(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Buffer>
}

async function* unzipped(path: string): AsyncGenerator<Buffer> {
  const zip = createGunzip({ chunkSize: pieceBytes })
  const file = createReadStream(path, { highWaterMark: pieceBytes / 4 })
  // What goes wrong is thrown to whoever reads the end of the pipeline.
  pipeline(file, zip, () => {})
  try {
    yield* zip as AsyncIterable<Buffer>
  } finally {
    file.destroy()
    zip.destroy()
  }
}
