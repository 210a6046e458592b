import type { Logger } from 'pino'
import { blocksOf, describeChanges } from '../changes/describe-changes.ts'
import { compileInSteps } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { commitOf } from '../state/git.ts'
import { addToHistory, dropReason, type HistoryLine, lastOfHistory, reasonFor } from '../state/history.ts'
import { keepRules, readRules } from '../state/kept-rules.ts'
import { pruneHistory } from '../state/prune-history.ts'
import { StateInUse, StateUnusable } from '../state/state-errors.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { KeptState } from './kept-state.ts'
import type { Observer } from './observer.ts'
import { inSlices } from './turn.ts'

/** A rule set that came into force, since when (ISO 8601), its files, and the one before it in this process. */
export type CameInForce = { ruleSet: RuleSet; at: string; files: readonly SourceFile[]; before: RuleSet | null }

/** What keeping the history needs. `rules` is the rules folder. */
type HistoryDeps = {
  rules: string
  state: Pick<KeptState, 'dir' | 'open'>
  log: Logger
  observer: Pick<Observer, 'cameInForce'>
}

/**
 * Keeps each rule set that comes into force, with who changed it, why, and how: one after another, while calls go on.
 *
 * A history that cannot be kept is only logged.
 */
export class KeptHistory {
  readonly #deps: HistoryDeps
  #queue: Promise<void> = Promise.resolve()
  #problem = ''
  /** How many lines were added since old ones were removed. */
  #added = linesBetween

  constructor(deps: HistoryDeps) {
    this.#deps = deps
  }

  /** Resolves when it is kept, or logged why not. */
  keep(came: CameInForce): Promise<void> {
    this.#queue = this.#queue
      .then(() => this.#keepNow(came))
      .then(() => this.#prune())
      .catch(error => this.#failed(error))
    return this.#queue
  }

  /** Whether somebody rolled back to this version, whose files are being loaded. A note that cannot be read is none. */
  async isMeant(version: string): Promise<boolean> {
    try {
      return (await reasonFor(this.#deps.state.dir, version)) !== undefined
    } catch (error) {
      this.#failed(error)
      return false
    }
  }

  /** Resolves when everything is kept. */
  get ended(): Promise<void> {
    return this.#queue
  }

  async #keepNow({ ruleSet, at, files, before }: CameInForce): Promise<void> {
    const { state, observer } = this.#deps
    const { dir } = await state.open()
    const { version } = ruleSet
    const last = await lastOfHistory(dir)
    await keepRules(dir, version, files)
    if (last?.version === version) return
    const old = before ?? (last && (await rulesOfVersion(dir, last.version, ruleSet)))
    const sentences = old ? await sentencesOfChange(old, ruleSet) : []
    const line = { v: 1, at, version, before: last?.version ?? null } as const
    const added = { ...line, ...(await this.#originOf(dir, version, files)), sentences }
    await addToHistory(dir, added)
    if (added.source === 'rollback' || added.source === 'page') await dropReason(dir)
    observer.cameInForce(added)
    this.#problem = ''
    this.#added += 1
  }

  /** Old lines and rule sets go at the start, and then now and then. */
  async #prune(): Promise<void> {
    if (this.#added < linesBetween) return
    this.#added = 0
    try {
      await pruneHistory(this.#deps.state.dir, { now: Date.now(), run: inSlices })
    } catch (error) {
      if (!(error instanceof StateUnusable)) throw error
      this.#deps.log.warn({ reason: error.message }, 'old rules are not removed')
    }
  }

  async #originOf(dir: string, version: string, files: readonly SourceFile[]): Promise<Origin> {
    const reason = await reasonFor(dir, version)
    if (reason !== undefined) {
      const { who, why, source, replaced } = reason
      return { who, why, source, replaced }
    }
    const found = await commitOf(this.#deps.rules, files)
    if (found === undefined) return { who: null, why: null, source: 'file' }
    const { commit, author, subject } = found
    return { who: author, why: subject, source: 'git', commit, subject }
  }

  #failed(error: unknown): void {
    const { log } = this.#deps
    if (!(error instanceof StateUnusable || error instanceof StateInUse)) {
      log.error({ err: error }, 'history is not kept')
      return
    }
    if (error.message === this.#problem) return
    this.#problem = error.message
    log.warn({ reason: error.message }, 'history is not kept')
  }
}

/** So often old lines are looked for: that means reading all of them. */
const linesBetween = 100

type Origin = Pick<HistoryLine, 'who' | 'why' | 'source' | 'commit' | 'subject' | 'replaced'>

/** The rules of a version that was in force before this process; undefined if they are lost, damaged, or no longer load. */
async function rulesOfVersion(dir: string, version: string, now: RuleSet): Promise<RuleSet | undefined> {
  const kept = await readRules(dir, version).catch(onlyIfUnusable)
  if (kept === undefined) return undefined
  return (await inSlices(compileInSteps(kept.files, { before: now }))).ruleSet ?? undefined
}

/** A version is kept all the same, if without what changed since the one before. */
function onlyIfUnusable(error: unknown): undefined {
  if (!(error instanceof StateUnusable)) throw error
}

/** Enough for a reader; `hookwarden history --diff` has the rest. */
const limits = { rules: 100, pairs: 20_000 }
const mostBlocks = 200
const longestBlock = 2_000

async function sentencesOfChange(old: RuleSet, now: RuleSet): Promise<readonly string[]> {
  const blocks = blocksOf(await inSlices(describeChanges(old, now, limits)))
  const shown = blocks.slice(0, mostBlocks).map(block => block.slice(0, longestBlock))
  return blocks.length === shown.length ? shown : [...shown, `… and ${blocks.length - shown.length} more changes`]
}
