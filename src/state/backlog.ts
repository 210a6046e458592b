import type { CountJob } from './open-calls.ts'

/** More than so many settled calls are not kept for later, so that they do not fill the memory. */
const mostJobs = 20_000

/** What the store was not told in time, or perhaps not: it is said again when it can be asked. Twice does no harm. */
export class Backlog {
  #jobs: CountJob[] = []
  #lacking = new Set<string>()

  /** The counters of which the store lacks calls for good. */
  get lacking(): ReadonlySet<string> {
    return this.#lacking
  }

  get isEmpty(): boolean {
    return this.#jobs.length === 0
  }

  /** When there are too many, the oldest are lost, and their counters know it. */
  add(jobs: readonly CountJob[]): void {
    for (const job of jobs) this.#jobs.push(job)
    if (this.#jobs.length <= mostJobs) return
    this.lose(this.#jobs.splice(0, this.#jobs.length - mostJobs / 2).map(({ counter }) => counter))
  }

  lose(counters: Iterable<string>): void {
    for (const counter of counters) this.#lacking.add(counter)
  }

  /** The next ones, which are no longer kept. */
  next(most: number): CountJob[] {
    return this.#jobs.splice(0, most)
  }

  /** The store knows that these counters lack calls. */
  said(counters: Iterable<string>): void {
    for (const counter of counters) this.#lacking.delete(counter)
  }
}
