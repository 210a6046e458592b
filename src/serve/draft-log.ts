import type { Logger } from 'pino'
import type { DraftDifference, DraftLoaded } from './draft-messages.ts'
import { LineLimit } from './line-limit.ts'
import { listed } from './reload-changes.ts'

/** A draft may decide every call otherwise: of so many in 10 s there is a line, then one with the number of the others. */
const intervalMs = 10_000
const mostDiffering = 100

/** The lines of the log about a draft. None holds a value of a call. */
export function draftLog(log: Logger) {
  const limit = new LineLimit({
    most: mostDiffering,
    intervalMs,
    onLeftOut: (_, leftOut) => log.info({ leftOut }, 'more calls that the draft decides otherwise'),
  })
  return {
    loaded: ({ ok, error, diagnostics, inUse, isNew }: DraftLoaded) => {
      const shown = diagnostics.map(
        each => `${each.file}:${each.line}:${each.column} ${each.severity} ${each.code} ${each.message}`,
      )
      const line = {
        ok,
        error,
        version: inUse?.version,
        rules: inUse?.counts,
        diagnostics: shown.length === 0 ? undefined : listed(shown),
      }
      if (ok) log.info(line, isNew ? 'draft loaded' : 'draft unchanged')
      else log.error(line, inUse === undefined ? 'draft not loaded' : 'draft not loaded; the previous draft stays')
    },
    differs: ({ id, callback, difference, draft }: DraftDifference, version: string | null) => {
      if (!limit.admits('differing')) return
      const { kind, rule } = difference
      const { code, rewrites } = draft
      const line = { requestId: id, callback, version, difference: kind, rule, code, rewritten: rewrites }
      log.info(line, 'the draft decides otherwise')
    },
    shed: (shed: object, note: string | undefined) => log.warn({ shed, note }, 'calls not decided by the draft'),
    problem: (reason: string) => log.warn({ reason }, 'trouble with the draft'),
    failed: (reason: string, againInMs: number) => log.error({ reason, againInMs }, 'the thread of the draft ended'),
  }
}
