import { join } from 'node:path'
import { hashOfExact } from '../record/masks.ts'
import { recordFolder } from './segment-names.ts'
import { readIfThere } from './state.ts'
import { StateUnusable, using } from './state-errors.ts'

/** A user or a group. */
export type NamedOne = { field: 'userID' | 'groupID'; value: string }

/** What must not be removed from the record: all that names a user or a group, until a time in ISO 8601. */
export type RecordHold = { field: string; value: string; until: string; case: string; since: string }

/** The ids that holds are about, as they are on record: plain, and as their hashes. */
export type HeldPeople = ReadonlySet<string>

/** Where the holds are, in the state folder. */
export function holdsPath(state: string): string {
  return join(recordFolder(state), 'holds.json')
}

/**
 * All holds on record, ended or not.
 *
 * Throws StateUnusable if the file is not what this program writes: better nothing is removed than something held.
 */
export async function readHolds(state: string): Promise<readonly RecordHold[]> {
  const path = holdsPath(state)
  const bytes = await using(path, readIfThere(path))
  if (bytes === undefined) return []
  const holds = parsedHolds(bytes.toString())
  if (holds === undefined)
    throw new StateUnusable(path, 'it is not a list of holds, so nothing is removed from the record')
  return holds
}

/** The holds that have not ended. */
export async function activeHolds(state: string, at: number): Promise<readonly RecordHold[]> {
  return (await readHolds(state)).filter(each => isActiveHold(each, at))
}

/** Whether a hold has not ended at a time. */
export function isActiveHold({ until }: RecordHold, at: number): boolean {
  return !(Date.parse(until) <= at)
}

/** The ids that some holds are about. */
export function heldBy(holds: readonly RecordHold[], secret: string): HeldPeople {
  return new Set(holds.flatMap(({ value }) => [value, hashOfExact(secret, value)]))
}

function parsedHolds(text: string): readonly RecordHold[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  return Array.isArray(value) && value.every(isHold) ? value : undefined
}

/** Whether something read is a hold. */
export function isHold(value: unknown): value is RecordHold {
  return (
    typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    typeof value.value === 'string' &&
    'until' in value
  )
}
