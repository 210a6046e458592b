import { HeapLimitExceeded } from './heap-limit.ts'

/** The limits of V8 for a thread whose work stops at some memory by itself; see `heapLimit`. */
export function limitsOfThread(maxHeapMb: number): {
  maxOldGenerationSizeMb: number
  maxYoungGenerationSizeMb: number
} {
  return { maxOldGenerationSizeMb: maxHeapMb + reserveMb, maxYoungGenerationSizeMb }
}

/** A third of Node's default for a thread: parsing is just as fast with less. */
const maxYoungGenerationSizeMb = 16

/** What the thread may allocate in a single step before it reaches V8's own limit; see `heapLimit`. */
const reserveMb = 640

/** Do work with a signal that follows two others. `AbortSignal.any` would leak memory into the longer-lived one. */
export async function untilEither<T>(
  a: AbortSignal,
  b: AbortSignal,
  work: (either: AbortSignal) => Promise<T>,
): Promise<T> {
  const either = new AbortController()
  const abort = () => either.abort()
  for (const signal of [a, b]) {
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  }
  try {
    return await work(either.signal)
  } finally {
    for (const signal of [a, b]) signal.removeEventListener('abort', abort)
  }
}

/** Whether an error of a thread says that it needed too much memory. Checks the name, since an error from another thread has lost its class. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === HeapLimitExceeded.name || ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
}
