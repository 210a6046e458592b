import { localText, type Zone } from '../language/clock.ts'
import { visible } from '../language/show/visible.ts'
import { isActiveHold, type RecordHold } from '../state/holds.ts'
import { missingLines } from './covered.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { type PlaceFlags, type Places, placesOf } from './places.ts'
import { askerOf, readSpokenTime } from './spoken-time.ts'
import { readWho } from './who.ts'

/** Options of `hookwarden hold`, as typed. */
export type HoldOptions = PlaceFlags & {
  who?: string
  zone?: string
  until?: string
  case?: string
  list?: true
  end?: true
  json?: true
}

/**
 * Keep what is on record of somebody, list what is kept, or end that. 1 if a service that was to change something did
 * not answer. Throws UsageError and StateUnusable.
 */
export async function hold(options: HoldOptions, io: Io): Promise<ExitCode> {
  const places = await placesOf(options, io)
  if (options.list || options.who === undefined) return list(places, options, io)
  return options.end ? end(options.who, places, options, io) : begin(options.who, places, options, io)
}

async function begin(who: string, places: Places, options: HoldOptions, io: Io): Promise<ExitCode> {
  const one = readWho(who)
  const asker = askerOf(options.zone, io)
  if (options.until === undefined || options.case === undefined) {
    throw new UsageError(`Say until when and for what: hookwarden hold ${who} --until "30 days" --case 4711`)
  }
  const until = readSpokenTime(options.until, { ...asker, option: '--until', isEnd: true, isFuture: true })
  if (until <= asker.now) throw new UsageError(`--until ${options.until} is in the past`)
  const made: RecordHold = {
    ...one,
    until: new Date(until).toISOString(),
    case: options.case,
    since: new Date(asker.now).toISOString(),
  }
  await allThere(places)
  await places.ask({ ask: 'hold', hold: made })
  return outcome([`Held: ${holdText(made, asker.zone)}`], places, io)
}

async function end(who: string, places: Places, options: HoldOptions, io: Io): Promise<ExitCode> {
  const one = readWho(who)
  const { zone } = askerOf(options.zone, io)
  await allThere(places)
  const of = options.case
  const answers = await places.ask({ ask: 'end hold', ...one, ...(of !== undefined && { case: of }) })
  const ended = answers.flatMap(({ answer }) => answer)
  if (ended.length === 0) {
    throw new UsageError(
      [`Nothing of ${who} is held: hookwarden hold --list`, ...missingLines(places.missing)].join('\n'),
    )
  }
  return outcome(
    ended.map(each => `Ended: ${holdText(each, zone)}`),
    places,
    io,
  )
}

/** Before anything is changed anywhere. */
async function allThere(places: Places): Promise<void> {
  await places.ask({ ask: 'holds' })
}

function outcome(lines: readonly string[], { missing }: Places, io: Io): ExitCode {
  print(`${[...lines, ...missingLines(missing)].join('\n')}\n`, io)
  return missing.length === 0 ? 0 : 1
}

async function list(places: Places, options: HoldOptions, io: Io): Promise<ExitCode> {
  const { now, zone } = askerOf(options.zone, io)
  const found = (await places.ask({ ask: 'holds' })).flatMap(({ place, answer }) =>
    answer.map(each => ({ ...each, state: place.name, isActive: isActiveHold(each, now) })),
  )
  const holds = found.sort((a, b) => (a.until < b.until ? -1 : 1))
  const { missing } = places
  if (options.json) printJson({ holds, missing }, io)
  else {
    const lines = holds.map(each => {
      const where = places.all.length > 1 ? ` in ${visible(each.state)}` : ''
      return `${holdText(each, zone)}${each.isActive ? '' : ', which is over'}${where}`
    })
    const all = [...(lines.length === 0 ? ['Nothing is held'] : lines), ...missingLines(missing)]
    print(`${all.join('\n')}\n`, io)
  }
  return 0
}

function holdText({ field, value, until, case: of }: RecordHold, zone: Zone): string {
  const end = localText(zone, Date.parse(until)).slice(0, 16)
  return `${field} ${visible(value)} until ${end} for case ${visible(String(of))}`
}
