import type { Covered } from './covered.ts'
import type { Piece } from './segment-lines.ts'
import type { TimeSpan } from './segments.ts'

/**
 * A line of the record that has not been decoded, and where it is from. `content` is the line of its call, where that was
 * asked for and is there.
 */
export type RawLine = { at: number; id: string; place: string; bytes: Buffer; content?: Buffer }

/** Texts of which a line must have one. */
export type Needle = readonly Buffer[]

/** What is looked for in pieces of lines; what is not even the start of a record is counted in `coverage`. */
export type RawWanted = TimeSpan & { needles: readonly Needle[]; coverage: Covered }

/** The wanted lines of a piece. */
export function rawLinesIn(piece: Piece, place: string, { needles, since, until, coverage }: RawWanted): RawLine[] {
  const lines: RawLine[] = []
  for (const bytes of slicesOf(piece, needles)) {
    const start = readStart(bytes)
    if (start === undefined) coverage.foreign += 1
    else if (start.v !== 1) coverage.newer += 1
    else if (start.at >= since && start.at <= until) lines.push({ at: start.at, id: start.id, place, bytes })
  }
  return lines
}

/** The lines of a piece that have all needles in them. */
function* slicesOf(piece: Piece, [first, ...others]: readonly Needle[]): Generator<Buffer> {
  const hits = first?.map(() => -1)
  for (let start = 0; start < piece.length; ) {
    const hit = first === undefined || hits === undefined ? start : nextHit(piece, start, first, hits)
    if (hit === -1) return
    const from = first === undefined ? start : piece.lastIndexOf(lineBreak, hit) + 1
    const end = piece.indexOf(lineBreak, hit)
    const line = piece.subarray(from, end)
    if (line.length > 0 && others.every(needle => needle.some(text => line.includes(text)))) yield line
    start = end + 1
  }
}

/** Where the next of several texts is; -1 if none is there. `hits` is where each was found last. */
function nextHit(piece: Piece, start: number, texts: Needle, hits: number[]): number {
  let nearest = -1
  for (const [at, text] of texts.entries()) {
    if ((hits[at] as number) < start) {
      const found = piece.indexOf(text, start)
      hits[at] = found === -1 ? piece.length : found
    }
    const hit = hits[at] as number
    if (hit < piece.length && (nearest === -1 || hit < nearest)) nearest = hit
  }
  return nearest
}

const lineBreak = 10

/** Lines begin with these keys in this order; ids have at most 20 characters. */
const lineStart = /^\{"v":(\d{1,9}),"id":"([^"\\]{1,64})","at":(\d{1,15})[,}]/

/** The longest start of a line, in bytes. */
const startBytes = 120

/** What a line begins with; undefined if it is no line of a record. */
export function readStart(line: Buffer): { v: number; id: string; at: number } | undefined {
  const text = line.toString('latin1', 0, startBytes)
  const [, v, id = '', at] = lineStart.exec(text) ?? /^\{"v":(\d{1,9})/.exec(text) ?? []
  if (v === undefined || (at === undefined && v === '1')) return undefined
  return { v: Number(v), id, at: Number(at) }
}
