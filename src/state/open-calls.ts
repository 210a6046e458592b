import { randomBytes } from 'node:crypto'
import type { Hold } from '../compile/counter.ts'
import type { CountedCall, Settled } from '../count/count-store.ts'
import type { CountedAs, CountStep, OpenCall } from './count-steps.ts'

/** A place that a call has taken. */
export type TakenPlace = { counter: string; key: string; countedAs: CountedAs }

/** Something to do in a counter. */
export type CountJob = { counter: string; step: CountStep }

/** A call with the places that it has taken. */
type PlacedCall = { call: OpenCall; taken: TakenPlace[] }

/** The calls of this process that are under way. */
export class OpenCalls {
  /** Two processes share no ref: one of them may be this one before it was started again. */
  readonly #process = randomBytes(6).toString('base64url')
  readonly #byRef = new Map<number, PlacedCall>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** The call as the store knows it, from now on. */
  open(call: CountedCall): OpenCall {
    return this.#placed(call).call
  }

  /** The same without keeping it. */
  peek({ ref, id }: CountedCall): OpenCall {
    return this.#byRef.get(ref)?.call ?? this.#opened(ref, id)
  }

  note(call: CountedCall, place: TakenPlace): void {
    this.#placed(call).taken.push(place)
  }

  /** What there is to say to the store about a call that is over. */
  close(call: CountedCall, settled: Settled): CountJob[] {
    const placed = this.#byRef.get(call.ref) ?? { call: this.#opened(call.ref, call.id), taken: [] }
    this.#byRef.delete(call.ref)
    return jobsOf(placed, settled)
  }

  #placed(call: CountedCall): PlacedCall {
    const known = this.#byRef.get(call.ref)
    if (known !== undefined) return known
    const placed = { call: this.#opened(call.ref, call.id), taken: [] }
    this.#byRef.set(call.ref, placed)
    return placed
  }

  #opened(ref: number, id: string | undefined): OpenCall {
    return { ref: `${this.#process}${ref.toString(36)}`, ...(id !== undefined && { id }), judgedAt: this.#nowMs() }
  }
}

function jobsOf({ call, taken }: PlacedCall, { kept, holds }: Settled): CountJob[] {
  const places = new Map<string, CountJob & { step: { taken: CountedAs[]; kept: CountedAs[] } }>()
  const at = (counter: string, key: string) => {
    const name = JSON.stringify([counter, key])
    const known = places.get(name) ?? { counter, step: { kind: 'settle' as const, call, key, taken: [], kept: [] } }
    places.set(name, known)
    return known.step
  }
  for (const { counter, key, countedAs } of taken) at(counter, key).taken.push(countedAs)
  for (const { counter, key, values } of kept) at(counter, key).kept.push(values ?? 'call')
  return [...places.values(), ...holds.map(hold => jobOfHold(call, hold))]
}

function jobOfHold(call: OpenCall, { counter, key, forMs }: Hold): CountJob {
  return { counter, step: { kind: 'silence', call, key, forMs } }
}
