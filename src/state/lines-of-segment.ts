import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { SegmentFile } from './segment-names.ts'

/**
 * The whole lines of a file of a segment, compressed or not.
 *
 * Only a line feed ends a line: `readline` of Node also splits at U+2028, which a text on record may have.
 */
export async function* linesOfSegment({ path, form }: Pick<SegmentFile, 'path' | 'form'>): AsyncGenerator<string> {
  const bytes = createReadStream(path)
  const plain = form === 'gz' ? bytes.pipe(createGunzip()) : bytes
  bytes.on('error', error => plain.destroy(error))
  let begun: Buffer[] = []
  for await (const piece of plain as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, start)) {
      yield Buffer.concat([...begun, piece.subarray(start, end)]).toString()
      begun = []
      start = end + 1
    }
    if (start < piece.length) begun.push(piece.subarray(start))
  }
}

const lineFeed = 10
