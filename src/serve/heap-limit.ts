import { getHeapStatistics } from 'node:v8'
import { collectorOfThread } from './memory.ts'

/** Work was stopped because it needed too much memory. */
export class HeapLimitExceeded extends Error {
  override name = 'HeapLimitExceeded'

  constructor(limitMb: number) {
    super(`More than ${limitMb} MB are in use`)
  }
}

/**
 * Returns a check for long work to call between its steps; it throws `HeapLimitExceeded` if this thread uses more than
 * `limitMb`.
 *
 * V8's own limit for a thread is not enough: if a single large table would exceed it, V8 ends the whole process. So
 * work has to stop well below that limit.
 */
export function heapLimit(limitMb: number): () => void {
  let collect: (() => void) | undefined
  let checkedMs = 0
  return () => {
    if (performance.now() - checkedMs < everyMs) return
    if (usedMb() > limitMb) {
      // Some of that may be garbage, left by this work or by earlier work.
      collect ??= collectorOfThread()
      collect()
      if (usedMb() > limitMb * nearlyAll) throw new HeapLimitExceeded(limitMb)
    }
    checkedMs = performance.now()
  }
}

/** A check takes a few microseconds. In this interval a thread allocates about ten megabytes at most. */
const everyMs = 5

/** If more than this share of the limit is in use after a collection, further work would mostly collect garbage. */
const nearlyAll = 0.9

function usedMb(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return (used_heap_size + external_memory) / 1024 / 1024
}
