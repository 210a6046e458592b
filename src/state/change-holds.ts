import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { holdsPath, isActiveHold, type NamedOne, type RecordHold, readHolds } from './holds.ts'
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

/** Add a hold, in the place of one of the same somebody for the same case. Throws StateUnusable. */
export async function addHold(dir: string, hold: RecordHold): Promise<void> {
  const isSame = (each: RecordHold) => each.value === hold.value && each.field === hold.field && each.case === hold.case
  await changeHolds(dir, holds => [...holds.filter(each => !isSame(each)), hold])
}

/** End the active holds of somebody, or only that for a case, and return them. Throws StateUnusable. */
export async function endHolds(
  dir: string,
  { field, value, case: of }: NamedOne & { case?: string },
  now: number,
): Promise<readonly RecordHold[]> {
  const isMeant = (each: RecordHold) =>
    isActiveHold(each, now) && each.field === field && each.value === value && (of === undefined || each.case === of)
  const meant = (await readHolds(dir)).filter(isMeant)
  const until = new Date(now).toISOString()
  if (meant.length > 0) {
    await changeHolds(dir, holds => holds.map(each => (isMeant(each) ? { ...each, until } : each)))
  }
  return meant
}
