import { HyperLogLog } from './hyperloglog.ts'

/** Up to here different texts are known each, beyond it they are estimated. */
const mostExact = 100_000

/** Different texts as plain data: all of them, or the sketch of them in base64. */
export type DistinctData = { all: readonly string[] } | { sketch: string }

/** How many different texts there were, such as people: exactly up to 100,000, then within 1 %. */
export class Distinct {
  #all: Set<string> | undefined = new Set()
  #sketch: HyperLogLog | undefined

  static of(data: DistinctData): Distinct {
    const made = new Distinct()
    if ('all' in data) for (const each of data.all) made.add(each)
    else {
      made.#all = undefined
      made.#sketch = new HyperLogLog(new Uint8Array(Buffer.from(data.sketch, 'base64')))
    }
    return made
  }

  get isExact(): boolean {
    return this.#all !== undefined
  }

  get size(): number {
    return this.#all?.size ?? (this.#sketch as HyperLogLog).estimate
  }

  /** All of them; undefined where they are estimated. */
  get all(): ReadonlySet<string> | undefined {
    return this.#all
  }

  add(text: string): void {
    if (this.#all === undefined) this.#sketch?.add(text)
    else {
      this.#all.add(text)
      if (this.#all.size > mostExact) this.#estimate()
    }
  }

  join(other: Distinct): void {
    if (other.#all !== undefined) for (const each of other.#all) this.add(each)
    else {
      this.#estimate()
      this.#sketch?.join(other.#sketch as HyperLogLog)
    }
  }

  get data(): DistinctData {
    if (this.#all !== undefined) return { all: [...this.#all].sort() }
    return { sketch: Buffer.from((this.#sketch as HyperLogLog).bytes).toString('base64') }
  }

  #estimate(): void {
    if (this.#all === undefined) return
    this.#sketch = new HyperLogLog()
    for (const each of this.#all) this.#sketch.add(each)
    this.#all = undefined
  }
}
