import { setTimeout as delay } from 'node:timers/promises'

/** Resolves as soon as something holds; rejects when it does not come to hold in time. */
export async function until(holds: () => boolean | Promise<boolean>, mostMs = 120_000): Promise<number> {
  const startedMs = performance.now()
  while (!(await holds())) {
    if (performance.now() - startedMs > mostMs) throw new Error(`It did not come to hold within ${mostMs} ms`)
    await delay(5)
  }
  return performance.now() - startedMs
}
