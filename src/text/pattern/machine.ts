import { classOf, ops, type Program } from './program.ts'

/** What comes before a position: the beginning of the text, a line break, a word character, or another one. */
const kinds = { begin: 0, line: 1, word: 2, other: 3 } as const

/** The assertions that hold between two characters, with the numbers of RE2. */
const holds = { beginLine: 1, endLine: 2, beginText: 4, endText: 8, boundary: 16, noBoundary: 32 } as const

/**
 * A state: the instructions that wait for the next character, and what comes before it. Transitions are added per
 * character class when first needed.
 */
export type State = {
  pcs: Int32Array
  kind: number
  next: (State | undefined)[]
  /** Which expressions match before a character of a class. */
  hits: (readonly number[] | undefined)[]
}

/**
 * The position of a search: the first `length` instructions of `pcs`, and what comes before. They always include the
 * start of the program. Expressions for which `skip` has a 1 are ignored.
 */
export type From = { pcs: Int32Array; length: number; kind: number; skip?: Uint8Array }

type Advance = { count: number; hits: readonly number[]; steps: number }

/** The result of one character. `steps` is its cost: the number of visited instructions, at least one. */
export type Move = { next: State; hits: readonly number[]; steps: number }

/**
 * Runs a program one character at a time, and caches as many states as there is room for.
 *
 * A move never costs more than the size of the program, whatever the repetitions in the expression. So a search can be
 * paused after any number of steps.
 */
export class Machine {
  readonly program: Program
  readonly #cells: number
  readonly #states = new Map<number, State[]>()
  /** How many numbers and links all states together hold. */
  #filled = 0
  readonly #asserted: number
  /** For each instruction, the last round in which it was visited or reached. */
  readonly #visited: Int32Array
  readonly #reached: Int32Array
  readonly #stack: Int32Array
  readonly #targets: Int32Array
  #round = 0
  #begin: State | undefined

  /** `cells` is how many numbers may be cached for states, 8 bytes each. */
  constructor(program: Program, cells: number) {
    const { size, op, arg } = program
    this.program = program
    this.#cells = cells
    this.#asserted = arg.reduce((all, each, pc) => (op[pc] === ops.assert ? all | each : all), 0)
    this.#visited = new Int32Array(size)
    this.#reached = new Int32Array(size)
    this.#stack = new Int32Array(size)
    this.#targets = new Int32Array(size)
  }

  /** The state before the first character. */
  begin(): State {
    this.#begin ??= this.#stateOf(new Int32Array(0), kinds.begin)
    return this.#begin
  }

  /** The state for a search that continued without states. */
  stateAt({ pcs, length, kind }: From): State {
    return this.#stateOf(pcs.slice(0, length), kind)
  }

  /** The class of a character; the class after the last one is the end of the text. */
  classOf(code: number): number {
    const { classOfLatin1, bounds } = this.program
    return code < 256 ? (classOfLatin1[code] as number) : classOf(bounds, code)
  }

  /** The transition for a character, cached; at the end of the text `code` is -1 and its class is the last. */
  move(state: State, type: number, code: number): Move {
    const { hits, steps, count } = this.advance({ ...state, length: state.pcs.length }, type, code, this.#targets)
    const next = this.#stateOf(this.#targets.slice(0, count), this.kindOf(code))
    state.next[type] = next
    state.hits[type] = hits
    this.#filled += 2
    return { next, hits, steps }
  }

  /**
   * The same without the cache: moves from a position past the character, and writes the waiting instructions to
   * `targets`.
   */
  advance({ pcs, length, kind, skip }: From, type: number, code: number, targets: Int32Array): Advance {
    const { op, out, arg, row, owner, accepts, classes, start } = this.program
    const [visited, reached, stack] = [this.#visited, this.#reached, this.#stack]
    const round = this.#nextRound()
    const flags = this.#flagsAt(kind, code)
    let hits: number[] | undefined
    let steps = 0
    let count = 0
    for (let at = -1; at < length; at++) {
      let depth = 0
      let pc = at === -1 ? start : (pcs[at] as number)
      for (;;) {
        if (visited[pc] !== round) {
          visited[pc] = round
          steps++
          const what = op[pc]
          if (what === ops.char) {
            const to = out[pc] as number
            if (
              code !== -1 &&
              skip?.[owner[pc] as number] !== 1 &&
              reached[to] !== round &&
              accepts[(row[pc] as number) * classes + type] !== 0
            ) {
              reached[to] = round
              targets[count++] = to
            }
          } else if (what === ops.either) {
            stack[depth++] = arg[pc] as number
            pc = out[pc] as number
            continue
          } else if (what === ops.go || (what === ops.assert && ((arg[pc] as number) & ~flags) === 0)) {
            pc = out[pc] as number
            continue
          } else if (what === ops.match) {
            hits ??= []
            hits.push(arg[pc] as number)
          }
        }
        if (depth === 0) break
        pc = stack[--depth] as number
      }
    }
    return { count, hits: hits ?? none, steps }
  }

  #nextRound(): number {
    if (this.#round === 0x7fffffff) {
      this.#visited.fill(0)
      this.#reached.fill(0)
      this.#round = 0
    }
    return ++this.#round
  }

  /** The state of these instructions, cached or new. If there is no room, the cache is cleared. */
  #stateOf(pcs: Int32Array, kind: number): State {
    pcs.sort()
    const hash = hashOf(pcs, kind)
    const alike = this.#states.get(hash)
    const known = alike?.find(state => state.kind === kind && isSame(state.pcs, pcs))
    if (known !== undefined) return known
    if (this.#filled > this.#cells) {
      this.#states.clear()
      this.#begin = undefined
      this.#filled = 0
    }
    const state: State = { pcs, kind, next: [], hits: [] }
    this.#filled += pcs.length + 8
    const filed = this.#states.get(hash)
    if (filed === undefined) this.#states.set(hash, [state])
    else filed.push(state)
    return state
  }

  /** The kind of a character, for the one after it. */
  kindOf(code: number): number {
    if (code === 10 && (this.#asserted & (holds.beginLine | holds.endLine)) !== 0) return kinds.line
    return (this.#asserted & (holds.boundary | holds.noBoundary)) !== 0 && isWord(code) ? kinds.word : kinds.other
  }

  #flagsAt(kind: number, next: number): number {
    if (this.#asserted === 0) return 0
    const before = kind === kinds.begin ? holds.beginText | holds.beginLine : kind === kinds.line ? holds.beginLine : 0
    const after = next === -1 ? holds.endText | holds.endLine : next === 10 ? holds.endLine : 0
    return before | after | ((kind === kinds.word) === isWord(next) ? holds.noBoundary : holds.boundary)
  }
}

const none: readonly number[] = []

/** Word characters are ASCII, as in RE2. */
function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
}

function hashOf(pcs: Int32Array, kind: number): number {
  let hash = kind
  for (const pc of pcs) hash = Math.imul(hash ^ pc, 16_777_619)
  return hash
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
