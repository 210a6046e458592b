import { type RecordedDecision, type RecordedEvent, readLine } from '../record/record-line.ts'
import { mergeLines, type RawLine } from './merge-lines.ts'
import { type Piece, piecesOf, type SegmentEnd } from './segment-lines.ts'
import type { SegmentKind } from './segment-names.ts'
import { type Segment, segmentsWithin, type TimeSpan } from './segments.ts'

/** A line of the record that was found. */
export type FoundLine = {
  /** In ms since 1970. */
  at: number
  id: string
  segment: Segment
  /** The line without its line break. */
  text: string
}

/**
 * What is read: lines of a time; with `bytes`, only those that have in them each of these texts, or one of several where
 * there is a list.
 */
export type ReadOptions = TimeSpan & { kind?: SegmentKind; bytes?: readonly (string | readonly string[])[] }

/** What was read, so that no answer shows a part as the whole. */
export type Covered = TimeSpan & {
  instances: InstanceCovered[]
  /** Lines that were not written by this program, or by a newer one, or that have no end. */
  foreign: number
  newer: number
  cut: number
  /** Files of which not everything could be read. */
  unreadable: { path: string; reason: string }[]
}

/** Of one instance, the starts of the hours of which there are segments, in ms since 1970. */
export type InstanceCovered = { dir: string; instance: string; hours: number[] }

/** Called for each line; false ends the reading. */
export type OnLine = (line: FoundLine) => unknown

/**
 * Read the lines of several state folders in the order of time, in bounded memory.
 *
 * Each instance writes nearly in order, so the lines of all are merged. A search for bytes parses nothing else. Lines that are
 * not even the start of a record are counted here, as `foreign`; whether the rest of a line makes sense is for whoever
 * parses it to say. Throws StateUnusable.
 */
export async function readSegments(dirs: readonly string[], options: ReadOptions, onLine: OnLine): Promise<Covered> {
  const { since, until, kind = 'envelope', bytes = [] } = options
  const found = (await Promise.all(dirs.map(dir => segmentsWithin(dir, options, kind)))).flat()
  const coverage: Covered = { since, until, instances: [], foreign: 0, newer: 0, cut: 0, unreadable: [] }
  const needles = bytes.map(texts => [texts].flat().map(text => Buffer.from(text)))
  for await (const lines of linesInOrder(found, { since, until, needles, coverage })) {
    for (const { at, id, segment, bytes: line } of lines) {
      if (onLine({ at, id, segment, text: line.toString('utf8') }) === false) return coverage
    }
  }
  return coverage
}

/** The lines of segments of any instances, in batches, in the order of time. Notes in `coverage` what it covers. */
export function linesInOrder(segments: readonly Segment[], reading: Reading): AsyncGenerator<RawLine[]> {
  const sources = [...bySource(segments)].map(own => {
    const { dir, instance } = own[0] as Segment
    reading.coverage.instances.push({ dir, instance, hours: [...new Set(own.map(({ hour }) => hour))] })
    return batchesOf(own, reading)
  })
  return mergeLines(sources)
}

/** The same for decisions and events, parsed. What is neither is counted as foreign. */
export async function readRecords(
  dirs: readonly string[],
  options: Omit<ReadOptions, 'kind'>,
  onRecord: (record: RecordedDecision | RecordedEvent, line: FoundLine) => unknown,
): Promise<Covered> {
  let foreign = 0
  const coverage = await readSegments(dirs, options, line => {
    const record = readLine(line.text)
    if (record !== undefined) return onRecord(record, line)
    foreign += 1
    return true
  })
  return { ...coverage, foreign: coverage.foreign + foreign }
}

/** The segments of each instance of each folder. */
function bySource(segments: readonly Segment[]): Iterable<Segment[]> {
  const sources = new Map<string, Segment[]>()
  for (const segment of segments) {
    const name = `${segment.dir}\n${segment.instance}`
    const known = sources.get(name)
    if (known === undefined) sources.set(name, [segment])
    else known.push(segment)
  }
  return sources.values()
}

/** How lines are read; `withContent` adds to the lines of a piece, which are in the order of the file, what belongs to them. */
type Reading = TimeSpan & { needles: readonly Needle[]; coverage: Covered; withContent?: WithContent }

/** Adds their contents to lines of a segment, piece by piece; `end` when no more come. */
export type WithContent = (segment: Segment) => { add(lines: readonly RawLine[]): Promise<void>; end(): Promise<void> }

/** The lines of one instance, piece by piece, in order as far as they are not late by more than `lateMs`. */
async function* batchesOf(segments: readonly Segment[], reading: Reading): AsyncGenerator<RawLine[]> {
  let late: RawLine[] = []
  for await (const lines of unsortedOf(segments, reading)) {
    const sorted = [...late, ...lines].sort((a, b) => a.at - b.at)
    const end = Math.max(sorted.length - mostLate, firstAfter(sorted, (sorted.at(-1)?.at ?? 0) - lateMs))
    late = sorted.slice(end)
    if (end > 0) yield sorted.slice(0, end)
  }
  if (late.length > 0) yield late
}

/** Lines come in the order of answers: by how much a call that was judged before may be answered later. */
const lateMs = 2000

/** So many lines wait at most for one that is late. */
const mostLate = 20_000

/** The place of the first line after an instant. */
function firstAfter(sorted: readonly RawLine[], at: number): number {
  let place = sorted.length
  while (place > 0 && (sorted[place - 1] as RawLine).at > at) place -= 1
  return place
}

async function* unsortedOf(segments: readonly Segment[], reading: Reading): AsyncGenerator<RawLine[]> {
  const { coverage } = reading
  for (const segment of segments) {
    const pieces = piecesOf(segment)
    const content = reading.withContent?.(segment)
    try {
      for (;;) {
        const { value, done } = await pieces.next()
        if (done) {
          noteEnd(segment, value, coverage)
          break
        }
        const lines = linesIn(value, segment, reading)
        await content?.add(lines)
        if (lines.length > 0) yield lines
      }
    } finally {
      // When no more is wanted, the file is closed.
      await pieces.return({ isCut: false })
      await content?.end()
    }
  }
}

function noteEnd({ path, isOpen }: Segment, { problem, isCut }: SegmentEnd, coverage: Covered): void {
  if (problem !== undefined) coverage.unreadable.push({ path, reason: problem })
  else if (isCut && !isOpen) coverage.cut += 1
}

function linesIn(piece: Piece, segment: Segment, { needles, since, until, coverage }: Reading): RawLine[] {
  const lines: RawLine[] = []
  for (const bytes of slicesOf(piece, needles)) {
    const start = readStart(bytes)
    if (start === undefined) coverage.foreign += 1
    else if (start.v !== 1) coverage.newer += 1
    else if (start.at >= since && start.at <= until) lines.push({ at: start.at, id: start.id, segment, bytes })
  }
  return lines
}

/** Texts of which a line must have one. */
type Needle = readonly Buffer[]

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

/** How a line begins; undefined if that is no line of the record. */
export function readStart(line: Buffer): { v: number; id: string; at: number } | undefined {
  const text = line.toString('latin1', 0, startBytes)
  const [, v, id = '', at] = lineStart.exec(text) ?? /^\{"v":(\d{1,9})/.exec(text) ?? []
  if (v === undefined || (at === undefined && v === '1')) return undefined
  return { v: Number(v), id, at: Number(at) }
}
