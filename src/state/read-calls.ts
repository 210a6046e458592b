import { stat } from 'node:fs/promises'
import { type WithContent, withContents } from './contents.ts'
import type { Covered } from './covered.ts'
import { mergeLines, nearlyInOrder } from './merge-lines.ts'
import { type RawLine, type RawWanted, rawLinesIn } from './raw-lines.ts'
import { bySource, piecesOfAll } from './read-records.ts'
import { type Segment, segmentsWithin, type TimeSpan } from './segments.ts'

/** A line of an envelope, and the line of its call, not decoded; without it, what was said is no longer on record. */
export type FoundCall = { at: number; id: string; text: string; content?: Buffer; dir: string }

/** The files to read, which may go on growing: only as much is read of each as it had when they were listed. */
export type CallSegments = { envelopes: readonly Segment[]; contents: readonly Segment[] }

/** The segments of several state folders that may have calls of a time. Throws StateUnusable. */
export async function listCalls(dirs: readonly string[], span: TimeSpan): Promise<CallSegments> {
  const of = async (kind: 'envelope' | 'content') =>
    Promise.all((await Promise.all(dirs.map(dir => segmentsWithin(dir, span, kind)))).flat().map(asItIs))
  return { envelopes: await of('envelope'), contents: await of('content') }
}

/** Several readings of an open file would else find different ends. */
async function asItIs(segment: Segment): Promise<Segment> {
  if (!segment.isOpen) return segment
  const size = await stat(segment.path).then(
    found => found.size,
    () => undefined,
  )
  return size === undefined ? segment : { ...segment, bytes: size }
}

/** Nothing read yet, of a time. */
export function nothingCovered({ since, until }: TimeSpan): Covered {
  return { since, until, instances: [], foreign: 0, newer: 0, cut: 0, unreadable: [], missing: [] }
}

/** Read decisions with their calls, and events, in the order of time, in batches. Notes in `coverage` what it covers. */
export async function* readCalls(
  { envelopes, contents }: CallSegments,
  coverage: Covered,
): AsyncGenerator<readonly FoundCall[]> {
  const { since, until } = coverage
  const wanted = { since, until, needles: [], coverage }
  const withContent = withContents(contents)
  const sources = bySource(envelopes).map(({ segments, ...source }) => {
    coverage.instances.push(source)
    return nearlyInOrder(linesOf(segments, wanted, withContent))
  })
  for await (const lines of mergeLines(sources)) {
    yield lines.map(({ at, id, bytes, content, place: dir }) => {
      const text = bytes.toString('utf8')
      return content === undefined ? { at, id, text, dir } : { at, id, text, content, dir }
    })
  }
}

/** The lines of some segments with what belongs to them, piece by piece, in the order of the files. */
async function* linesOf(
  segments: readonly Segment[],
  wanted: RawWanted,
  withContent: WithContent,
): AsyncGenerator<RawLine[]> {
  for (const segment of segments) {
    const content = withContent(segment)
    try {
      for await (const piece of piecesOfAll([segment], wanted.coverage)) {
        const lines = rawLinesIn(piece, segment.dir, wanted)
        await content.add(lines)
        if (lines.length > 0) yield lines
      }
    } finally {
      await content.end()
    }
  }
}
