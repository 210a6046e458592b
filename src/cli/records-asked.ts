import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TimeSpan } from '../state/segments.ts'
import { reasonIn } from '../state/state-errors.ts'
import { type Io, UsageError } from './io.ts'
import { type Asker, askerOf, readSpokenTime } from './spoken-time.ts'

/** The flags of every command that asks the record. */
export type RecordFlags = {
  state?: string
  records?: readonly string[]
  since?: string
  until?: string
  zone?: string
}

/** Where and for which time the record is asked. */
export type RecordsAsked = TimeSpan & Asker & { dirs: readonly string[] }

/** Read the flags; `since` is the default for `--since`, in ms since 1970. Throws UsageError. */
export function readRecordFlags(flags: RecordFlags, io: Io, since = 0): RecordsAsked {
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
  return { ...asker, ...asked, dirs: flags.records ?? [stateOf(flags, io)] }
}

/** The state folder of `--state`, or of `serve` in the same place. */
export function stateOf({ state }: Pick<RecordFlags, 'state'>, { env }: Io): string {
  return state ?? env.HOOKWARDEN_STATE ?? '.hookwarden'
}

/** The secrets of state folders, with which their records hash what is masked; folders without one are left out. */
export async function secretsOf(dirs: readonly string[], secretFile?: string): Promise<readonly string[]> {
  if (secretFile !== undefined) return [(await readSecret(secretFile)).toString('latin1').trim()]
  const found = await Promise.all(dirs.map(dir => readFile(join(dir, 'secret')).catch(() => undefined)))
  return found.filter(secret => secret !== undefined).map(secret => secret.toString('base64url'))
}

async function readSecret(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new UsageError(`Cannot read the file of --secret-file: ${reasonIn(cause)}`, { cause })
  }
}
