import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { decode } from '../language/decode.ts'
import { isRuleFile } from '../language/read-file.ts'
import type { Source, SourceFile } from '../language/source.ts'
import { TreeBuilder } from '../language/tree-steps.ts'
import { type ParsedYaml, type ParseYaml, parseYaml } from '../language/yaml.ts'
import type { Piece } from './parse-worker.ts'

/** What parsing aside needs. */
export type ParsedFilesDeps = {
  /** The script of the thread that parses: `parse-worker` beside this file. */
  worker: URL
  /** Told when that thread fails; its work is then done here. */
  onError(error: unknown): void
}

/** So much text, in UTF-16 code units, is parsed in some ten milliseconds: a thread would take longer to start. */
const parsedHere = 16_384

/**
 * The rule files of one folder, parsed: each again only once its text changed.
 *
 * Long texts are parsed in a thread of their own, which ends with its work, so that calls are decided meanwhile and
 * what parsing leaves behind is gone with it.
 */
export class ParsedFiles {
  readonly #deps: ParsedFilesDeps
  #known: ReadonlyMap<string, Known> = new Map()

  constructor(deps: ParsedFilesDeps) {
    this.#deps = deps
  }

  /** How to parse these files, which are parsed already. One call after another. */
  async parse(files: readonly SourceFile[]): Promise<ParseYaml> {
    const sources = files.filter(({ file }) => isRuleFile(file)).map(file => decode(file).source)
    const changed = sources.filter(({ file, text }) => this.#known.get(file)?.text !== text)
    const parsed = await this.#parseChanged(changed)
    const known = new Map<string, Known>()
    for (const { file, text } of sources) {
      const found = parsed.get(file) ?? this.#known.get(file)?.parsed
      if (found !== undefined) known.set(file, { text, parsed: found })
    }
    this.#known = known
    return source => {
      const found = known.get(source.file)
      return found?.text === source.text ? found.parsed : parseYaml(source)
    }
  }

  async #parseChanged(sources: readonly Source[]): Promise<ReadonlyMap<string, ParsedYaml>> {
    const length = sources.reduce((sum, { text }) => sum + text.length, 0)
    if (length <= parsedHere) return parseHere(sources)
    try {
      return await parseAside(sources, this.#deps.worker)
    } catch (error) {
      this.#deps.onError(error)
      return parseHere(sources)
    }
  }
}

type Known = { text: string; parsed: ParsedYaml }

async function parseHere(sources: readonly Source[]): Promise<ReadonlyMap<string, ParsedYaml>> {
  const parsed = new Map<string, ParsedYaml>()
  for (const source of sources) {
    parsed.set(source.file, parseYaml(source))
    await setImmediate()
  }
  return parsed
}

async function parseAside(sources: readonly Source[], script: URL): Promise<ReadonlyMap<string, ParsedYaml>> {
  const worker = new Worker(script)
  try {
    const parsed = new Map<string, ParsedYaml>()
    for (const source of sources) parsed.set(source.file, await receive(worker, source))
    return parsed
  } finally {
    await worker.terminate()
  }
}

/** Each piece is asked for by itself: what has been sent at once is taken over at once, and calls would wait. */
async function receive(worker: Worker, source: Source): Promise<ParsedYaml> {
  const tree = new TreeBuilder(source.file)
  for (let asked: Source | 'more' = source; ; asked = 'more') {
    worker.postMessage(asked)
    const [{ steps, diagnostics }] = (await once(worker, 'message')) as [Piece]
    for (const step of steps) tree.add(step)
    if (diagnostics !== undefined) return { root: tree.root, diagnostics: [...diagnostics] }
    await setImmediate()
  }
}
