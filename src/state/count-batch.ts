import type { Counted, Counter, CountQuestion } from '../compile/counter.ts'
import { type CountStep, type OpenCall, type ScriptCall, type ScriptSetting, scriptCall } from './count-steps.ts'
import type { CountJob } from './open-calls.ts'

/** The answers to the questions of a call, by their ids; null if there are none. */
type OnAnswers = (answers: ReadonlyMap<string, readonly Counted[]> | null) => void

/** Where the answers to a question are: for each key the one about it and, if it was asked, about its silence. */
type Awaited = { question: CountQuestion; keys: readonly { count: number; silent: number | undefined }[] }

/** What is to do in one counter. */
type Work = { counter: Counter; steps: CountStep[]; asked: number; writes: boolean }

/** More steps than these are more than one call of the script: nobody else is served while one runs. */
const mostSteps = 500

/** What goes to the store together. */
export class CountBatch {
  readonly #counters: ReadonlyMap<string, Counter>
  readonly #work = new Map<string, Work>()
  readonly #awaited: { all: readonly Awaited[]; onAnswers: OnAnswers }[] = []
  /** Of which counter each call of the script is. */
  #called: readonly string[] = []

  constructor(counters: ReadonlyMap<string, Counter>) {
    this.#counters = counters
  }

  /** Says that calls are counted, without one. */
  touch(counter: string): void {
    const work = this.#workOf(counter)
    if (work !== undefined) work.writes = true
  }

  /** Nothing is done in counters that are not in use. */
  add({ counter, step }: CountJob): void {
    const work = this.#workOf(counter)
    if (work === undefined) return
    work.writes = true
    work.steps.push(step)
  }

  ask(call: OpenCall, questions: readonly CountQuestion[], takes: boolean, onAnswers: OnAnswers): void {
    const all = questions.map(question => ({
      question,
      keys: question.keys.map(asked => {
        const isTaken = takes && question.takes
        const count = this.#ask(question.counter, { kind: 'ask', call, asked, question, takes: isTaken }, takes)
        const { hold } = question
        if (hold === undefined) return { count, silent: undefined }
        const step: CountStep = { kind: 'silent', key: asked.key, forMs: hold.forMs }
        return { count, silent: this.#ask(hold.counter, step, false) }
      }),
    }))
    this.#awaited.push({ all, onAnswers })
  }

  /** The calls of the script; in the counters that are `lacking` some calls were never told of. */
  calls(setting: Omit<ScriptSetting, 'startsOver' | 'writes'>, lacking: ReadonlySet<string>): ScriptCall[] {
    const parts = [...this.#work.values()].flatMap(({ counter, steps, writes }) =>
      slices(steps, mostSteps).map(slice => ({ counter, slice, writes })),
    )
    this.#called = parts.map(({ counter }) => counter.id)
    return parts.map(({ counter, slice, writes }) =>
      scriptCall(counter, slice, { ...setting, startsOver: writes && lacking.has(counter.id), writes }),
    )
  }

  /** Hands out the results of the calls. Returns the counters that were new to the store. */
  end(results: readonly unknown[]): string[] {
    const isNew = new Set<string>()
    const answers = new Map<string, unknown[]>()
    for (const [at, counter] of this.#called.entries()) {
      const [first, ...rest] = results[at] as [number, ...unknown[]]
      if (first === 1) isNew.add(counter)
      answers.set(counter, [...(answers.get(counter) ?? []), ...rest])
    }
    for (const { all, onAnswers } of this.#awaited) {
      onAnswers(new Map(all.map(awaited => [awaited.question.id, countedOf(awaited, answers)])))
    }
    return [...isNew]
  }

  /** Nobody gets an answer. */
  fail(): void {
    for (const { onAnswers } of this.#awaited) onAnswers(null)
  }

  /** The counters that it says something to. */
  get written(): string[] {
    return [...this.#work.values()].filter(({ writes }) => writes).map(({ counter }) => counter.id)
  }

  /** What became of calls: it has to be said again if it is not sure that it arrived. */
  get settled(): CountJob[] {
    return [...this.#work.values()].flatMap(({ counter, steps }) =>
      steps.filter(({ kind }) => kind === 'settle' || kind === 'silence').map(step => ({ counter: counter.id, step })),
    )
  }

  #workOf(id: string): Work | undefined {
    const known = this.#work.get(id)
    const counter = this.#counters.get(id)
    if (known !== undefined || counter === undefined) return known
    const work = { counter, steps: [], asked: 0, writes: false }
    this.#work.set(id, work)
    return work
  }

  /** Returns the place of the answer; that of a counter which is not in use never comes. */
  #ask(id: string, step: CountStep, writes: boolean): number {
    const work = this.#workOf(id)
    if (work === undefined) return -1
    work.writes ||= writes
    work.steps.push(step)
    work.asked += 1
    return work.asked - 1
  }
}

function countedOf({ question, keys }: Awaited, answers: ReadonlyMap<string, readonly unknown[]>): Counted[] {
  const { counter, kind, hold, tellsOthers } = question
  return keys.map(({ count, silent }, at) => {
    const answer = answers.get(counter)?.[count] as [number, number, number, number[]] | undefined
    if (answer === undefined) return { count: ownOf(question, at), isWhole: false }
    const [number, isWhole, agoMs, others] = answer
    const heldForMs = silent === undefined ? 0 : Number(answers.get(hold?.counter ?? '')?.[silent] ?? 0)
    return {
      count: number,
      isWhole: isWhole === 1,
      ...(heldForMs > 0 && { heldForMs }),
      ...(kind === 'since' && agoMs >= 0 && { agoMs }),
      ...(tellsOthers && { others }),
    }
  })
}

/** What the call itself counts, all that is known of a counter that is not in use. */
function ownOf({ keys }: CountQuestion, at: number): number {
  const asked = keys[at]
  return asked?.isOwn ? new Set(asked.values ?? ['']).size : 0
}

/** At least one slice, if only an empty one. */
function slices<T>(all: readonly T[], most: number): T[][] {
  const count = Math.max(1, Math.ceil(all.length / most))
  return Array.from({ length: count }, (_, at) => all.slice(at * most, (at + 1) * most))
}
