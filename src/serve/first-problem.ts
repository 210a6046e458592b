import { createColors } from 'picocolors'
import type { RuleSet } from '../compile/ruleset.ts'
import { renderPretty, summary } from '../language/show/render.ts'
import { CountsUnusable } from '../state/open-counts.ts'
import { StateInUse } from '../state/state-errors.ts'
import { FolderUnreadable } from '../store/folder-unreadable.ts'
import type { Loaded, RuleStore } from '../store/store.ts'
import type { Config } from './config.ts'
import type { ServedCounts } from './counting.ts'
import { RecordUnusable, type ServedRecord } from './recording.ts'
import { textsOf } from './reload-status.ts'

/** What must be in order before anything is served, and how to say what is not. */
export type ProblemDeps = {
  config: Config
  io: { env: Readonly<Record<string, string | undefined>>; isTerminal: boolean }
  store: RuleStore<RuleSet>
  counts: ServedCounts
  record: Pick<ServedRecord, 'open'>
}

/** Loads the rules and opens what they need; resolves with why that is impossible, for operators. Throws FolderUnreadable. */
export async function firstProblem(deps: ProblemDeps): Promise<string | undefined> {
  return (await problemOfRules(deps)) ?? (await problemOfCounts(deps)) ?? (await problemOfRecord(deps))
}

/** Why the rules cannot be loaded. A function of its own, since its caller would keep the large result in memory. */
async function problemOfRules({ store, io }: ProblemDeps): Promise<string | undefined> {
  const first = await store.reload()
  if (!first.ok && first.error instanceof FolderUnreadable) throw first.error
  return first.ok ? undefined : whyNotLoaded(first, io)
}

/** Why the rules cannot be counted by: another process keeps its counts there, or a setting is wrong. */
async function problemOfCounts({ store, counts, config }: ProblemDeps): Promise<string | undefined> {
  const counters = [...(store.current?.counters.values() ?? [])]
  try {
    if (counters.length > 0 || config.counts !== '') await counts.open()
  } catch (error) {
    if (error instanceof StateInUse || error instanceof CountsUnusable) return error.message
    throw error
  }
  counts.use(counters)
  return undefined
}

/** Why decisions cannot be recorded: a file of the settings, or another process that uses the folder. */
async function problemOfRecord({ record }: ProblemDeps): Promise<string | undefined> {
  try {
    await record.open()
    return undefined
  } catch (error) {
    if (error instanceof StateInUse || error instanceof RecordUnusable) return error.message
    throw error
  }
}

function whyNotLoaded(loaded: Loaded<RuleSet>, io: ProblemDeps['io']): string {
  const { diagnostics, files } = loaded
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const findings = diagnostics.length === 0 ? [] : [renderPretty(diagnostics, textsOf(diagnostics, files), { colors })]
  const error = loaded.ok || loaded.error === undefined ? summary(diagnostics) : loaded.error.message
  return [...findings, error].join('\n\n')
}
