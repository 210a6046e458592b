import { join } from 'node:path'
import { MemoryCounts } from '../count/memory-counts.ts'
import { readIfThere, type StateFolder } from './state.ts'
import { using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/**
 * Forget what is counted by a value alone in the counts that a state folder keeps, and return how many keys that were.
 *
 * Throws StateUnusable, and SnapshotRefused for counts that this program cannot read.
 */
export async function forgetKeptCounts({ dir, secret }: StateFolder, value: string, at: number): Promise<number> {
  let forgotten = 0
  for (const name of ['counts', 'counts.end']) {
    const path = join(dir, name)
    const bytes = await using(path, readIfThere(path))
    if (bytes === undefined) continue
    const store = new MemoryCounts({ secret, mostKeys: Number.MAX_SAFE_INTEGER, mostBytes: Number.MAX_SAFE_INTEGER })
    store.load(bytes, { at, hasGap: false })
    const keys = store.forget(value)
    if (keys > 0) await using(path, writeWhole(store.save(), { draft: `${path}.new`, of: () => path }))
    forgotten += keys
  }
  return forgotten
}
