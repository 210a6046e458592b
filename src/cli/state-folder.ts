import { hasFormat } from '../state/format.ts'
import type { HistoryLine } from '../state/history.ts'
import { type KeptRules, readRules, versionsKept } from '../state/kept-rules.ts'
import { type Io, UsageError } from './io.ts'

/** The state folder if none is given. */
const defaultState = '.hookwarden'

/** The state folder to read: as given, as in the environment, or the default. Throws StateUnusable if it is newer. */
export async function stateFolder(given: string | undefined, io: Io): Promise<string> {
  const dir = given ?? io.env.HOOKWARDEN_STATE ?? defaultState
  await hasFormat(dir)
  return dir
}

/** How many characters of a version are shown. */
const shownLength = 8

/** A version in short. */
export function shortVersion(version: string): string {
  return version.slice(0, shownLength)
}

/** The version in a state folder that starts with a text. Throws UsageError if it is none, or several. */
export async function findVersion(state: string, written: string, lines: readonly HistoryLine[]): Promise<string> {
  return versionMeant(written, { all: await versionsKept(state), where: state, lines })
}

/** The versions that are kept somewhere, and the history that names them. */
type KeptVersions = { all: readonly string[]; where: string; lines: readonly HistoryLine[] }

/** The version that starts with a text. Throws UsageError if it is none, or several. */
export function versionMeant(written: string, { all, where, lines }: KeptVersions): string {
  const found = all.filter(version => version.startsWith(written.toLowerCase()))
  if (found.length === 1) return found[0] as string
  if (found.length > 1) {
    throw new UsageError(
      `Several versions start with "${written}": ${found.map(shortVersion).join(', ')}. Write more of it`,
    )
  }
  const recent = [...new Set(lines.map(({ version }) => shortVersion(version)).reverse())].slice(0, mostListed)
  const known = recent.length === 0 ? 'None is kept yet' : `The last ones are ${recent.join(', ')}`
  throw new UsageError(`There is no version "${written}" in ${where}. ${known}; see hookwarden history`)
}

const mostListed = 5

/** The files of a version. Throws UsageError if they are lost. */
export async function rulesOfKept(state: string, version: string): Promise<KeptRules> {
  const kept = await readRules(state, version)
  if (kept === undefined) throw new UsageError(`The files of version ${shortVersion(version)} are not in ${state}`)
  return kept
}

/** A time as people read it, in the time zone of this machine: `2026-12-01 15:30`. */
export function localTime(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}
