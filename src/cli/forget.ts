import { visible } from '../language/show/visible.ts'
import type { MissingPlace } from '../state/covered.ts'
import type { Forgotten } from '../state/forget-in.ts'
import { isActiveHold, type NamedOne } from '../state/holds.ts'
import { missingLines } from './covered.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { type PlaceFlags, type Places, placesOf } from './places.ts'
import { readWho } from './who.ts'

/** Options of `hookwarden forget`, as typed. With `group`, only what happened in that group goes. */
export type ForgetOptions = PlaceFlags & { who: string; group?: string; json?: true }

/** What became of one place. */
type ForgottenIn = Forgotten & { state: string }

/**
 * Erase a person from the record and the counts, and name what still has the name.
 *
 * 1 if something still has it, or a service did not answer. Throws UsageError, StateUnusable and StateRefused.
 */
export async function forget(options: ForgetOptions, io: Io): Promise<ExitCode> {
  const { group } = options
  const one = readWho(options.who)
  if (group !== undefined && one.field === 'groupID') {
    throw new UsageError(`${options.who} is already a group: remove --group`)
  }
  const places = await placesOf(options, io)
  await refuseHeldAnywhere(one, places, io)
  const answers = await places.ask({ ask: 'forget', ...one, ...(group !== undefined && { group }) })
  const done = answers.map(({ place, answer }) => ({ ...answer, state: place.name }))
  const { missing } = places
  if (options.json) printJson({ ...one, group: group ?? null, instances: done, missing, outOfReach }, io)
  else print(`${textOf(one, options, { done, missing })}\n`, io)
  const isGone = done.every(each => leftIn(each).length === 0)
  return isGone && missing.length === 0 ? 0 : 1
}

/** Nothing is erased anywhere of somebody who is held somewhere: whoever asks decides which of both goes first. */
async function refuseHeldAnywhere({ field, value }: NamedOne, places: Places, io: Io): Promise<void> {
  for (const { place, answer } of await places.ask({ ask: 'holds' })) {
    const held = answer.find(each => each.value === value && isActiveHold(each, io.now().getTime()))
    if (held === undefined) continue
    const command = `hookwarden hold ${field}=${value} --end`
    throw new UsageError(
      `${field} ${value} is held in ${place.name} for case ${held.case}. To end that first: ${command}`,
    )
  }
}

const outOfReach =
  'git, bundles, backups, the log of the service, and instances that are not named with --records or --peers'

/** Only a service knows its store. */
const unservedStore = ', and counts in a shared store where no service runs'

type Outcome = { done: readonly ForgottenIn[]; missing: readonly MissingPlace[] }

function textOf({ field, value }: NamedOne, { group }: ForgetOptions, { done, missing }: Outcome): string {
  const where = group === undefined ? '' : ` in group ${visible(group)}`
  const left = done.flatMap(leftIn)
  return [
    `Forgot ${field} ${visible(value)}${where}:`,
    ...done.map(each => `  ${visible(each.state)}: ${erasedText(each)}`),
    ...(left.length === 0 ? [] : ['Still there:', ...left.map(line => `  ${line}`)]),
    ...(group === undefined && left.length === 0 ? ['No byte of the name is left in these folders'] : []),
    ...missingLines(missing),
    `Out of reach: ${outOfReach}${done.every(each => each.isServing) ? '' : unservedStore}`,
  ].join('\n')
}

function erasedText({ decisions, contents, segments, counts, sharedCounts }: Forgotten): string {
  const shared = sharedCounts === undefined ? '' : `, and ${sharedCounts} in the shared store`
  const counted = counts === null ? '' : `; ${plural(counts, 'count')} by the name alone${shared}`
  return `${plural(decisions, 'decision')} and ${plural(contents, 'call')} out of ${plural(segments, 'file')}${counted}`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function leftIn({ state, left, named, notShared }: ForgottenIn): readonly string[] {
  return [
    ...(notShared === undefined
      ? []
      : [`the counts in the shared store, which cannot be asked: ${visible(notShared)}. Repeat this`]),
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
  if (/^(?:history\.jsonl|pauses(?:-shared)?\.json)$/.test(file)) return ', in what people gave as reasons'
  return ''
}
