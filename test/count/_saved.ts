import type { MemoryCounts } from '../../src/count/memory-counts.ts'

/** A whole snapshot; `between` is called after each slice. `isAll` is what saving returns. */
export function saved(store: MemoryCounts, between = () => {}): { bytes: Uint8Array; isAll: boolean } {
  const slices: Uint8Array[] = []
  const saving = store.save()
  for (;;) {
    const { value, done } = saving.next()
    if (done) return { bytes: Buffer.concat(slices), isAll: value }
    slices.push(value.slice())
    between()
  }
}
