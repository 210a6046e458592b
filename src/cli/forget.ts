import { visible } from '../language/show/visible.ts'
import { hashOfExact } from '../record/masks.ts'
import type { Person } from '../record/person.ts'
import { changeHolds } from '../state/change-holds.ts'
import { forgetKeptCounts } from '../state/forget-counts.ts'
import { type Erased, forgetPerson } from '../state/forget-person.ts'
import { readHolds } from '../state/holds.ts'
import { mustBeThere } from '../state/segments.ts'
import { openState } from '../state/state.ts'
import { StateInUse } from '../state/state-errors.ts'
import { type StillNamed, stillNamed } from '../state/still-named.ts'
import { askForRecord } from './ask-record.ts'
import { isActive } from './hold.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { secretsOf, stateOf } from './records-asked.ts'
import { type NamedOne, readWho } from './who.ts'

/** Options of `hookwarden forget`, as typed. With `group`, only what happened in that group goes. */
export type ForgetOptions = {
  who: string
  group?: string
  state?: string
  records?: readonly string[]
  secretFile?: string
  json?: true
}

/** What became of one state folder. */
type Forgotten = Erased & { state: string; counts: number | null; isServing: boolean; named: readonly StillNamed[] }

/**
 * Erase a person from the record and the counts, and name what still has the name.
 *
 * 1 if something still has it. Throws UsageError and StateUnusable.
 */
export async function forget(options: ForgetOptions, io: Io): Promise<ExitCode> {
  const one = readWho(options.who)
  if (options.group !== undefined && one.field === 'groupID') {
    throw new UsageError(`${options.who} is already a group: remove --group`)
  }
  const dirs = options.records ?? [stateOf(options, io)]
  await refuseHeld(one, dirs, io)
  const done: Forgotten[] = []
  for (const dir of dirs) done.push(await forgetIn(dir, one, options, io))
  if (options.json) printJson({ ...one, group: options.group ?? null, instances: done, outOfReach }, io)
  else print(`${textOf(one, options, done)}\n`, io)
  return done.every(({ named, left }) => named.length === 0 && left.length === 0) ? 0 : 1
}

/** What is held for a case stays: whoever asks decides which of both goes first. */
async function refuseHeld({ field, value }: NamedOne, dirs: readonly string[], io: Io): Promise<void> {
  for (const dir of dirs) {
    await mustBeThere(dir)
    const held = (await readHolds(dir)).find(each => each.value === value && isActive(each, io.now().getTime()))
    if (held === undefined) continue
    const command = `hookwarden hold ${field}=${value} --end`
    throw new UsageError(`${field} ${value} is held in ${dir} for case ${held.case}. To end that first: ${command}`)
  }
}

async function forgetIn(dir: string, one: NamedOne, options: ForgetOptions, io: Io): Promise<Forgotten> {
  const secrets = await secretsOf([dir], options.secretFile)
  const namesOf = (name: string) => [...new Set([name, ...secrets.map(secret => hashOfExact(secret, name))])]
  const { value } = one
  const group = one.field === 'groupID' ? value : options.group
  const person: Person = {
    users: one.field === 'userID' ? namesOf(value) : [],
    groups: group === undefined ? [] : namesOf(group),
  }
  const isWhole = options.group === undefined
  const { erased, counts, isServing } = await eraseIn(dir, person, isWhole ? value : undefined, io)
  if (isWhole) await forgetEndedHolds(dir, value)
  // Within a group only, the name stays everywhere else.
  const named = isWhole ? await stillNamed(dir, value) : []
  return { ...erased, state: dir, counts, isServing, named }
}

type ErasedIn = { erased: Erased; counts: number | null; isServing: boolean }

/** Erases as the only user of the folder, or else with the help of the service that uses it. */
async function eraseIn(dir: string, person: Person, counted: string | undefined, io: Io): Promise<ErasedIn> {
  const state = await openState(dir).catch((error: unknown) => {
    if (error instanceof StateInUse) return undefined
    throw error
  })
  if (state === undefined) return eraseBeside(dir, person, counted)
  try {
    const erased = await forgetPerson(dir, person, false)
    const counts = counted === undefined ? null : await forgetKeptCounts(state, counted, io.now().getTime())
    return { erased, counts, isServing: false }
  } finally {
    await state.release()
  }
}

async function eraseBeside(dir: string, person: Person, counted: string | undefined): Promise<ErasedIn> {
  await askForRecord(dir, '/record/rotate', {})
  const erased = await forgetPerson(dir, person, true)
  const answer = counted === undefined ? undefined : await askForRecord(dir, '/counts/forget', { value: counted })
  const { decisions, contents, segments } = erased
  await askForRecord(dir, '/record/note', { event: 'forgotten', decisions, contents, segments })
  return { erased, counts: typeof answer?.keys === 'number' ? answer.keys : null, isServing: true }
}

async function forgetEndedHolds(dir: string, value: string): Promise<void> {
  const holds = await readHolds(dir)
  if (holds.some(each => each.value === value)) {
    await changeHolds(dir, all => all.filter(each => each.value !== value))
  }
}

const outOfReach = 'git, bundles, backups, the log of the service, and instances that are not named with --records'

function textOf({ field, value }: NamedOne, { group }: ForgetOptions, done: readonly Forgotten[]): string {
  const where = group === undefined ? '' : ` in group ${visible(group)}`
  const left = done.flatMap(leftIn)
  return [
    `Forgot ${field} ${visible(value)}${where}:`,
    ...done.map(each => `  ${visible(each.state)}: ${erasedText(each)}`),
    ...(left.length === 0 ? [] : ['Still there:', ...left.map(line => `  ${line}`)]),
    ...(group === undefined && left.length === 0 ? ['No byte of the name is left in these folders'] : []),
    `Out of reach: ${outOfReach}`,
  ].join('\n')
}

function erasedText({ decisions, contents, segments, counts }: Forgotten): string {
  const counted = counts === null ? '' : `; ${counts} ${counts === 1 ? 'count' : 'counts'} by the name alone`
  return `${plural(decisions, 'decision')} and ${plural(contents, 'call')} out of ${plural(segments, 'file')}${counted}`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function leftIn({ state, left, named }: Forgotten): readonly string[] {
  return [
    ...left.map(({ path, reason }) => `${visible(path)}: ${visible(reason)}`),
    ...named.map(
      ({ file, times, within }) =>
        `${visible(`${state}/${file}`)}: ${plural(times, 'time')}${withinText(file, within)}`,
    ),
  ]
}

/** What to do about each kind of file. */
function withinText(file: string, within: readonly string[]): string {
  const listed = within.map(visible).join(', ')
  if (file.startsWith('rules/'))
    return ` in ${listed}: rules that were in force. Take the name out of the rules of today`
  if (file.startsWith('record/')) return `, in what others wrote${listed === '' ? '' : `: hookwarden log ${listed}`}`
  if (file === 'history.jsonl' || file === 'pauses.json') return ', in what people gave as reasons'
  return ''
}
