import type { Person } from '../record/person.ts'
import { changeHolds } from './change-holds.ts'
import { type Erased, forgetPerson } from './forget-person.ts'
import { activeHolds, type NamedOne, readHolds } from './holds.ts'
import { namesOnRecord } from './secrets.ts'
import { mustBeThere } from './segments.ts'
import { StateRefused } from './state-errors.ts'
import { type StillNamed, stillNamed } from './still-named.ts'

/** Who is to be forgotten; with `group`, a user only as far as it happened there. */
export type ForgetRequest = NamedOne & { group?: string }

/** How many keys of counts by a value alone are gone: here, and in the store that is shared, or why that could not be asked. */
export type CountsForgotten = { keys: number; shared?: number; notShared?: string }

/** What became of one state folder. `counts`: how many counts by the name alone went here; null if they were not asked. */
export type Forgotten = Erased & {
  counts: number | null
  sharedCounts?: number
  notShared?: string
  isServing: boolean
  named: readonly StillNamed[]
}

/** What is done by whoever has locked the folder: this process, or the service that runs in it. */
export type FolderHolder = {
  /** True if a service writes segments while others are erased. */
  isServing: boolean
  /** Closes the segment that is being written. */
  rotate(): Promise<void>
  /** Forgets what is counted by a value alone, and says how much that was, if that is known. */
  forgetCounts(value: string): Promise<CountsForgotten | null>
  /** Puts an event on record that names nobody. */
  note(event: string, facts: { readonly [name: string]: string | number }): Promise<void>
}

type ForgetOptions = { holder: FolderHolder; now: number; secretFile?: string | undefined }

/**
 * Erase somebody from a state folder, and search all of its files for the name. Throws StateUnusable, and StateRefused
 * for somebody who is held.
 */
export async function forgetIn(dir: string, request: ForgetRequest, options: ForgetOptions): Promise<Forgotten> {
  const { holder, secretFile } = options
  const { value } = request
  await refuseHeld(dir, request, options.now)
  const person = await personOf(dir, request, secretFile)
  await holder.rotate()
  const erased = await forgetPerson(dir, person, holder.isServing)
  // Within a group only, the name stays everywhere else.
  const isWhole = request.group === undefined
  const counts = isWhole ? await holder.forgetCounts(value) : null
  const { shared, notShared } = counts ?? {}
  const { decisions, contents, segments } = erased
  await holder.note('forgotten', { decisions, contents, segments })
  if (isWhole) await forgetEndedHolds(dir, value)
  const named = isWhole ? await stillNamed(dir, value) : []
  return {
    ...erased,
    counts: counts?.keys ?? null,
    ...(shared !== undefined && { sharedCounts: shared }),
    ...(notShared !== undefined && { notShared }),
    ...{ isServing: holder.isServing, named },
  }
}

/** What is held for a case stays: whoever asks decides which of both goes first. */
export async function refuseHeld(dir: string, { field, value }: NamedOne, now: number): Promise<void> {
  await mustBeThere(dir)
  const held = (await activeHolds(dir, now)).find(each => each.value === value)
  if (held === undefined) return
  const command = `hookwarden hold ${field}=${value} --end`
  throw new StateRefused(`${field} ${value} is held in ${dir} for case ${held.case}. To end that first: ${command}`)
}

async function personOf(dir: string, request: ForgetRequest, secretFile: string | undefined): Promise<Person> {
  const group = request.field === 'groupID' ? request.value : request.group
  return {
    users: request.field === 'userID' ? await namesOnRecord(dir, request.value, secretFile) : [],
    groups: group === undefined ? [] : await namesOnRecord(dir, group, secretFile),
  }
}

async function forgetEndedHolds(dir: string, value: string): Promise<void> {
  const holds = await readHolds(dir)
  if (holds.some(each => each.value === value)) {
    await changeHolds(dir, all => all.filter(each => each.value !== value))
  }
}
