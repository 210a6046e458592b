import type { Logger } from 'pino'
import type { RuleStore } from '../store/store.ts'
import { type RulesInForce, reloadStatus, type Show, type ShownDiagnostic } from './status.ts'

/** Write the line of one attempt to load the rules. */
export function logReload<R extends RulesInForce>(
  log: Logger,
  loaded: NonNullable<RuleStore<R>['lastReload']>,
  show: Show,
): void {
  const { ok, error, diagnostics } = reloadStatus(loaded, show)
  const line = { ok, error, diagnostics: diagnostics.length === 0 ? undefined : listed(diagnostics) }
  if (loaded.ok) {
    const { version, counts } = loaded.ruleSet
    log.info({ ...line, version, rules: counts }, loaded.isNew ? 'rules loaded' : 'rules unchanged')
  } else {
    log.error(line, 'rules not loaded, those in force stay')
  }
}

/** Whoever needs to see more of them asks the status, or runs the check. */
const shown = 20

function listed(diagnostics: readonly ShownDiagnostic[]): string[] {
  const lines = diagnostics
    .slice(0, shown)
    .map(
      ({ file, line, column, severity, code, message }) => `${file}:${line}:${column} ${severity} ${code} ${message}`,
    )
  return diagnostics.length <= shown ? lines : [...lines, `and ${diagnostics.length - shown} more`]
}
