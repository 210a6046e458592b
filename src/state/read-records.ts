import { type RecordedLine, readLine } from '../record/record-line.ts'
import type { Covered, InstanceCovered, MissingPlace } from './covered.ts'
import { mergeLines, nearlyInOrder } from './merge-lines.ts'
import { type RawLine, type RawWanted, rawLinesIn } from './raw-lines.ts'
import { type Piece, piecesOf, type SegmentEnd } from './segment-lines.ts'
import type { SegmentKind } from './segment-names.ts'
import { type Segment, segmentsWithin, type TimeSpan } from './segments.ts'

/** A line of the record that was found. */
export type FoundLine = {
  /** In ms since 1970. */
  at: number
  id: string
  /** The state folder, or the address of the service that uses it. */
  place: string
  /** The line without its line break. */
  text: string
}

/**
 * What is read: lines of a time; with `bytes`, only those that have in them each of these texts, or one of several where
 * there is a list.
 */
export type ReadOptions = TimeSpan & { kind?: SegmentKind; bytes?: readonly (string | readonly string[])[] }

/** Called for each line; false ends the reading. */
export type OnLine = (line: FoundLine) => unknown

/** Lines that are nearly in order, in pieces, and the instances that wrote them. */
export type LineSource = {
  place: string
  instances: readonly InstanceCovered[]
  /** At their end, what could not be read is added to `coverage`. */
  pieces(coverage: Covered): AsyncGenerator<Piece>
}

/**
 * Read the lines of several state folders in the order of time, in bounded memory.
 *
 * Each instance writes nearly in order, so the lines of all are merged. A search for bytes parses nothing else. Lines that are
 * not even the start of a record are counted here, as `foreign`; whether the rest of a line makes sense is for whoever
 * parses it to say. Throws StateUnusable.
 */
export async function readSegments(dirs: readonly string[], options: ReadOptions, onLine: OnLine): Promise<Covered> {
  const sources = await Promise.all(dirs.map(dir => folderSources(dir, options)))
  return readSources(sources.flat(), options, onLine)
}

/** The same of any sources; `missing` are those that did not answer. */
export async function readSources(
  sources: readonly LineSource[],
  options: ReadOptions,
  onLine: OnLine,
  missing: readonly MissingPlace[] = [],
): Promise<Covered> {
  const coverage = { ...emptyCoverage(sources, options), missing }
  const merging = { options, coverage }
  await mergeSources(sources, merging, ({ at, id, place, bytes }) =>
    onLine({ at, id, place, text: bytes.toString('utf8') }),
  )
  return coverage
}

/** What an answer from some sources covers, before it is known what of them cannot be read. */
export function emptyCoverage(sources: readonly LineSource[], { since, until }: TimeSpan): Covered {
  const instances = sources.flatMap(source => source.instances)
  return { since, until, instances, foreign: 0, newer: 0, cut: 0, unreadable: [], missing: [] }
}

/** Calls for the lines of several sources, not decoded, in the order of time. */
export async function mergeSources(
  sources: readonly LineSource[],
  { options, coverage }: { options: ReadOptions; coverage: Covered },
  onLine: (line: RawLine) => unknown,
  pause?: () => Promise<void> | undefined,
): Promise<void> {
  const { since, until, bytes = [] } = options
  const needles = bytes.map(texts => [texts].flat().map(text => Buffer.from(text)))
  const wanted = { since, until, needles, coverage }
  const batches = sources.map(source => nearlyInOrder(wantedOf(source, wanted)))
  for await (const lines of mergeLines(batches)) {
    for (const line of lines) if (onLine(line) === false) return
    await pause?.()
  }
}

/** The same as `readSegments` for lines of the envelope, parsed. What is none is counted as foreign. */
export async function recordsOf(
  read: (onLine: OnLine) => Promise<Covered>,
  onRecord: (record: RecordedLine, line: FoundLine) => unknown,
): Promise<Covered> {
  let foreign = 0
  const coverage = await read(line => {
    const record = readLine(line.text)
    if (record !== undefined) return onRecord(record, line)
    foreign += 1
    return true
  })
  return { ...coverage, foreign: coverage.foreign + foreign }
}

/** The lines of a state folder, a source for each instance. Throws StateUnusable. */
export async function folderSources(dir: string, options: ReadOptions): Promise<readonly LineSource[]> {
  const segments = await segmentsWithin(dir, options, options.kind ?? 'envelope')
  return bySource(segments).map(({ segments: own, ...source }) => ({
    place: dir,
    instances: [source],
    pieces: coverage => piecesOfAll(own, coverage),
  }))
}

/** The segments of each instance of each folder, in their order. */
export function bySource(
  segments: readonly Segment[],
): readonly (InstanceCovered & { segments: readonly Segment[] })[] {
  const sources = new Map<string, Segment[]>()
  for (const segment of segments) {
    const name = `${segment.dir}\n${segment.instance}`
    const known = sources.get(name)
    if (known === undefined) sources.set(name, [segment])
    else known.push(segment)
  }
  return [...sources.values()].map(own => {
    const { dir, instance } = own[0] as Segment
    return { dir, instance, hours: [...new Set(own.map(({ hour }) => hour))], segments: own }
  })
}

async function* wantedOf(source: LineSource, wanted: RawWanted): AsyncGenerator<RawLine[]> {
  for await (const piece of source.pieces(wanted.coverage)) {
    const lines = rawLinesIn(piece, source.place, wanted)
    if (lines.length > 0) yield lines
  }
}

/** The lines of some segments, in pieces. At their end, what could not be read is added to `coverage`. */
export async function* piecesOfAll(segments: readonly Segment[], coverage: Covered): AsyncGenerator<Piece> {
  for (const segment of segments) {
    const pieces = piecesOf(segment)
    try {
      for (;;) {
        const { value, done } = await pieces.next()
        if (!done) yield value
        else {
          noteEnd(segment, value, coverage)
          break
        }
      }
    } finally {
      // When no more is wanted, the file is closed.
      await pieces.return({ isCut: false })
    }
  }
}

function noteEnd({ path, isOpen }: Segment, { problem, isCut }: SegmentEnd, coverage: Covered): void {
  if (problem !== undefined) coverage.unreadable.push({ path, reason: problem })
  else if (isCut && !isOpen) coverage.cut += 1
}
