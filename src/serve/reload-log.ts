import type { Logger } from 'pino'
import type { Rule } from '../language/rule.ts'
import type { InForce, Loaded } from '../store/store.ts'
import { inSlices } from './in-slices.ts'
import { fileChanges, listed, ruleChanges } from './reload-changes.ts'
import { type RulesInForce, reloadStatus, type Show, type ShownDiagnostic } from './status.ts'

/** Rules in force that can be compared with others: `compiled` has each of them. */
export type RulesToCompare = RulesInForce & { readonly compiled: ReadonlyMap<Rule, unknown> }

/** Write the line of one attempt to load the rules, with what it changed in those in force. */
export async function logReload<R extends RulesToCompare>(
  log: Logger,
  loaded: Loaded<R>,
  before: Pick<InForce<R>, 'ruleSet' | 'files'> | null,
  show: Show,
): Promise<void> {
  const { ok, error, diagnostics } = reloadStatus(loaded, show)
  const line = {
    ok,
    error,
    files: before === null || error !== undefined ? undefined : fileChanges(before.files, loaded.files),
    diagnostics: diagnostics.length === 0 ? undefined : listed(diagnostics.map(asLine)),
  }
  if (!loaded.ok) return log.error(line, 'rules not loaded, those in force stay')
  const { version, counts, compiled } = loaded.ruleSet
  const changes =
    before === null ? undefined : await inSlices(ruleChanges(before.ruleSet.compiled.keys(), compiled.keys()))
  log.info({ ...line, version, rules: counts, changes }, loaded.isNew ? 'rules loaded' : 'rules unchanged')
}

function asLine({ file, line, column, severity, code, message }: ShownDiagnostic): string {
  return `${file}:${line}:${column} ${severity} ${code} ${message}`
}
