import type { RuleSet } from '../../compile/ruleset.ts'
import type { RuleDraft } from '../../state/draft-lines.ts'
import { Drafts } from '../../state/drafts.ts'
import { keepRules, readRules } from '../../state/kept-rules.ts'
import type { RulePause } from '../../state/pauses.ts'
import type { RuleStore } from '../../store/store.ts'
import type { SourceFile } from '../../yaml/source.ts'
import type { Failure } from '../exchange.ts'
import type { KeptState } from '../kept-state.ts'
import type { Ask } from './asks.ts'
import { DraftFiles } from './draft-files.ts'
import type { KeyedFiles, PageThread, PageWorked } from './page-thread.ts'
import type { Edits } from './rule-sets.ts'

/** Where the rules of the page come from. */
export type PageRulesDeps = {
  rules: Pick<RuleStore<RuleSet>, 'current' | 'files'>
  state: Pick<KeptState, 'open'>
  pauses: { readonly all: readonly RulePause[] }
  thread: Pick<PageThread, 'ask'>
}

/** The rules of a draft, or those in force (then `draft` is null). */
export type ChosenRules = KeyedFiles & { draft: RuleDraft | null }

/** A question about chosen rules; with `than`, also about others. */
export type RulesQuestion = { chosen: ChosenRules; than?: ChosenRules; edits?: Edits; ask: Ask }

const inForceKey = 'in force'

/** The rules that the page shows: those in force, and drafts of changes to them. */
export class PageRules {
  readonly #deps: PageRulesDeps
  readonly #draftFiles = new DraftFiles()
  readonly #bases = new Map<string, readonly SourceFile[]>()
  #drafts: Drafts | undefined

  constructor(deps: PageRulesDeps) {
    this.#deps = deps
  }

  /** The drafts in the state folder. Throws StateInUse and StateUnusable. */
  async drafts(): Promise<Drafts> {
    const { dir } = await this.#deps.state.open()
    this.#drafts ??= new Drafts(dir)
    return this.#drafts
  }

  /** The rules of a draft by its id, or without one those in force. */
  async choose(id: string | undefined): Promise<ChosenRules | Failure> {
    if (id === undefined) return this.inForce()
    const draft = await (await this.drafts()).find(id)
    return draft === undefined ? { status: 404, problem: 'There is no such draft' } : this.of(draft)
  }

  inForce(): ChosenRules {
    return { key: inForceKey, files: this.#deps.rules.files, draft: null }
  }

  /** The rules of a draft: those of its base with its changes. */
  async of(draft: RuleDraft): Promise<ChosenRules | Failure> {
    const base = await this.filesOf(draft.base)
    if (base === undefined) {
      return {
        status: 410,
        problem: `The rules of version ${draft.base} that this draft changes are not kept any more`,
      }
    }
    return { key: draft.id, files: this.#draftFiles.filesOf(draft, base), like: inForceKey, draft }
  }

  /** The rules that a draft changes. */
  async baseOf({ base }: RuleDraft): Promise<ChosenRules | Failure> {
    if (this.#deps.rules.current?.version === base) return this.inForce()
    const files = await this.filesOf(base)
    if (files === undefined) return { status: 410, problem: `The rules of version ${base} are not kept any more` }
    return { key: `version ${base}`, files, like: inForceKey, draft: null }
  }

  /** The files of a version that is or was in force; undefined if they are not kept. */
  async filesOf(version: string): Promise<readonly SourceFile[] | undefined> {
    const { current, files } = this.#deps.rules
    const known = current?.version === version ? files : this.#bases.get(version)
    const found = known ?? (await readRules((await this.#deps.state.open()).dir, version))?.files
    if (found !== undefined) this.#remember(version, found)
    return found
  }

  /** Keeps the files of the rules in force in the state folder, unless they are there. Throws StateUnusable. */
  async keepBase(version: string): Promise<void> {
    const { current, files } = this.#deps.rules
    if (current?.version === version) await keepRules((await this.#deps.state.open()).dir, version, files)
  }

  /** Ask the thread. Rejects with the reason of the signal. */
  ask({ chosen, than, edits = {}, ask }: RulesQuestion, signal: AbortSignal): Promise<PageWorked> {
    const { key, draft } = chosen
    // Drafts are compiled by what they have in common with the rules in force.
    const sets = [this.inForce(), ...(than ? [than] : []), chosen]
    const told = draft && { id: draft.id, name: draft.name, revision: draft.revision, base: draft.base }
    return this.#deps.thread.ask(sets, { key, draft: told, edits, pauses: this.#deps.pauses.all, ask }, signal)
  }

  #remember(version: string, files: readonly SourceFile[]): void {
    this.#bases.delete(version)
    this.#bases.set(version, files)
    const [oldest] = this.#bases.keys()
    if (this.#bases.size > mostBases && oldest !== undefined) this.#bases.delete(oldest)
  }
}

const mostBases = 3
