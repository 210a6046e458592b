import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { appendLine } from './append-line.ts'
import { type DraftLine, draftLinesIn, type RuleDraft, withLine } from './draft-lines.ts'
import { readIfThere } from './state.ts'
import { codeIn, StateUnusable, using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/** A line to add; its revision is the next one. */
export type NewDraftLine = DistributiveOmit<DraftLine, 'v' | 'revision'>

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never

/** How long a journal may get before old saves are taken out of it, and how much of them stays then. */
export type DraftLimits = { mostBytes: number; keptBytes: number }

const usualLimits: DraftLimits = { mostBytes: 32 * 1024 * 1024, keptBytes: 8 * 1024 * 1024 }

/**
 * The drafts in the state folder: `drafts/ID.jsonl`, a line for each save, so that each is kept.
 *
 * One change of a draft comes after another. All methods throw StateUnusable.
 */
export class Drafts {
  readonly #dir: string
  readonly #limits: DraftLimits
  readonly #drafts = new Map<string, RuleDraft>()
  #loaded: Promise<void> | undefined
  #queue: Promise<unknown> = Promise.resolve()

  constructor(state: string, limits = usualLimits) {
    this.#dir = join(state, 'drafts')
    this.#limits = limits
  }

  /** All drafts, the last one saved first. */
  async all(): Promise<readonly RuleDraft[]> {
    await this.#load()
    return [...this.#drafts.values()].sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
  }

  async find(id: string): Promise<RuleDraft | undefined> {
    await this.#load()
    return this.#drafts.get(id)
  }

  /** All lines of a draft that are kept, the oldest one first. */
  async lines(id: string): Promise<readonly DraftLine[]> {
    const path = this.#pathOf(id)
    return draftLinesIn((await using(path, readIfThere(path)))?.toString() ?? '')
  }

  make(id: string, made: Omit<DraftLine & { kind: 'made' }, 'v' | 'revision' | 'kind' | 'id'>): Promise<RuleDraft> {
    return this.#inTurn(async () => {
      await using(this.#dir, mkdir(this.#dir, { recursive: true, mode: 0o700 }))
      return this.#add(id, undefined, { ...made, kind: 'made', id })
    })
  }

  /**
   * Changes a draft by what `change` answers for its present state; an answer that is no line is passed on.
   *
   * The draft is on the disk when this resolves.
   */
  change<R>(
    id: string,
    change: (draft: RuleDraft | undefined) => NewDraftLine | { no: R },
  ): Promise<RuleDraft | { no: R }> {
    return this.#inTurn(async () => {
      const draft = this.#drafts.get(id)
      const line = change(draft)
      return 'no' in line ? line : this.#add(id, draft, line)
    })
  }

  /** Takes a draft away for good. */
  remove(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const path = this.#pathOf(id)
      await using(path, rm(path, { force: true }))
      this.#drafts.delete(id)
    })
  }

  async #add(id: string, draft: RuleDraft | undefined, added: NewDraftLine): Promise<RuleDraft> {
    const line = { v: 1, revision: (draft?.revision ?? 0) + 1, ...added } as DraftLine
    const next = withLine(draft, line)
    if (next === undefined) throw new Error(`There is no draft ${id} to change`)
    const path = this.#pathOf(id)
    await using(path, appendLine(path, JSON.stringify(line)))
    this.#drafts.set(id, next)
    // The line is saved, whatever becomes of this; the next save tries again.
    await this.#shorten(id).catch(ifUnusable)
    return next
  }

  /** Takes old saves out of a long journal; the draft stays as it is. */
  async #shorten(id: string): Promise<void> {
    const path = this.#pathOf(id)
    if ((await using(path, stat(path))).size <= this.#limits.mostBytes) return
    const texts = shortened(await this.lines(id), this.#limits.keptBytes).map(line => `${JSON.stringify(line)}\n`)
    const slices = (function* () {
      for (const text of texts) yield Buffer.from(text)
    })()
    await using(path, writeWhole(slices, { draft: `${path}.new`, of: () => path }))
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#loadAll().catch(error => {
      this.#loaded = undefined
      throw error
    })
    return this.#loaded
  }

  async #loadAll(): Promise<void> {
    for (const name of await using(this.#dir, namesIn(this.#dir))) {
      const id = /^([\w-]+)\.jsonl$/.exec(name)?.[1]
      if (id === undefined) continue
      const draft = (await this.lines(id)).reduce<RuleDraft | undefined>(withLine, undefined)
      if (draft?.id === id) this.#drafts.set(id, draft)
    }
  }

  #pathOf(id: string): string {
    return join(this.#dir, `${id}.jsonl`)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(() => this.#load()).then(work)
    this.#queue = next.catch(() => {})
    return next
  }
}

/** As many of the last lines as fit, after lines that lead to the same state without those before them. */
function shortened(lines: readonly DraftLine[], keptBytes: number): readonly DraftLine[] {
  let bytes = 0
  let first = lines.length
  while (first > 0 && bytes < keptBytes) {
    first -= 1
    bytes += JSON.stringify(lines[first]).length
  }
  const before = lines.slice(0, first).reduce<RuleDraft | undefined>(withLine, undefined)
  if (before === undefined) return lines
  const { id, name, base, revision, madeAt, madeBy, savedAt, savedBy } = before
  const files = Object.fromEntries(Array.from(before.changes, ([file, { text }]) => [file, text]))
  return [
    { v: 1, kind: 'made', revision, at: madeAt, who: madeBy, id, name, base },
    { v: 1, kind: 'based', revision, at: savedAt, who: savedBy, base, files },
    ...lines.slice(first),
  ]
}

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir)
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return []
    throw error
  }
}

function ifUnusable(error: unknown): void {
  if (!(error instanceof StateUnusable)) throw error
}
