import { getHeapStatistics } from 'node:v8'
import { collectorOfThread } from './memory.ts'

/** Work was given up, since it needed more memory than it may have. */
export class HeapLimitExceeded extends Error {
  override name = 'HeapLimitExceeded'

  constructor(limitMb: number) {
    super(`More than ${limitMb} MB are in use`)
  }
}

/**
 * Make what long work asks between its steps: it throws `HeapLimitExceeded` once this thread uses more than so much.
 *
 * V8's own limit of a thread is not enough: where a single table would grow beyond it, V8 ends the whole process.
 * So work stops far below that limit, which is then never met.
 */
export function heapLimit(limitMb: number): () => void {
  let collect: (() => void) | undefined
  let lookedMs = 0
  return () => {
    if (performance.now() - lookedMs < everyMs) return
    if (usedMb() > limitMb) {
      // Some of that may be garbage, of this work and of what ran before it.
      collect ??= collectorOfThread()
      collect()
      if (usedMb() > limitMb * nearlyAll) throw new HeapLimitExceeded(limitMb)
    }
    lookedMs = performance.now()
  }
}

/** Looking takes some microseconds, and in this time a thread takes some ten megabytes at most. */
const everyMs = 5

/** With so much of it in use for good, work would do little but collect garbage. */
const nearlyAll = 0.9

function usedMb(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return (used_heap_size + external_memory) / 1024 / 1024
}
