import { rm, stat } from 'node:fs/promises'
import type { Steps } from '../yaml/steps.ts'
import { historyFile, notedReason } from './history.ts'
import { rulesFile, versionsKept } from './kept-rules.ts'
import { historyLimits, type PrunedHistory, prunedHistory } from './pruned-history.ts'
import { hourMs } from './segment-names.ts'
import { allSegments } from './segments.ts'
import { readIfThere } from './state.ts'
import { codeIn, using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/** `now` is in ms since 1970; `run` runs steps with pauses. */
type PruneDeps = { now: number; run: <T>(steps: Steps<T>) => Promise<T>; limits?: typeof historyLimits }

/**
 * Bounds the history and the rule sets beside it, and never removes what a decision on record was made by.
 *
 * Nobody else may add lines meanwhile. Throws StateUnusable.
 */
export async function pruneHistory(dir: string, { now, run, limits = historyLimits }: PruneDeps): Promise<void> {
  const path = historyFile(dir)
  const text = (await using(path, readIfThere(path)))?.toString() ?? ''
  const envelopes = (await allSegments(dir)).filter(({ kind }) => kind === 'envelope')
  const hours = [...new Set(envelopes.map(({ hour }) => hour))].sort((a, b) => a - b)
  const pruned = await run(prunedHistory(text.split('\n').filter(Boolean), hours, limits))
  await removeRules(dir, pruned, { now, lastHour: hours.at(-1) ?? Number.NEGATIVE_INFINITY })
  if (!pruned.isChanged) return
  const slices = (function* () {
    for (const line of pruned.lines) yield Buffer.from(`${line}\n`)
  })()
  await using(path, writeWhole(slices, { draft: `${path}.new`, of: () => path }))
}

/** A file that is so new may be one that a rollback is about to name. */
const newMs = hourMs

/** No line names it: rules that never came into force, or whose line could not be written. */
const unnamedMs = 24 * hourMs

async function removeRules(
  dir: string,
  { needed, unneeded }: PrunedHistory,
  { now, lastHour }: { now: number; lastHour: number },
): Promise<void> {
  const reason = await notedReason(dir)
  for (const version of await versionsKept(dir)) {
    if (needed.has(version) || version === reason?.version || version === reason?.replaced) continue
    const path = rulesFile(dir, version)
    const writtenAt = await using(path, writtenAtOf(path))
    const isUnnamed = !unneeded.has(version)
    if (writtenAt > now - (isUnnamed ? unnamedMs : newMs)) continue
    // From when it was written on, it may have decided everything.
    if (isUnnamed && lastHour >= writtenAt - hourMs) continue
    await using(path, rm(path, { force: true }))
  }
}

async function writtenAtOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return Number.POSITIVE_INFINITY
    throw error
  }
}
