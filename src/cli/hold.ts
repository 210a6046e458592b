import { localText, type Zone } from '../language/clock.ts'
import { visible } from '../language/show/visible.ts'
import { changeHolds } from '../state/change-holds.ts'
import { type RecordHold, readHolds } from '../state/holds.ts'
import { mustBeThere } from '../state/segments.ts'
import { askService } from './ask-service.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { stateOf } from './records-asked.ts'
import { askerOf, readSpokenTime } from './spoken-time.ts'
import { readWho } from './who.ts'

/** Options of `hookwarden hold`, as typed. */
export type HoldOptions = {
  who?: string
  state?: string
  records?: readonly string[]
  zone?: string
  until?: string
  case?: string
  list?: true
  end?: true
  json?: true
}

/** Keep what is on record of somebody, list what is kept, or end that. Throws UsageError and StateUnusable. */
export async function hold(options: HoldOptions, io: Io): Promise<ExitCode> {
  const dirs = options.records ?? [stateOf(options, io)]
  for (const dir of dirs) await mustBeThere(dir)
  if (options.list || options.who === undefined) return list(dirs, options, io)
  return options.end ? end(options.who, dirs, options, io) : begin(options.who, dirs, options, io)
}

async function begin(who: string, dirs: readonly string[], options: HoldOptions, io: Io): Promise<ExitCode> {
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
  const isSame = (each: RecordHold) => each.value === made.value && each.field === made.field && each.case === made.case
  for (const dir of dirs) {
    await changeHolds(dir, holds => [...holds.filter(each => !isSame(each)), made])
    await note(dir, 'hold', made.case)
  }
  print(`Held: ${holdText(made, asker.zone)}\n`, io)
  return 0
}

async function end(who: string, dirs: readonly string[], options: HoldOptions, io: Io): Promise<ExitCode> {
  const one = readWho(who)
  const { now, zone } = askerOf(options.zone, io)
  const isMeant = (each: RecordHold) =>
    isActive(each, now) &&
    each.field === one.field &&
    each.value === one.value &&
    (options.case === undefined || each.case === options.case)
  const ended: RecordHold[] = []
  for (const dir of dirs) {
    const meant = (await readHolds(dir)).filter(isMeant)
    ended.push(...meant)
    if (meant.length === 0) continue
    const until = new Date(now).toISOString()
    await changeHolds(dir, holds => holds.map(each => (isMeant(each) ? { ...each, until } : each)))
    for (const each of meant) await note(dir, 'hold ended', each.case)
  }
  if (ended.length === 0) throw new UsageError(`Nothing of ${who} is held: hookwarden hold --list`)
  print(`${ended.map(each => `Ended: ${holdText(each, zone)}`).join('\n')}\n`, io)
  return 0
}

async function list(dirs: readonly string[], options: HoldOptions, io: Io): Promise<ExitCode> {
  const { now, zone } = askerOf(options.zone, io)
  const found = await Promise.all(
    dirs.map(async dir => (await readHolds(dir)).map(each => ({ ...each, state: dir, isActive: isActive(each, now) }))),
  )
  const holds = found.flat().sort((a, b) => (a.until < b.until ? -1 : 1))
  if (options.json) printJson({ holds }, io)
  else {
    const lines = holds.map(each => {
      const where = dirs.length > 1 ? ` in ${visible(each.state)}` : ''
      return `${holdText(each, zone)}${each.isActive ? '' : ', which is over'}${where}`
    })
    print(`${lines.length === 0 ? 'Nothing is held' : lines.join('\n')}\n`, io)
  }
  return 0
}

/** Puts it on record if a service runs, without the name: whoever is held may have to be forgotten later. */
async function note(dir: string, event: HoldNote, of: string): Promise<void> {
  await askService(dir, '/record/note', { event, case: String(of) })
}

type HoldNote = 'hold' | 'hold ended'

/** Whether a hold has not ended. */
export function isActive({ until }: RecordHold, now: number): boolean {
  return !(Date.parse(until) <= now)
}

function holdText({ field, value, until, case: of }: RecordHold, zone: Zone): string {
  const end = localText(zone, Date.parse(until)).slice(0, 16)
  return `${field} ${visible(value)} until ${end} for case ${visible(String(of))}`
}
