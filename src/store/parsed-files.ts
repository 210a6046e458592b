import { on } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { isRuleFile } from '../language/read/file.ts'
import type { Parsed } from '../language/read/reading.ts'
import { type Decoded, decodeInSteps } from '../yaml/decode.ts'
import { limits } from '../yaml/limits.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { Source, SourceFile } from '../yaml/source.ts'
import { type PackedYaml, pack, unpack } from './packed-tree.ts'
import type { ParsedAside } from './parse-worker.ts'

/** What `ParsedFiles` needs. */
export type ParsedFilesDeps = {
  /** The script of the thread that parses: `parse-worker` beside this file. */
  worker: URL
  /** Called if the thread fails; its work is then done here. */
  onError(error: unknown): void
  /** Whether calls are waiting for this thread. If not, it parses too. */
  isAwaited(): boolean
}

/**
 * How much text, in UTF-16 code units, is parsed here: about ten milliseconds of work, less than a thread takes to
 * start. While calls wait, even that is too long.
 */
const parsedHere = { whileAwaited: 2_048, else: 16_384 }

/**
 * The parsed rule files of one folder; a file is parsed again only if its text changed.
 *
 * Long texts are parsed in a temporary thread, so that calls are decided meanwhile, and the garbage of parsing goes
 * away with the thread.
 */
export class ParsedFiles {
  readonly #deps: ParsedFilesDeps
  #known: ReadonlyMap<string, Known> = new Map()

  constructor(deps: ParsedFilesDeps) {
    this.#deps = deps
  }

  /** Parse these files. Calls must not overlap. */
  async parse(files: readonly SourceFile[]): Promise<Parsed> {
    const sources = await sourcesIn(files)
    const changed = sources.filter(({ file, text }) => this.#known.get(file)?.text !== text)
    const parsed = await this.#parseChanged(changed)
    const known = new Map<string, Known>()
    for (const { file, text } of sources) {
      const found = parsed.get(file) ?? this.#known.get(file)?.parsed
      if (found !== undefined) known.set(file, { text, parsed: found })
    }
    this.#known = known
    return ({ file, text }) => {
      const found = known.get(file)
      return found?.text === text ? unpack(found.parsed, { file, text }) : undefined
    }
  }

  async #parseChanged(sources: readonly Source[]): Promise<ReadonlyMap<string, PackedYaml>> {
    const work: Work = { left: [...sources], parsed: new Map() }
    const length = sources.reduce((sum, { text }) => sum + text.length, 0)
    const isAwaited = this.#deps.isAwaited()
    if (length > parsedHere[isAwaited ? 'whileAwaited' : 'else']) {
      const aside = parseAside(work, this.#deps.worker).catch(error => this.#deps.onError(unlessOutOfMemory(error)))
      await Promise.all([aside, isAwaited ? undefined : parseHere(work)])
      work.left = sources.filter(({ file }) => !work.parsed.has(file))
    }
    await parseHere(work)
    return work.parsed
  }
}

/** The texts of rule files, up to the size limit of a folder: the reader rejects files beyond it. */
async function sourcesIn(files: readonly SourceFile[]): Promise<Source[]> {
  const sources: Source[] = []
  let length = 0
  for (const file of files) {
    if (!isRuleFile(file.file)) continue
    const { source, diagnostics } = await decoded(file)
    length += source.text.length
    if (diagnostics.length === 0 && length <= limits.yaml) sources.push(source)
  }
  return sources
}

async function decoded(file: SourceFile): Promise<Decoded> {
  const steps = decodeInSteps(file)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await setImmediate()
  }
}

/** Rethrow out-of-memory errors: trying the same work in this thread could lose all calls. */
function unlessOutOfMemory(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') throw error
  return error
}

type Known = { text: string; parsed: PackedYaml }

/** The files left to parse, taken by either thread, and the results. */
type Work = { left: Source[]; parsed: Map<string, PackedYaml> }

async function parseHere({ left, parsed }: Work): Promise<void> {
  for (let source = left.pop(); source !== undefined; source = left.pop()) {
    parsed.set(source.file, pack(parseYaml(source), source.text))
    await setImmediate()
  }
}

/** A third of Node's default for a thread: parsing is just as fast with less, and the memory is needed elsewhere. */
const maxYoungGenerationSizeMb = 16

/** How many files are sent ahead, so that the thread never waits for the next. */
const sentAhead = 3

async function parseAside({ left, parsed }: Work, script: URL): Promise<void> {
  const worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb } })
  try {
    const answers = on(worker, 'message')
    const ahead = left.splice(0, sentAhead)
    for (const source of ahead) worker.postMessage(source)
    for (let awaited = ahead.length; awaited > 0; awaited--) {
      const { file, ...packed } = (await answers.next()).value[0] as ParsedAside
      parsed.set(file, packed)
      const next = left.shift()
      if (next === undefined) continue
      worker.postMessage(next)
      awaited++
    }
  } finally {
    await worker.terminate()
  }
}
