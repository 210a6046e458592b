import { createHash } from 'node:crypto'
import type { KeyLogs } from './key-logs.ts'
import type { KeyedHashes } from './keyed-hash.ts'
import type { KnownCounter } from './known-counters.ts'

/**
 * A snapshot: the mark, the format, the test of the secret; the logs, each a head and its entries; an empty head; what
 * is known beside the logs as JSON with its length before it; and SHA-256 of all that. Numbers are little-endian.
 *
 * What stands beside the logs comes last, since a key that is forgotten while the snapshot is made must show there.
 */
export const snapshotFormat = { mark: 'hookwarden counts', version: 1, headBytes: 24, entryBytes: 16, sumBytes: 32 }

/** What is known beside the logs. */
export type BesideLogs = { now: number; unnamed: number; counters: readonly KnownCounter[] }

/** One slice takes well under a ms, and a write of it is worth the call. */
const slice = { bytes: 65_536, slots: 4096 }

/** A snapshot in slices, each valid only until the next one. Keys that are added meanwhile may be missing. */
export function* savedLogs(logs: KeyLogs, hashes: KeyedHashes, beside: () => BesideLogs): Generator<Uint8Array, void> {
  const sum = createHash('sha256')
  const hashed = (bytes: Uint8Array) => {
    sum.update(bytes)
    return bytes
  }
  yield hashed(startOf(hashes))
  let buffer = new Slice(slice.bytes)
  for (let slot = 1; slot < logs.end; slot++) {
    if (slot % slice.slots === 0 || buffer.left < logBytes(logs, slot)) {
      yield hashed(buffer.taken())
      // Meanwhile the log may have grown, or the slot may be another key's.
      if (buffer.left < logBytes(logs, slot)) buffer = new Slice(logBytes(logs, slot))
    }
    const counter = logs.counterOf(slot, beside().now)
    if (counter !== 0) writeLog(buffer, logs, slot, counter)
  }
  yield hashed(buffer.taken())
  yield hashed(endOf(beside()))
  yield sum.digest()
}

function logBytes(logs: KeyLogs, slot: number): number {
  return snapshotFormat.headBytes + logs.size(slot) * snapshotFormat.entryBytes
}

function writeLog(to: Slice, logs: KeyLogs, slot: number, counter: number): void {
  const { high, low } = logs.hashOf(slot)
  for (const word of [counter, high, low, logs.size(slot)]) to.word(word)
  to.number(logs.droppedAt(slot))
  const newest = logs.newest(slot)
  let entry = newest
  do {
    entry = logs.next(entry)
    to.number(logs.at(entry))
    to.number(logs.what(entry))
  } while (entry !== newest)
}

function startOf(hashes: KeyedHashes): Uint8Array {
  const mark = new TextEncoder().encode(snapshotFormat.mark)
  const start = new Slice(mark.length + 12)
  start.bytes(mark)
  start.word(snapshotFormat.version)
  const { high, low } = hashes.test()
  start.word(high)
  start.word(low)
  return start.taken()
}

function endOf(beside: BesideLogs): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(beside, withInfinity))
  const end = new Slice(snapshotFormat.headBytes + 4 + json.length)
  end.bytes(new Uint8Array(snapshotFormat.headBytes))
  end.word(json.length)
  end.bytes(json)
  return end.taken()
}

/** JSON has no Infinity. */
function withInfinity(_: string, value: unknown): unknown {
  return Math.abs(value as number) === Infinity ? String(value) : value
}

/** Bytes that are filled from the start, and again once they are taken. */
class Slice {
  readonly #all: Uint8Array
  readonly #view: DataView
  #used = 0

  constructor(bytes: number) {
    this.#all = new Uint8Array(bytes)
    this.#view = new DataView(this.#all.buffer)
  }

  get left(): number {
    return this.#all.length - this.#used
  }

  word(value: number): void {
    this.#view.setUint32(this.#used, value, true)
    this.#used += 4
  }

  number(value: number): void {
    this.#view.setFloat64(this.#used, value, true)
    this.#used += 8
  }

  bytes(value: Uint8Array): void {
    this.#all.set(value, this.#used)
    this.#used += value.length
  }

  taken(): Uint8Array {
    const taken = this.#all.subarray(0, this.#used)
    this.#used = 0
    return taken
  }
}
