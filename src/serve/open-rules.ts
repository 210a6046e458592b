import type { Logger } from 'pino'
import type { Compiled, CompileOptions } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { checkInSteps } from '../lint/check.ts'
import { ParsedFiles } from '../store/parsed-files.ts'
import { RuleStore } from '../store/store.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { Config } from './config.ts'
import type { ServedCounts } from './counting.ts'
import type { ServedFuses } from './fuses.ts'
import type { KeptHistory } from './kept-history.ts'
import type { Observer } from './observer.ts'
import type { ServedPauses } from './pauses.ts'
import { inSlices } from './turn.ts'

/** What reloads tell. `parseScript` is `parse-worker` of the room `store`. */
export type OpenDeps = {
  log: Logger
  observer: Observer
  counts: ServedCounts
  history: KeptHistory
  pauses: ServedPauses
  fuses: ServedFuses
  parseScript: URL
}

/** The rules in force, with what follows from a reload: counts, pauses, fuses, the history and the log. */
export function openRules(
  { rules: dir, allowEmpty, settleMs }: Pick<Config, 'rules' | 'allowEmpty' | 'settleMs'>,
  deps: OpenDeps,
): RuleStore<RuleSet> {
  const { observer, counts, history, pauses, fuses } = deps
  const aside = compileAside(deps, () => store.current !== null)
  const compileRules = (files: readonly SourceFile[]) =>
    aside(files, { allowEmpty, before: store.current, isReload: true })
  const compileAnyway = (files: readonly SourceFile[]) => aside(files, { allowEmpty, before: store.current })
  const store: RuleStore<RuleSet> = new RuleStore({
    dir,
    allowEmpty,
    settleMs,
    compile: async files => {
      const found = await compileRules(files)
      const isEmptied = found.diagnostics.some(({ code }) => code === 'emptied')
      const compiled = isEmptied ? await unlessMeant(found, () => compileAnyway(files), history) : found
      // Before the first rules that count come into force: calls are decided meanwhile.
      if (store.current !== null && (compiled.ruleSet?.counters.size ?? 0) > 0) await counts.openLate()
      const { ruleSet } = compiled
      return { ...compiled, ruleSet: ruleSet && (await pauses.applied(ruleSet)) }
    },
    now: () => new Date(),
    onReload: async (loaded, before) => {
      // Before any call is decided by these rules.
      if (loaded.ok && loaded.isNew && before !== null) counts.use([...loaded.ruleSet.counters.values()])
      // A failed first load ends the process and is reported on standard error.
      if (store.current !== null) await observer.reloaded({ loaded, before })
      if (loaded.ok) void pauses.agree(loaded.ruleSet)
      if (loaded.ok && loaded.isNew && before !== null) {
        void fuses.follow()
        const { ruleSet, at, files } = loaded
        void history.keep({ ruleSet, at, files, before: before.ruleSet })
      }
    },
  })
  return store
}

/** Compiles rule sets while calls are decided, reusing files that are already parsed. */
function compileAside({ log, parseScript }: Pick<OpenDeps, 'log' | 'parseScript'>, isAwaited: () => boolean) {
  const parsed = new ParsedFiles({
    worker: parseScript,
    onError: error => log.warn({ err: error }, 'cannot parse in a separate thread'),
    isAwaited,
  })
  return async (files: readonly SourceFile[], options: CompileOptions) =>
    inSlices(checkInSteps(files, { ...options, parsed: await parsed.parse(files) }))
}

/** A file that is empty now is an error, unless somebody rolled back to a version in which it was empty. */
async function unlessMeant(refused: Compiled, again: () => Promise<Compiled>, history: KeptHistory): Promise<Compiled> {
  const compiled = await again()
  const isMeant = compiled.ruleSet !== null && (await history.isMeant(compiled.ruleSet.version))
  return isMeant ? compiled : refused
}
