import { type RawLine, readStart } from './raw-lines.ts'
import { type Piece, piecesOf, type SegmentEnd } from './segment-lines.ts'
import type { Segment } from './segments.ts'

/** So many contents wait at most for their lines: both files have the same order but for what was erased in one. */
const mostAhead = 20_000

/** Adds their contents to lines of a segment, piece by piece; `end` when no more come. */
export type WithContent = (segment: Segment) => { add(lines: readonly RawLine[]): Promise<void>; end(): Promise<void> }

/** Adds to the lines of envelopes what the contents beside them have of the same decisions. */
export function withContents(contents: readonly Segment[]): WithContent {
  const byName = new Map(contents.map(each => [nameOf(each), each]))
  return segment => {
    const found = byName.get(nameOf(segment))
    return found === undefined ? nothing : new Contents(found)
  }
}

/** The path of a segment without what tells its two files apart. */
function nameOf({ path }: Segment): string {
  return path.replace(/\.(?:envelope|content)\.jsonl(?:\.gz|\.open)?$/, '')
}

const nothing = { add: async () => {}, end: async () => {} }

/** The contents of one segment, read beside its envelope. */
class Contents {
  readonly #pieces: AsyncGenerator<Piece, SegmentEnd>
  readonly #ahead = new Map<string, Buffer>()
  #piece: Piece = Buffer.alloc(0)
  #next = 0
  #isOver = false

  constructor(segment: Segment) {
    this.#pieces = piecesOf(segment)
  }

  async add(lines: readonly RawLine[]): Promise<void> {
    for (const line of lines) {
      let found = this.#find(line)
      while (found === 'unread') {
        await this.#read()
        found = this.#find(line)
      }
      if (found !== undefined) line.content = found
    }
  }

  async end(): Promise<void> {
    await this.#pieces.return({ isCut: false })
  }

  #find({ id, bytes }: RawLine): Buffer | undefined | 'unread' {
    const known = this.#ahead.get(id)
    if (known !== undefined) {
      this.#ahead.delete(id)
      return known
    }
    while (this.#ahead.size < mostAhead) {
      if (this.#next >= this.#piece.length) return this.#isOver || hasNone(bytes) ? undefined : 'unread'
      const end = this.#piece.indexOf(lineBreak, this.#next)
      const line = this.#piece.subarray(this.#next, end)
      const start = readStart(line)
      if (start !== undefined && start.id !== id && hasNone(bytes)) return undefined
      this.#next = end + 1
      if (start === undefined) continue
      if (start.id === id) return line
      this.#ahead.set(start.id, line)
    }
    return undefined
  }

  async #read(): Promise<void> {
    const { value, done } = await this.#pieces.next()
    if (done) this.#isOver = true
    else {
      this.#piece = value
      this.#next = 0
    }
  }
}

const lineBreak = 10

/** Only decisions have content. What tells them apart stands behind the name of the instance. */
function hasNone(line: Buffer): boolean {
  return !line.subarray(0, 500).includes('"kind":"decision"')
}
