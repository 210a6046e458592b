import { type Piece, piecesOf } from './segment-lines.ts'
import { recordFolder } from './segment-names.ts'
import { type Segment, segmentsWithin } from './segments.ts'

/** How far back new lines are looked for, in ms: what is written is at most an hour old. */
const lookBackMs = 2 * 3_600_000

/** How many bytes of a segment are known, by its path in the folder without what tells whether it is open. */
export type KnownBytes = ReadonlyMap<string, number>

/** What is there by now, so that only what is added later is new. Throws StateUnusable. */
export async function allKnown(dir: string, now: number): Promise<KnownBytes> {
  const known = new Map<string, number>()
  for (const segment of await recentSegments(dir, now)) known.set(nameOf(dir, segment), await sizeOf(segment))
  return known
}

/** Calls for the pieces of lines that were added to a state folder, and returns what is known then. Throws StateUnusable. */
export async function readAdded(
  dir: string,
  known: KnownBytes,
  { now, onPiece }: { now: number; onPiece(piece: Piece): Promise<void> | undefined },
): Promise<KnownBytes> {
  const next = new Map<string, number>()
  for (const segment of await recentSegments(dir, now)) {
    const name = nameOf(dir, segment)
    const before = known.get(name) ?? 0
    next.set(name, before)
    if (before === closed) continue
    let size = 0
    for await (const piece of piecesOf(segment)) {
      const from = Math.max(before - size, 0)
      size += piece.length
      if (from < piece.length) await onPiece(piece.subarray(from))
    }
    next.set(name, segment.isOpen ? Math.max(size, before) : closed)
  }
  return next
}

async function sizeOf(segment: Segment): Promise<number> {
  if (!segment.isOpen) return closed
  let size = 0
  for await (const piece of piecesOf(segment)) size += piece.length
  return size
}

async function recentSegments(dir: string, now: number): Promise<readonly Segment[]> {
  return segmentsWithin(dir, { since: now - lookBackMs, until: now }, 'envelope')
}

function nameOf(dir: string, { path }: Segment): string {
  return path.slice(recordFolder(dir).length + 1).replace(/\.(?:gz|open)$/, '')
}

/** Nothing is added to a closed segment. */
const closed = Number.MAX_SAFE_INTEGER
