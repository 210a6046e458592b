import { setTimeout as delay } from 'node:timers/promises'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import { type Attempt, attempt, type Compile, type Versioned } from './attempt.ts'
import { type FolderLook, isSameLook, look, patienceFor, settle } from './settle.ts'

/** What became of the rules on disk. `at` is ISO 8601; `files` are those the diagnostics point into. */
export type Loaded<R extends Versioned> = {
  at: string
  files: readonly SourceFile[]
  diagnostics: readonly Diagnostic[]
} & ({ ok: true; ruleSet: R; isNew: boolean } | Failed)

/** The rules in force stay. `error` says why when it is not for the diagnostics to say; its message is for operators. */
type Failed = { ok: false; error?: Error }

/** Rules that decide, since when (ISO 8601), and the files they were made of. */
export type InForce<R extends Versioned> = { ruleSet: R; since: string; files: readonly SourceFile[] }

export type StoreDeps<R extends Versioned> = {
  dir: string
  compile: Compile<R>
  now: () => Date
  /** Told of every attempt, once its rules are in force, and of those that were before. The next reload waits for it. */
  onReload?: (loaded: Loaded<R>, before: InForce<R> | null) => void | Promise<void>
  /** Take a missing folder for an empty one; it is a failure else. What `compile` says of no files holds either way. */
  allowEmpty?: boolean
  /** How long the folder must be quiet before a change that was found is loaded. */
  settleMs?: number
  /** Resolves after so many milliseconds. */
  wait?: (ms: number) => Promise<unknown>
}

/** So long a folder must be quiet when nothing else is asked for, and at most where somebody waits for the load. */
const briefMs = 100

/**
 * The rules in force: those of the last folder that loaded well.
 *
 * They change in one assignment, whole, or not at all. Reloads run one after another, so the last edit wins.
 */
export class RuleStore<R extends Versioned> {
  readonly #deps: StoreDeps<R>
  #queue: Promise<unknown> = Promise.resolve()
  /** The reload that waits for what is under way. */
  #nextReload: Promise<Loaded<R>> | null = null
  #inForce: InForce<R> | null = null
  #lastReload: Loaded<R> | null = null
  /** What the last attempt was made from, as it was last seen. */
  #tried: FolderLook | null = null
  #isUrgent = true

  constructor(deps: StoreDeps<R>) {
    this.#deps = deps
  }

  /** The rule set in force; null until a load went well. */
  get current(): R | null {
    return this.#inForce?.ruleSet ?? null
  }

  /** The files that the rules in force were made of; empty until the first successful load. */
  get files(): readonly SourceFile[] {
    return this.#inForce?.files ?? []
  }

  /** When the rules in force were put in force, ISO 8601. */
  get since(): string | null {
    return this.#inForce?.since ?? null
  }

  /** The last attempt; null before the first one ended. */
  get lastReload(): Loaded<R> | null {
    return this.#lastReload
  }

  /** Load what is on disk now. What goes wrong is in the answer; it rejects only with what `onReload` throws. */
  reload(): Promise<Loaded<R>> {
    this.hurry()
    // One that still waits will see on disk what another would see.
    this.#nextReload ??= this.#enqueue(async () => {
      this.#nextReload = null
      // A load that was under way has taken the haste with it.
      this.hurry()
      return this.#load(await look(this.#deps.dir))
    })
    return this.#nextReload
  }

  /** Wait no longer than briefly for the folder to come to rest, until the load under way or the next one has ended. */
  hurry(): void {
    this.#isUrgent = true
  }

  /** Load what is on disk now if its content is not what the last attempt was made from; else answer null. */
  refresh(): Promise<Loaded<R> | null> {
    return this.#enqueue(async () => {
      const seen = await look(this.#deps.dir, this.#tried ?? undefined)
      if (this.#tried === null || !isSameLook(this.#tried, seen)) return this.#load(seen)
      this.#tried = seen
      return null
    })
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(task)
    // Whoever asked hears of a failure; the next in the queue runs all the same.
    this.#queue = next.catch(() => {})
    return next
  }

  async #load(seen: FolderLook): Promise<Loaded<R>> {
    const { dir, settleMs = briefMs, wait = delay } = this.#deps
    const lookAgain = async (before: FolderLook, spellMs: number) => {
      await wait(spellMs)
      return look(dir, before)
    }
    const patience = () => patienceFor(this.#isUrgent ? Math.min(settleMs, briefMs) : settleMs)
    this.#tried = await settle(seen, this.#inForce?.files ?? [], lookAgain, patience)
    this.#isUrgent = false
    const attempted = await attempt(this.#tried, this.#deps)
    const before = this.#inForce
    const loaded = this.#put(attempted)
    this.#lastReload = loaded
    await this.#deps.onReload?.(loaded, before)
    return loaded
  }

  /** Put a rule set in force if there is one. The same content again changes nothing. */
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
