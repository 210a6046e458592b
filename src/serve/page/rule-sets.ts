import type { Compiled } from '../../compile/compile.ts'
import { withPaused } from '../../compile/paused.ts'
import type { RuleSet } from '../../compile/ruleset.ts'
import { checkInSteps } from '../../lint/check.ts'
import type { SourceFile } from '../../yaml/source.ts'

/** Called between small steps of work: throws if nobody waits for the result any more, or it needs too much memory. */
export type Between = () => void

/** Texts of files that are being edited, by path; null for a file that is removed. */
export type Edits = Readonly<Record<string, string | null>>

/** A set of rule files as it was last compiled. */
type Known = {
  files: Map<string, SourceFile>
  edited: Map<string, SourceFile>
  last?: { files: readonly SourceFile[]; compiled: Compiled }
  good: RuleSet | null
}

/**
 * The rule sets that the page asks about, by a key: those in force, and those of drafts. What did not change since the last
 * compilation of a set is not compiled again.
 */
export class RuleSets {
  readonly #known = new Map<string, Known>()
  readonly #options: { allowEmpty: boolean }

  constructor(options: { allowEmpty: boolean }) {
    this.#options = options
  }

  /** Files of a set that are new or changed, and those that are gone. A new set starts from the rules of another one. */
  update(key: string, changed: readonly SourceFile[], removed: readonly string[], like: string | undefined): void {
    const known = this.#known.get(key) ?? {
      files: new Map(),
      edited: new Map(),
      good: (like === undefined ? undefined : this.#known.get(like)?.good) ?? null,
    }
    for (const file of removed) known.files.delete(file)
    for (const source of changed) known.files.set(source.file, source)
    this.#known.set(key, known)
  }

  forget(key: string): void {
    this.#known.delete(key)
  }

  /** The texts of a set, with edits laid over it, in order. */
  files(key: string, edits: Edits): readonly SourceFile[] {
    const known = this.#knownAs(key)
    const edited = new Map<string, SourceFile>()
    const all = new Map(known.files)
    for (const [file, text] of Object.entries(edits)) {
      const before = known.edited.get(file)
      if (text === null) all.delete(file)
      else {
        const source = before?.content === text ? before : { file, content: text }
        edited.set(file, source)
        all.set(file, source)
      }
    }
    known.edited = edited
    return [...all.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
  }

  /** Compile and lint a set, with edits. */
  checked(key: string, edits: Edits, between: Between): Compiled {
    const known = this.#knownAs(key)
    const files = this.files(key, edits)
    const { last } = known
    if (last !== undefined && isSame(last.files, files)) return last.compiled
    const compiled = inSteps(checkInSteps(files, { ...this.#options, before: known.good }), between)
    known.last = { files, compiled }
    known.good = compiled.ruleSet ?? known.good
    return compiled
  }

  /** The rules of a set as they decide, with some of them paused; null if there are errors. */
  ruleSet(key: string, edits: Edits, paused: readonly string[], between: Between): RuleSet | null {
    const { ruleSet } = this.checked(key, edits, between)
    return ruleSet && inSteps(withPaused(ruleSet, new Set(paused)), between)
  }

  /** Compile a set as the service would when it replaces another one: a file that had rules must not be empty then. */
  replacing(key: string, inForce: string, between: Between): Compiled {
    const before = this.ruleSet(inForce, {}, [], between)
    return inSteps(checkInSteps(this.files(key, {}), { ...this.#options, before, isReload: true }), between)
  }

  #knownAs(key: string): Known {
    const known = this.#known.get(key)
    if (known === undefined) throw new Error(`The thread of the page has no rules "${key}"`)
    return known
  }
}

/** Runs steps to their end, with a check between them. */
export function inSteps<T>(steps: Generator<undefined, T>, between: Between): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    between()
  }
}

function isSame(a: readonly SourceFile[], b: readonly SourceFile[]): boolean {
  return a.length === b.length && a.every((file, at) => file === b[at])
}
