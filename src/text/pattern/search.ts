import type { From, Machine, State } from './machine.ts'
import { has } from './required.ts'

/** How many states may be learnt in a row before a text counts as having too many. */
const mostLearnt = 128

/**
 * Searches one text for the expressions of a machine, in counted steps.
 *
 * A search can be paused anywhere and resumed later; other searches may use the machine meanwhile.
 */
export class Search {
  /** The cost so far. */
  steps = 0
  readonly #machine: Machine
  readonly #text: string
  #state: State
  #at = 0
  #isDone = false
  #found: Set<number> | undefined
  /** The number of states learnt, reduced again for every state that was already known. */
  #learnt = 0
  /** How many characters to process next time before trying states again. */
  #patience = 1024
  #cold: Cold | undefined

  constructor(machine: Machine, text: string) {
    this.#machine = machine
    this.#text = text
    this.#state = machine.begin()
    const { required } = machine.program
    this.#isDone = required.length === 1 && required[0] !== undefined && !has(text, required[0])
  }

  /** The expressions found so far, by number. */
  get found(): ReadonlySet<number> {
    return this.#found ?? none
  }

  /** Continue for about this many steps, at most the size of the program more. True when the search is done. */
  run(steps: number): boolean {
    const machine = this.#machine
    const text = this.#text
    const end = this.steps + steps
    while (this.steps < end && !this.#isDone) {
      if (this.#cold === undefined) this.#glide(end)
      const isEnd = this.#at >= text.length
      const code = isEnd ? -1 : (text.codePointAt(this.#at) as number)
      const type = isEnd ? machine.program.classes : machine.classOf(code)
      this.steps += this.#cold === undefined ? this.#moveOn(type, code) : this.#advance(this.#cold, type, code)
      if (isEnd) this.#isDone = true
      else this.#at += code > 0xffff ? 2 : 1
    }
    return this.#isDone
  }

  /** Move through known states, as nearly all are, up to the next character that needs more work. */
  #glide(end: number): void {
    const { classOfLatin1 } = this.#machine.program
    const text = this.#text
    let state = this.#state
    let at = this.#at
    const last = Math.min(text.length, at + end - this.steps - 1)
    for (; at < last; at++) {
      const code = text.charCodeAt(at)
      if (code >= 0xd800 && code < 0xdc00) break
      const type = code < 256 ? (classOfLatin1[code] as number) : this.#machine.classOf(code)
      const known = state.next[type]
      if (known === undefined || (state.hits[type] as readonly number[]).length > 0) break
      state = known
    }
    this.#learnt = Math.max(0, this.#learnt - ((at - this.#at) >> 3))
    this.steps += at - this.#at
    this.#state = state
    this.#at = at
  }

  #moveOn(type: number, code: number): number {
    const state = this.#state
    const known = state.next[type]
    if (known !== undefined) {
      const hits = state.hits[type] as readonly number[]
      if (hits.length > 0) this.#take(hits)
      this.#state = known
      return 1
    }
    const move = this.#machine.move(state, type, code)
    this.#take(move.hits)
    this.#state = move.next
    if (++this.#learnt > mostLearnt) this.#goCold()
    return move.steps
  }

  /** Stop learning states, since there are too many. From here on, expressions that cannot match are dropped. */
  #goCold(): void {
    const { size, required } = this.#machine.program
    const { pcs, kind } = this.#state
    const isHopeless = (each: (typeof required)[number]) => each !== undefined && !has(this.#text, each)
    const skip = Uint8Array.from(required, each => (isHopeless(each) ? 1 : 0))
    this.#isDone ||= !skip.includes(0)
    for (const each of this.found) skip[each] = 1
    const room = { pcs: new Int32Array(size), targets: new Int32Array(size) }
    room.pcs.set(pcs)
    this.#cold = { ...room, length: pcs.length, kind, skip, left: this.#patience }
    this.#patience *= 2
  }

  #advance(cold: Cold, type: number, code: number): number {
    const { pcs, targets } = cold
    const { count, hits, steps } = this.#machine.advance(cold, type, code, targets)
    if (hits.length > 0) this.#take(hits)
    for (const hit of hits) cold.skip[hit] = 1
    cold.pcs = targets
    cold.targets = pcs
    cold.length = count
    cold.kind = this.#machine.kindOf(code)
    if (--cold.left === 0) this.#goWarm(cold)
    return steps
  }

  /** Learn states again once the same few recur, as they do when all repetitions have started. */
  #goWarm(cold: Cold): void {
    this.#state = this.#machine.stateAt(cold)
    this.#cold = undefined
    this.#learnt = 0
  }

  #take(hits: readonly number[]): void {
    if (hits.length === 0) return
    this.#found ??= new Set()
    for (const hit of hits) this.#found.add(hit)
    if (this.#found.size === this.#machine.program.required.length) this.#isDone = true
  }
}

const none: ReadonlySet<number> = new Set()

type Cold = From & { targets: Int32Array; skip: Uint8Array; left: number }
