/** Is told when this process begins to count alone, and when it counts with the others again. */
export type CountsVoice = { alone(reason: string): void; together(aloneMs: number): void }

/** After a loss the store is asked again after so long, and after every further one later. */
const pauses = { firstMs: 250, mostMs: 2000 }

/** After so long without a loss, the pause is the first one again. */
const calmMs = 60_000

/** Whether the store can be asked. At first it cannot. */
export class Reach {
  readonly #voice: CountsVoice
  /** Resolves once it is known for the first time whether the store can be asked. */
  readonly known: Promise<void>
  #onKnown = () => {}
  #lost: { since: number; startedMs: number; isTold: boolean } | undefined
  #pauseMs = pauses.firstMs
  #triedMs = -Infinity
  #foundMs = -Infinity

  constructor(voice: CountsVoice) {
    this.#voice = voice
    this.known = new Promise(resolve => {
      this.#onKnown = resolve
    })
    this.#lost = { since: Date.now(), startedMs: performance.now(), isTold: false }
  }

  get isLost(): boolean {
    return this.#lost !== undefined
  }

  /** In ms since 1970; null while the store can be asked. */
  get lostSince(): number | null {
    return this.#lost?.since ?? null
  }

  /** True once for each pause: a store that comes and goes would else come and go with every call. */
  mayTry(): boolean {
    const nowMs = performance.now()
    if (this.#lost === undefined || nowMs < this.#triedMs + this.#pauseMs) return false
    this.#triedMs = nowMs
    return true
  }

  lose(reason: string): void {
    const nowMs = performance.now()
    if (this.#lost === undefined) {
      this.#lost = { since: Date.now(), startedMs: nowMs, isTold: false }
      this.#pauseMs = nowMs - this.#foundMs > calmMs ? pauses.firstMs : Math.min(2 * this.#pauseMs, pauses.mostMs)
      this.#triedMs = nowMs
    }
    if (this.#lost.isTold) return
    this.#lost.isTold = true
    this.#voice.alone(reason)
    this.#onKnown()
  }

  find(): void {
    if (this.#lost === undefined) return
    const nowMs = performance.now()
    const aloneMs = Math.round(nowMs - this.#lost.startedMs)
    this.#lost = undefined
    this.#foundMs = nowMs
    this.#voice.together(aloneMs)
    this.#onKnown()
  }
}
