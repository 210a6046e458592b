import { createHash } from 'node:crypto'
import type { SavedLog } from './key-logs.ts'
import type { Hash64, KeyedHashes } from './keyed-hash.ts'
import type { KnownCounter } from './known-counters.ts'
import { type BesideLogs, snapshotFormat } from './snapshot.ts'

/** Counts that were saved cannot be used. The message says why, for operators. */
export class SnapshotRefused extends Error {
  override name = 'SnapshotRefused'
}

/** A log, with the number that its counter had. */
type NumberedLog = { counter: number; hash: Hash64; log: SavedLog }

type Snapshot = BesideLogs & {
  /** The logs, those used longest ago first. */
  logs(): Generator<NumberedLog>
}

/** Clocks are set back by a little now and then. By more, time would stand still here until it has caught up. */
const mostMsAhead = 60_000

/** Throws SnapshotRefused unless the bytes are a whole snapshot that was made with the same secret, before `at`. */
export function readSnapshot(bytes: Uint8Array, hashes: KeyedHashes, at: number): Snapshot {
  const start = checkStart(bytes, hashes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = findLogs(view, start)
  const beside = readBeside(bytes, view, found.end)
  if (beside.now > at + mostMsAhead) {
    throw new SnapshotRefused(`They are from ${new Date(beside.now).toISOString()}, which is later than now`)
  }
  return { ...beside, logs: () => logsInOrder(view, found.offsets) }
}

/** Checks all but the logs and returns where those start. */
function checkStart(bytes: Uint8Array, hashes: KeyedHashes): number {
  const { mark, version, headBytes, sumBytes } = snapshotFormat
  const start = mark.length + 12
  if (new TextDecoder('latin1').decode(bytes.subarray(0, mark.length)) !== mark) {
    throw new SnapshotRefused('They are not in a file that hookwarden wrote')
  }
  if (bytes.length < start + headBytes + 4 + sumBytes) throw new SnapshotRefused('The file is cut off')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = view.getUint32(mark.length, true)
  if (found !== version) throw new SnapshotRefused(`They are in format ${found}, and this version reads ${version}`)
  const sum = createHash('sha256').update(bytes.subarray(0, -sumBytes)).digest()
  if (!sum.equals(bytes.subarray(-sumBytes))) throw new SnapshotRefused('The file is damaged or cut off')
  const { high, low } = hashes.test()
  if (view.getUint32(start - 8, true) !== high || view.getUint32(start - 4, true) !== low) {
    throw new SnapshotRefused('They were made with another secret')
  }
  return start
}

/** Where each log starts, and where the empty one ends that comes last. */
function findLogs(view: DataView, start: number): { offsets: number[]; end: number } {
  const { headBytes, entryBytes } = snapshotFormat
  const offsets: number[] = []
  let offset = start
  while (view.getUint32(offset, true) !== 0) {
    offsets.push(offset)
    offset += headBytes + view.getUint32(offset + 12, true) * entryBytes
  }
  return { offsets, end: offset + headBytes }
}

function readBeside(bytes: Uint8Array, view: DataView, start: number): BesideLogs {
  const json = bytes.subarray(start + 4, start + 4 + view.getUint32(start, true))
  const { now, unnamed, counters } = JSON.parse(new TextDecoder().decode(json)) as BesideLogs
  return { now: Number(now), unnamed, counters: counters.map(withInstants) }
}

/** Infinity is text in JSON. */
function withInstants(saved: KnownCounter): KnownCounter {
  return { ...saved, since: Number(saved.since), forgotAt: Number(saved.forgotAt) }
}

function* logsInOrder(view: DataView, offsets: readonly number[]): Generator<NumberedLog> {
  const newest = Float64Array.from(offsets, offset => {
    return view.getFloat64(
      offset + snapshotFormat.headBytes + (sizeAt(view, offset) - 1) * snapshotFormat.entryBytes,
      true,
    )
  })
  for (const at of order(newest)) yield readLog(view, offsets[at] as number)
}

/** The places of numbers in ascending order; equal ones, and those nearly equal among millions, as they come. */
function order(numbers: Float64Array): Uint32Array {
  let [least, most] = [Infinity, -Infinity]
  for (const number of numbers) {
    least = Math.min(least, number)
    most = Math.max(most, number)
  }
  // A number and its place in one integer: sorting a million of those takes a tenth of the time of any other way.
  const steps = 2 ** Math.floor(53 - Math.log2(numbers.length + 1)) - 1
  const step = Math.max(1, (most - least) / steps)
  const sorted = numbers.map((number, at) => Math.floor((number - least) / step) * numbers.length + at).sort()
  return Uint32Array.from(sorted, each => each % numbers.length)
}

function sizeAt(view: DataView, offset: number): number {
  return view.getUint32(offset + 12, true)
}

function readLog(view: DataView, offset: number): NumberedLog {
  const { headBytes, entryBytes } = snapshotFormat
  const entries = Array.from({ length: sizeAt(view, offset) }, (_, at) => {
    const start = offset + headBytes + at * entryBytes
    return { at: view.getFloat64(start, true), what: view.getFloat64(start + 8, true) }
  })
  const hash = { high: view.getUint32(offset + 4, true), low: view.getUint32(offset + 8, true) }
  return {
    counter: view.getUint32(offset, true),
    hash,
    log: { droppedAt: view.getFloat64(offset + 16, true), entries },
  }
}
