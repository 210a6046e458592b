import { type RecordedLine, readLine } from '../record/record-line.ts'
import { PeerProblem } from './ask-peer.ts'
import type { Io } from './io.ts'
import type { RecordPlace } from './place.ts'
import type { Places } from './places.ts'

/** How often new lines are looked for here, and at other services, in ms. */
const everyMs = { folder: 300, peer: 500 }

/** One place with what is known of it; `problem` is why it did not answer last. */
type Followed = { place: RecordPlace; next: ReturnType<RecordPlace['tail']>; problem: string }

/** What is being decided in several places, as it comes. A peer that fails is asked again. */
export class Following {
  readonly #io: Io
  readonly #followed: readonly Followed[]
  readonly #recent = new RecentIds()
  readonly #over = new AbortController()

  constructor({ all }: Places, io: Io) {
    this.#io = io
    this.#followed = all.map(place => ({ place, next: place.tail(), problem: '' }))
  }

  /** From here on everything is new. Throws StateUnusable. */
  async begin(): Promise<void> {
    await Promise.all(this.#followed.map(each => this.#look(each, () => {})))
  }

  /** A line with this id is not told again: it was written while the record was searched. */
  isKnown(id: string): void {
    this.#recent.add(id)
  }

  /** Calls for each line that is new until the user stops this. Throws StateUnusable. */
  async run(onRecord: (record: RecordedLine) => void): Promise<void> {
    const stopped = this.#io.untilStopped().then(() => this.#over.abort())
    const look = async (each: Followed) => {
      while (!this.#over.signal.aborted) {
        await this.#look(each, text => {
          const record = readLine(text)
          if (record !== undefined && !this.#recent.has(record.id)) onRecord(record)
        })
        await Promise.race([stopped, pause(each.place.isPeer ? everyMs.peer : everyMs.folder)])
      }
    }
    // When one fails for good, no other goes on alone.
    await Promise.all(this.#followed.map(each => look(each).finally(() => this.#over.abort())))
  }

  async #look(each: Followed, onLine: (text: string) => void): Promise<void> {
    let problem = ''
    try {
      await each.next(onLine, this.#over.signal)
    } catch (error) {
      if (!(error instanceof PeerProblem)) throw error
      problem = error.message
    }
    if (problem === each.problem || this.#over.signal.aborted) return
    each.problem = problem
    const { name } = each.place
    this.#io.err(problem === '' ? `${name} answers again\n` : `Without ${name} until it answers: ${problem}\n`)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** The ids found last. */
class RecentIds {
  #ids = new Set<string>()
  #older = new Set<string>()

  add(id: string): void {
    this.#ids.add(id)
    if (this.#ids.size < 5000) return
    this.#older = this.#ids
    this.#ids = new Set()
  }

  has(id: string): boolean {
    return this.#ids.has(id) || this.#older.has(id)
  }
}
