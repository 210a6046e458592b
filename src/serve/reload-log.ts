import type { Logger } from 'pino'
import { startedOver } from '../compile/counting.ts'
import type { Observer, ReloadRecord } from './observer.ts'
import { fileChanges, listed, ruleChanges } from './reload-changes.ts'
import { reloadStatus, type Show, type ShownDiagnostic } from './reload-status.ts'

import { inSlices } from './turn.ts'

/** Logs a line for each attempt to load the rules, with the changes to the rules in force and to what they count. */
export function reloadLog(log: Logger, show: Show): Pick<Observer, 'reloaded'> {
  return { reloaded: record => logReload(log, show, record) }
}

async function logReload(log: Logger, show: Show, { loaded, before }: ReloadRecord): Promise<void> {
  const { ok, error, diagnostics } = reloadStatus(loaded, show)
  const line = {
    ok,
    error,
    files: before === null || error !== undefined ? undefined : fileChanges(before.files, loaded.files),
    diagnostics: diagnostics.length === 0 ? undefined : listed(diagnostics.map(asLine)),
  }
  if (!loaded.ok) return log.error(line, 'rules not loaded; the previous rules stay in force')
  const { version, counts, compiled, counters } = loaded.ruleSet
  const changes =
    before === null ? undefined : await inSlices(ruleChanges(before.ruleSet.compiled.keys(), compiled.keys()))
  const over = before === null ? [] : startedOver(before.ruleSet.counters.values(), counters.values())
  const countsStartedOver = over.length === 0 ? undefined : listed(over)
  log.info(
    { ...line, version, rules: counts, changes, countsStartedOver },
    loaded.isNew ? 'rules loaded' : 'rules unchanged',
  )
}

function asLine({ file, line, column, severity, code, message }: ShownDiagnostic): string {
  return `${file}:${line}:${column} ${severity} ${code} ${message}`
}
