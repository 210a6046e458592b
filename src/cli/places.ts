import { addressIn } from '../state/admin-address.ts'
import type { Covered, MissingPlace } from '../state/covered.ts'
import type { PlaceAnswers, PlaceQuestion } from '../state/questions.ts'
import { type OnLine, type ReadOptions, readSources } from '../state/read-records.ts'
import { PeerProblem } from './ask-peer.ts'
import { type Io, UsageError } from './io.ts'
import { type FolderFlags, folderPlace, peerPlace, type RecordPlace } from './place.ts'

/** The flags that say whose record is asked. */
export type PlaceFlags = { state?: string; records?: readonly string[]; peers?: readonly string[] } & FolderFlags

/**
 * The places that the flags name: state folders and services. With `--peers`, a folder is only asked if it is named.
 *
 * Throws UsageError.
 */
export async function placesOf(flags: PlaceFlags, io: Io): Promise<Places> {
  const urls = [...new Set((flags.peers ?? []).map(peerAddress))]
  const usual = urls.length > 0 && flags.state === undefined ? [] : [stateOf(flags, io)]
  const dirs = flags.records ?? usual
  for (const dir of dirs) await refuseTwice(dir, urls)
  return new Places([...dirs.map(dir => folderPlace(dir, io, flags)), ...urls.map(url => peerPlace(url, io))])
}

/** The state folder of `--state`, or of `serve` in the same place. */
function stateOf({ state }: PlaceFlags, { env }: Io): string {
  return state ?? env.HOOKWARDEN_STATE ?? '.hookwarden'
}

function peerAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWhole = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.pathname === '/'
  if (isWhole) return url.origin
  throw new UsageError(`--peers must be addresses of admin ports, such as http://127.0.0.1:10007, not "${text}"`)
}

/** Nothing is counted twice. */
async function refuseTwice(dir: string, urls: readonly string[]): Promise<void> {
  const address = await addressIn(dir)
  if (address !== undefined && urls.includes(peerAddress(address.url))) {
    throw new UsageError(`${address.url} is the service that uses ${dir}: name only one of both`)
  }
}

/** What one place answered. */
export type PlaceAnswer<T> = { place: RecordPlace; answer: T }

/** What is known of several places by now. */
type Known = { missing: Map<RecordPlace, string>; hasAnswered: boolean }

/** Places that are asked together. A peer that fails is not asked again, and every answer names it. */
export class Places {
  readonly all: readonly RecordPlace[]
  readonly #known: Known

  constructor(all: readonly RecordPlace[], known: Known = { missing: new Map(), hasAnswered: false }) {
    this.all = all
    this.#known = known
  }

  get missing(): readonly MissingPlace[] {
    const { missing } = this.#known
    return this.all.flatMap(place => {
      const reason = missing.get(place)
      return reason === undefined ? [] : [{ place: place.name, reason }]
    })
  }

  /** The state folders of this machine among them. */
  get folders(): readonly string[] {
    return this.all.filter(({ isPeer }) => !isPeer).map(({ name }) => name)
  }

  /** Only the place of a name. */
  only(name: string): Places {
    return new Places(
      this.all.filter(place => place.name === name),
      this.#known,
    )
  }

  /** The answers of all places that answer, in their order. Throws UsageError if none ever did, and StateUnusable. */
  async ask<K extends keyof PlaceAnswers>(
    question: PlaceQuestion<K>,
  ): Promise<readonly PlaceAnswer<PlaceAnswers[K]>[]> {
    const { signal } = new AbortController()
    return this.#each(place => place.ask(question, signal))
  }

  /** Reads the lines of all places that answer, in the order of time. Throws as `ask` does. */
  async read(options: ReadOptions, onLine: OnLine): Promise<Covered> {
    const reading = new AbortController()
    try {
      const found = await this.#each(place => place.sources(options, reading.signal))
      const sources = found.flatMap(({ answer }) => answer)
      return await readSources(sources, options, onLine, this.missing)
    } finally {
      reading.abort()
    }
  }

  async #each<T>(work: (place: RecordPlace) => Promise<T>): Promise<readonly PlaceAnswer<T>[]> {
    const known = this.#known
    const asked = this.all.filter(place => !known.missing.has(place))
    const settled = await Promise.allSettled(asked.map(work))
    const answers: PlaceAnswer<T>[] = []
    for (const [at, place] of asked.entries()) {
      const each = settled[at] as PromiseSettledResult<T>
      if (each.status === 'fulfilled') answers.push({ place, answer: each.value })
      else if (each.reason instanceof PeerProblem) known.missing.set(place, each.reason.message)
      else throw each.reason
    }
    known.hasAnswered ||= answers.length > 0
    if (known.hasAnswered) return answers
    throw new UsageError(this.missing.map(({ place, reason }) => `${place}: ${reason}`).join('\n'))
  }
}
