import { join } from 'node:path'
import { hasFormat } from './format.ts'
import { readIfThere } from './state.ts'
import { using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/**
 * A rule that came into force, and since when (ISO 8601): with its print, and the share for which it is in force.
 *
 * `blown`: when it was found to refuse too many people, how many, and of how many.
 */
export type FuseEntry = {
  rule: string
  print: string
  percent: number
  by: string | null
  since: string
  blown?: { at: string; refused: number; seen: number }
}

/** The entries in the state folder; undefined if there is no file, or none that this program knows. Throws StateUnusable. */
export async function readFuses(dir: string): Promise<readonly FuseEntry[] | undefined> {
  await hasFormat(dir)
  const path = pathOf(dir)
  const text = (await using(path, readIfThere(path)))?.toString() ?? ''
  const read = parsed(text) as { v?: unknown; rules?: unknown } | undefined
  return read?.v === 1 && Array.isArray(read.rules) && read.rules.every(isEntry) ? read.rules : undefined
}

/** Throws StateUnusable. */
export async function writeFuses(dir: string, entries: readonly FuseEntry[]): Promise<void> {
  const path = pathOf(dir)
  const slices = (function* () {
    yield Buffer.from('{"v":1,"rules":[\n')
    for (let at = 0; at < entries.length; at += entriesInSlice) {
      const lines = entries.slice(at, at + entriesInSlice).map(entry => JSON.stringify(entry))
      yield Buffer.from(`${at === 0 ? '' : ',\n'}${lines.join(',\n')}`)
    }
    yield Buffer.from('\n]}\n')
  })()
  await using(path, writeWhole(slices, { draft: `${path}.new`, of: () => path }))
}

const entriesInSlice = 500

function pathOf(dir: string): string {
  return join(dir, 'fuses.json')
}

function isEntry(value: unknown): value is FuseEntry {
  if (typeof value !== 'object' || value === null) return false
  const { rule, print, percent, by, since, blown } = value as Record<string, unknown>
  const areTexts = [rule, print, since].every(each => typeof each === 'string')
  const hasTime = typeof since === 'string' && !Number.isNaN(Date.parse(since))
  const { at, refused, seen } = (blown ?? { at: '', refused: 0, seen: 0 }) as Record<string, unknown>
  const isBlown = typeof at === 'string' && typeof refused === 'number' && typeof seen === 'number'
  return areTexts && hasTime && isBlown && typeof percent === 'number' && (by === null || typeof by === 'string')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
