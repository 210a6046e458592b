import { join } from 'node:path'
import { hasFormat } from './format.ts'
import { readIfThere } from './state.ts'
import { StateUnusable, using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/**
 * A rule that an operator put into shadow. Times are ISO 8601; without `until` it stays until it is resumed.
 *
 * `from` is the instance where it was paused, if it was taken over from there.
 */
export type RulePause = { rule: string; since: string; until?: string; why: string; who: string; from?: string }

/** The text of the file, empty if there is none: a reader compares it with what it knows. Throws StateUnusable. */
export async function pausesText(dir: string): Promise<string> {
  const path = pathOf(dir)
  return (await using(path, readIfThere(path)))?.toString() ?? ''
}

/** The pauses in the state folder. Needs no lock. Throws StateUnusable. */
export async function readPauses(dir: string): Promise<readonly RulePause[]> {
  await hasFormat(dir)
  return pausesIn(await pausesText(dir), dir)
}

/** The pauses in the text of the file. Throws StateUnusable if it is no list of them. */
export function pausesIn(text: string, dir: string): readonly RulePause[] {
  if (text.trim() === '') return []
  const read = parsed(text)
  if (Array.isArray(read) && read.every(isPause)) return read
  throw new StateUnusable(pathOf(dir), 'it is not a list of pauses, as hookwarden pause writes it')
}

/** Writes the pauses, and returns the text of the file. Throws StateUnusable. */
export async function writePauses(dir: string, pauses: readonly RulePause[]): Promise<string> {
  const path = pathOf(dir)
  const text = `${JSON.stringify(pauses, null, 1)}\n`
  const slices = (function* () {
    yield Buffer.from(text)
  })()
  await using(path, writeWhole(slices, { draft: `${path}.${process.pid}.new`, of: () => path }))
  return text
}

/** Whether a pause has ended by a time, in ms since 1970. */
export function isOver({ until }: RulePause, now: number): boolean {
  return until !== undefined && Date.parse(until) <= now
}

/** The same pauses with one added, in place of an earlier one of its rule, whose beginning it keeps. */
export function withPause(pauses: readonly RulePause[], added: RulePause): readonly RulePause[] {
  const before = pauses.find(({ rule }) => rule === added.rule)
  return [...withoutPause(pauses, added.rule), { ...added, since: before?.since ?? added.since }]
}

/** The same pauses without those of a rule. */
export function withoutPause(pauses: readonly RulePause[], rule: string): readonly RulePause[] {
  return pauses.filter(each => each.rule !== rule)
}

function pathOf(dir: string): string {
  return join(dir, 'pauses.json')
}

/** Whether something read from elsewhere is a pause. */
export function isPause(value: unknown): value is RulePause {
  if (typeof value !== 'object' || value === null) return false
  const { rule, since, until, why, who, from = '' } = value as Record<string, unknown>
  const hasEnd = until === undefined || (typeof until === 'string' && !Number.isNaN(Date.parse(until)))
  return [rule, since, why, who, from].every(each => typeof each === 'string') && hasEnd
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
