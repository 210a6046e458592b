import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Compiled } from '../compile/compile.ts'
import { withPaused } from '../compile/paused.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { checkInSteps } from '../lint/check.ts'
import { type Loaded, RuleStore } from '../store/store.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { Config } from './config.ts'
import type { DraftLoaded } from './draft-messages.ts'
import { reloadStatus, show } from './reload-status.ts'

/** What loading a draft needs. */
export type DraftRulesDeps = Pick<Config, 'allowEmpty' | 'draft' | 'settleMs'> & {
  /** The rules that operators have paused. */
  paused: readonly string[]
  /** Called between pieces of work. What it throws is why the draft cannot be loaded. */
  checkMemory(): void
  /** Called before any call is decided by a new draft. */
  onNew(ruleSet: RuleSet, files: readonly SourceFile[]): void
  onLoaded(loaded: DraftLoaded): void
}

/** The draft: a rules folder that loads when it changes, while calls are decided by the one before. */
export class DraftRules {
  readonly #deps: DraftRulesDeps
  readonly store: RuleStore<RuleSet>
  #paused: ReadonlySet<string>

  constructor(deps: DraftRulesDeps) {
    const { draft: dir, allowEmpty, settleMs } = deps
    this.#deps = deps
    this.#paused = new Set(deps.paused)
    this.store = new RuleStore({
      dir,
      allowEmpty,
      settleMs,
      compile: files => this.#compile(files),
      now: () => new Date(),
      onReload: async (loaded, before) => {
        if (loaded.ok && loaded.isNew) deps.onNew(loaded.ruleSet, loaded.files)
        const isNew = loaded.ok && (loaded.isNew || before === null)
        deps.onLoaded({ ...toldOf(loaded), isNew, ...this.#inUse() })
        await this.#applyPauses()
      },
    })
  }

  /** The rules that are paused from now on. */
  async pause(rules: readonly string[]): Promise<void> {
    this.#paused = new Set(rules)
    await this.#applyPauses()
  }

  async #compile(files: readonly SourceFile[]): Promise<Compiled> {
    const options = { allowEmpty: this.#deps.allowEmpty, before: this.store.current, isReload: true }
    const compiled = await this.#inSlices(checkInSteps(files, options))
    const { ruleSet } = compiled
    return { ...compiled, ruleSet: ruleSet && (await this.#inSlices(withPaused(ruleSet, this.#paused))) }
  }

  /** What was paused or resumed while the draft was compiled. */
  async #applyPauses(): Promise<void> {
    for (let from = this.store.current; from !== null; from = this.store.current) {
      const paused = this.#paused
      const to = await this.#inSlices(withPaused(from, paused))
      if (to === from || (this.store.vary(from, to) && paused === this.#paused)) return
    }
  }

  /** Some calls are decided in between: a batch takes a few milliseconds, and nobody waits for either. */
  async #inSlices<T>(steps: Generator<unknown, T>): Promise<T> {
    for (let startedMs = performance.now(); ; ) {
      const step = steps.next()
      if (step.done) return step.value
      this.#deps.checkMemory()
      if (performance.now() - startedMs < sliceMs) continue
      await nextTurn()
      startedMs = performance.now()
    }
  }

  #inUse(): Pick<DraftLoaded, 'inUse'> {
    const { current, since } = this.store
    if (current === null || since === null) return {}
    const { version, counts, counters } = current
    return { inUse: { version, counts, since, isCounting: counters.size > 0 } }
  }
}

const sliceMs = 20

/** The diagnostics that are told, errors first. */
const mostDiagnostics = 50

function toldOf(loaded: Loaded<RuleSet>): Omit<DraftLoaded, 'inUse' | 'isNew'> {
  const { diagnostics } = loaded
  const [errors, warnings] = [true, false].map(isError =>
    diagnostics.filter(({ severity }) => (severity === 'error') === isError),
  ) as [Diagnostic[], Diagnostic[]]
  const told = [...errors, ...warnings].slice(0, mostDiagnostics)
  const status = reloadStatus({ ...loaded, diagnostics: told }, show)
  return { ...status, errors: errors.length, others: diagnostics.length - told.length }
}
