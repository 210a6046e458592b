import { setTimeout as delay } from 'node:timers/promises'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import { type Attempt, attempt, type Compile, type Versioned } from './attempt.ts'
import { type FolderLook, isSameLook, look, patienceFor, settle } from './settle.ts'

/** The result of loading the rules from disk. `at` is ISO 8601; `files` are those that the diagnostics point into. */
export type Loaded<R extends Versioned> = {
  at: string
  files: readonly SourceFile[]
  diagnostics: readonly Diagnostic[]
} & ({ ok: true; ruleSet: R; isNew: boolean } | Failed)

/** The rules in force stay. `error` is the reason if it is not in the diagnostics; its message is for operators. */
type Failed = { ok: false; error?: Error }

/** The rules in force, since when (ISO 8601), and the files they were compiled from. */
export type InForce<R extends Versioned> = { ruleSet: R; since: string; files: readonly SourceFile[] }

/** What a `RuleStore` needs. */
export type StoreDeps<R extends Versioned> = {
  dir: string
  compile: Compile<R>
  now: () => Date
  /** Called after every attempt, with the rules that were in force before it. The next reload waits for it. */
  onReload?: (loaded: Loaded<R>, before: InForce<R> | null) => void | Promise<void>
  /** Treat a missing folder as empty instead of as a failure. Whether no files are valid is up to `compile`. */
  allowEmpty?: boolean
  /** How long the folder must be quiet before a change is loaded. */
  settleMs?: number
  /** Resolves after a time in milliseconds. */
  wait?: (ms: number) => Promise<unknown>
}

/** How long a folder must be quiet by default, and at most if somebody waits for the load. */
const briefMs = 100

/**
 * The rules in force: those of the last successful load.
 *
 * They are replaced in one assignment, completely or not at all. Reloads run one after another, so the last edit wins.
 */
export class RuleStore<R extends Versioned> {
  readonly #deps: StoreDeps<R>
  #queue: Promise<unknown> = Promise.resolve()
  /** The reload that waits for the current one to finish. */
  #nextReload: Promise<Loaded<R>> | null = null
  #inForce: InForce<R> | null = null
  #lastReload: Loaded<R> | null = null
  /** The folder that the last attempt was made from, as last read. */
  #tried: FolderLook | null = null
  #isUrgent = true

  constructor(deps: StoreDeps<R>) {
    this.#deps = deps
  }

  /** The rule set in force; null until the first successful load. */
  get current(): R | null {
    return this.#inForce?.ruleSet ?? null
  }

  /** The files that the rules in force were compiled from; empty until the first successful load. */
  get files(): readonly SourceFile[] {
    return this.#inForce?.files ?? []
  }

  /** When the rules in force took effect, ISO 8601. */
  get since(): string | null {
    return this.#inForce?.since ?? null
  }

  /** The last attempt; null until the first one ends. */
  get lastReload(): Loaded<R> | null {
    return this.#lastReload
  }

  /** Load what is on disk now. Failures are in the result; rejects only with what `onReload` throws. */
  reload(): Promise<Loaded<R>> {
    this.hurry()
    // A reload that is still waiting will find the same on disk.
    this.#nextReload ??= this.#enqueue(async () => {
      this.#nextReload = null
      // The load that just ended has reset the urgency.
      this.hurry()
      return this.#load(await look(this.#deps.dir))
    })
    return this.#nextReload
  }

  /**
   * Replace the rules in force by a variant of the same version at once, whatever is being loaded; false if they are not
   * in force any more.
   */
  vary(from: R, to: R): boolean {
    if (this.#inForce?.ruleSet !== from) return false
    this.#inForce = { ...this.#inForce, ruleSet: to }
    return true
  }

  /** Until the current or next load ends, wait only briefly for the folder to settle. */
  hurry(): void {
    this.#isUrgent = true
  }

  /** Load what is on disk now if its content differs from that of the last attempt; otherwise resolve with null. */
  refresh(): Promise<Loaded<R> | null> {
    return this.#enqueue(async () => {
      const folder = await look(this.#deps.dir, this.#tried ?? undefined)
      if (this.#tried === null || !isSameLook(this.#tried, folder)) return this.#load(folder)
      this.#tried = folder
      return null
    })
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(task)
    // The caller gets the error; the next task in the queue runs anyway.
    this.#queue = next.catch(() => {})
    return next
  }

  async #load(folder: FolderLook): Promise<Loaded<R>> {
    const { dir, settleMs = briefMs, wait = delay } = this.#deps
    const lookAgain = async (before: FolderLook, spellMs: number) => {
      await wait(spellMs)
      return look(dir, before)
    }
    const patience = () => patienceFor(this.#isUrgent ? Math.min(settleMs, briefMs) : settleMs)
    this.#tried = await settle(folder, this.#inForce?.files ?? [], lookAgain, patience)
    this.#isUrgent = false
    const attempted = await attempt(this.#tried, this.#deps)
    const before = this.#inForce
    const loaded = this.#put(attempted)
    this.#lastReload = loaded
    await this.#deps.onReload?.(loaded, before)
    return loaded
  }

  /** Put a rule set in force if there is one. Unchanged content keeps the current rule set. */
  #put({ ruleSet, ...attempted }: Attempt<R>): Loaded<R> {
    const at = this.#deps.now().toISOString()
    if (ruleSet === null) return { ok: false, at, ...attempted }
    const { files } = attempted
    const before = this.#inForce
    const isNew = before?.ruleSet.version !== ruleSet.version
    this.#inForce = before === null || isNew ? { ruleSet, since: at, files } : { ...before, files }
    return { ok: true, at, ...attempted, ruleSet: this.#inForce.ruleSet, isNew }
  }
}
