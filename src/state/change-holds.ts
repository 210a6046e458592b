import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { holdsPath, type RecordHold, readHolds } from './holds.ts'
import { using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/** Replace the holds of a state folder, whole: the service reads them before it removes anything. Throws StateUnusable. */
export async function changeHolds(
  dir: string,
  change: (holds: readonly RecordHold[]) => readonly RecordHold[],
): Promise<readonly RecordHold[]> {
  const path = holdsPath(dir)
  const holds = change(await readHolds(dir))
  const slices = (function* () {
    yield Buffer.from(`[\n${holds.map(hold => JSON.stringify(hold)).join(',\n')}\n]\n`)
  })()
  await using(dirname(path), mkdir(dirname(path), { recursive: true, mode: 0o700 }))
  await using(path, writeWhole(slices, { draft: `${path}.new`, of: () => path }))
  return holds
}
