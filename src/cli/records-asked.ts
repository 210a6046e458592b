import type { TimeSpan } from '../state/segments.ts'
import { type Io, UsageError } from './io.ts'
import { type PlaceFlags, type Places, placesOf } from './places.ts'
import { type Asker, askerOf, readSpokenTime } from './spoken-time.ts'

/** The flags of every command that asks the record. */
export type RecordFlags = PlaceFlags & {
  since?: string
  until?: string
  zone?: string
}

/** Where and for which time the record is asked. */
export type RecordsAsked = TimeSpan & Asker & { places: Places }

/** Read the flags; `since` is the default for `--since`, in ms since 1970. Throws UsageError. */
export async function readRecordFlags(flags: RecordFlags, io: Io, since = 0): Promise<RecordsAsked> {
  const asker = askerOf(flags.zone, io)
  const asked = {
    since: flags.since === undefined ? since : readSpokenTime(flags.since, { ...asker, option: '--since' }),
    until:
      flags.until === undefined ? asker.now : readSpokenTime(flags.until, { ...asker, option: '--until', isEnd: true }),
  }
  if (asked.since > asked.until) {
    throw new UsageError(
      `--since ${flags.since ?? ''} is later than --until ${flags.until ?? 'now'}: nothing is between`,
    )
  }
  return { ...asker, ...asked, places: await placesOf(flags, io) }
}
