import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isOver, isPause, type RulePause } from './pauses.ts'
import { readIfThere } from './state.ts'
import { codeIn, using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/**
 * The last change of the pause of a rule, as instances tell each other: a pause, or null for the end of one.
 *
 * `at`, in ms since 1970, orders the changes of a rule. `from` is the instance that made it; `who` asked for it.
 */
export type PauseChange = { at: number; from: string; who: string; pause: RulePause | null }

/** The last changes by rule. */
export type PauseChanges = ReadonlyMap<string, PauseChange>

/** How long the end of a pause is remembered: whoever was away for longer brings the pause back. */
export const endMs = 32 * 86_400_000

/** An end that came with the pause is remembered for a day, for clocks that differ. */
const overMs = 86_400_000

/** Longer texts are cut when they are shared, as they are refused when a service is asked. */
const longestText = 500

/** When a change may be forgotten, in ms since 1970; 0 for never. */
export function goneAt({ at, pause }: PauseChange): number {
  if (pause === null) return at + endMs
  return pause.until === undefined ? 0 : Date.parse(pause.until) + overMs
}

/** A change as text for the store; its beginning is what the script there reads. */
export function changeText(change: PauseChange): string {
  return `${change.at} ${goneAt(change)} ${change.pause === null ? 1 : 0} ${JSON.stringify(change)}`
}

/** Reads a change; undefined if it is none that this program knows. */
export function readChange(rule: string, text: string): PauseChange | undefined {
  const json = /^\d+ \d+ [01] (.*)$/s.exec(text)?.[1]
  return json === undefined ? undefined : changeIn(rule, parsed(json))
}

/** The changes that lead from what is known to these pauses. Whatever was known before them is older. */
export function changesTo(
  pauses: readonly RulePause[],
  known: PauseChanges,
  { at, now, from, who }: { at: number; now: number; from: string; who: string },
): PauseChanges {
  const changes = new Map<string, PauseChange>()
  const later = (rule: string) => Math.max(at, (known.get(rule)?.at ?? 0) + 1)
  for (const each of pauses) {
    const { from: taken, ...pause } = { ...each, why: cut(each.why), who: cut(each.who) }
    const before = known.get(pause.rule)?.pause
    if (before && isSame(before, pause)) continue
    changes.set(pause.rule, { at: later(pause.rule), from: taken ?? from, who: pause.who, pause })
  }
  const paused = new Set(pauses.map(({ rule }) => rule))
  for (const [rule, { pause }] of known) {
    if (pause === null || paused.has(rule) || isOver(pause, now)) continue
    changes.set(rule, { at: later(rule), from, who, pause: null })
  }
  return changes
}

/** The changes that a state folder knows of; none that this program does not understand. Throws StateUnusable. */
export async function readKnownChanges(dir: string): Promise<PauseChanges> {
  const path = join(dir, fileName)
  const read = parsed((await using(path, readIfThere(path)))?.toString() ?? '')
  const entries = typeof read === 'object' && read !== null ? Object.entries(read) : []
  return new Map(
    entries.flatMap(([rule, value]) => {
      const change = changeIn(rule, value)
      return change === undefined ? [] : [[rule, change] as const]
    }),
  )
}

/** Keeps what is known for the next start. Throws StateUnusable. */
export async function writeKnownChanges(dir: string, changes: PauseChanges): Promise<void> {
  const path = join(dir, fileName)
  const slices = (function* () {
    yield Buffer.from(`${JSON.stringify(Object.fromEntries(changes), null, 1)}\n`)
  })()
  await using(path, writeWhole(slices, { draft: `${path}.new`, of: () => path }))
}

/** When the file of pauses was written, in ms since 1970; undefined if there is none. */
export async function pausesWrittenAt(dir: string): Promise<number | undefined> {
  try {
    return Math.floor((await stat(join(dir, 'pauses.json'))).mtimeMs)
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return undefined
    throw error
  }
}

const fileName = 'pauses-shared.json'

function isSame(one: RulePause, other: RulePause): boolean {
  const keys = ['since', 'until', 'why', 'who'] as const
  return keys.every(key => one[key] === other[key])
}

function cut(text: string): string {
  return text.slice(0, longestText)
}

function changeIn(rule: string, value: unknown): PauseChange | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { at, from, who, pause } = value as Record<string, unknown>
  if (!Number.isSafeInteger(at) || typeof from !== 'string' || typeof who !== 'string') return undefined
  const isKnown = pause === null || (isPause(pause) && pause.rule === rule)
  return isKnown ? { at: at as number, from, who, pause } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
