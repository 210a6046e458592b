import type { Range } from '../sources.ts'
import { classOf, ops, type Program } from './program.ts'

/** Where an expression matched, and its groups: the first of `groups` is group 1; a group may have taken no part. */
export type PatternMatch = Range & { groups: readonly (Range | undefined)[] }

/**
 * Where an expression matches in a text, from left to right, none within another, as RE2 would find them one by one;
 * matches of nothing are passed over. Undefined is a pause, after each few thousand steps. Pure.
 *
 * Takes time linear in the text, which looking for one after another does not: a search may run to the end of the text
 * for each. So the text is first read backwards, which tells at each place from which instructions a match can still be
 * reached. Going forwards then never leads astray. That takes a bit for each instruction and place.
 */
export function* matchesIn(program: Program, text: string): Generator<PatternMatch | undefined> {
  const ends = new Ends(program, text)
  yield* ends.read()
  let steps = 0
  for (let at = 0; at <= text.length; ) {
    if (!ends.has(at, program.start)) {
      at += widthAt(text, at)
      continue
    }
    const match = ends.matchFrom(at)
    steps += match.end - at
    if (match.end > at) yield match
    else if (++steps > stepsAtOnce) {
      steps = 0
      yield undefined
    }
    at = match.end > at ? match.end : at + widthAt(text, at)
  }
}

const stepsAtOnce = 20_000

/** From which instructions a match can be reached, at each place of a text. */
class Ends {
  readonly #program: Program
  readonly #text: string
  /** How many numbers of 32 bits an instruction each takes at a place. */
  readonly #words: number
  readonly #bits: Uint32Array
  readonly #before: Before
  /** By instruction: the last walk and place in which it was visited. */
  readonly #visited: Int32Array
  #round = 0

  constructor(program: Program, text: string) {
    this.#program = program
    this.#text = text
    this.#words = (program.size + 31) >> 5
    this.#bits = new Uint32Array((text.length + 1) * this.#words)
    this.#before = beforeOf(program)
    this.#visited = new Int32Array(program.size)
  }

  has(at: number, pc: number): boolean {
    return (((this.#bits[at * this.#words + (pc >> 5)] as number) >>> (pc & 31)) & 1) === 1
  }

  /** Read the text from its end to its beginning. */
  *read(): Generator<undefined> {
    const { size } = this.#program
    const stack: number[] = []
    let steps = 0
    for (let at = this.#text.length, next = -1; at >= 0; ) {
      this.#mark(at, next, stack)
      steps += size
      if (steps > stepsAtOnce) {
        steps = 0
        yield undefined
      }
      next = at
      at -= widthBefore(this.#text, at)
    }
  }

  #mark(at: number, next: number, stack: number[]): void {
    const { op, out, arg, row, accepts, classes, classOfLatin1, bounds } = this.#program
    const { starts, from, edges } = this.#before
    const code = next === -1 ? -1 : (this.#text.codePointAt(at) as number)
    const type = code === -1 ? classes : code < 256 ? (classOfLatin1[code] as number) : classOf(bounds, code)
    const flags = flagsAt(this.#text, at)
    for (const pc of starts) {
      const isEnd =
        op[pc] === ops.match ||
        (code !== -1 && accepts[(row[pc] as number) * classes + type] !== 0 && this.has(next, out[pc] as number))
      if (isEnd) this.#set(at, pc, stack)
    }
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      const last = from[pc + 1] as number
      for (let edge = from[pc] as number; edge < last; edge++) {
        const other = edges[edge] as number
        if (op[other] === ops.assert && ((arg[other] as number) & ~flags) !== 0) continue
        if (!this.has(at, other)) this.#set(at, other, stack)
      }
    }
  }

  #set(at: number, pc: number, stack: number[]): void {
    const word = at * this.#words + (pc >> 5)
    this.#bits[word] = (this.#bits[word] as number) | (1 << (pc & 31))
    stack.push(pc)
  }

  /** The match that begins at a place, which there must be. */
  matchFrom(start: number): PatternMatch {
    const { op, out, start: first } = this.#program
    const places: (number | undefined)[] = []
    let pc = first
    for (let at = start; ; at += widthAt(this.#text, at)) {
      this.#round++
      const exit = this.#exit(pc, at, places)
      if (op[exit] === ops.match) return { start, end: at, groups: groupsOf(places) }
      pc = out[exit] as number
    }
  }

  /** The first instruction to which the way leads that takes the next character, or says that this is a match. */
  #exit(pc: number, at: number, places: (number | undefined)[]): number {
    if (!this.has(at, pc) || this.#visited[pc] === this.#round) return -1
    this.#visited[pc] = this.#round
    const { op, out, arg } = this.#program
    const what = op[pc]
    if (what === ops.char || what === ops.match) return pc
    const first = this.#exit(out[pc] as number, at, places)
    if (what !== ops.either) {
      // Places of groups are noted where they lie on the way that was taken; no other instruction has such a number.
      if (what === ops.go && first !== -1 && (arg[pc] as number) > 1) places[arg[pc] as number] = at
      return first
    }
    return first === -1 ? this.#exit(arg[pc] as number, at, places) : first
  }
}

/** The instructions that take a character or match, and of each instruction those that lead to it without one. */
type Before = { starts: readonly number[]; from: Int32Array; edges: Int32Array }

function beforeOf({ size, op, out, arg }: Program): Before {
  const starts: number[] = []
  const into: number[][] = Array.from({ length: size }, () => [])
  for (let pc = 0; pc < size; pc++) {
    const what = op[pc]
    if (what === ops.char || what === ops.match) starts.push(pc)
    else if (what !== ops.fail) into[out[pc] as number]?.push(pc)
    if (what === ops.either) into[arg[pc] as number]?.push(pc)
  }
  const from = new Int32Array(size + 1)
  for (const [pc, all] of into.entries()) from[pc + 1] = (from[pc] as number) + all.length
  return { starts, from, edges: Int32Array.from(into.flat()) }
}

function groupsOf(places: readonly (number | undefined)[]): PatternMatch['groups'] {
  const groups: (Range | undefined)[] = []
  for (let slot = 2; slot < places.length; slot += 2) {
    const [start, end] = [places[slot], places[slot + 1]]
    groups.push(start === undefined || end === undefined ? undefined : { start, end })
  }
  return groups
}

/** What holds at a place, as RE2 numbers it: the start or end of a line, of the text, a boundary of a word, or none. */
function flagsAt(text: string, at: number): number {
  const [before, after] = [at === 0 ? -1 : text.charCodeAt(at - 1), at === text.length ? -1 : text.charCodeAt(at)]
  const start = before === -1 ? 5 : before === 10 ? 1 : 0
  const end = after === -1 ? 10 : after === 10 ? 2 : 0
  return start | end | (isWordUnit(before) === isWordUnit(after) ? 32 : 16)
}

/** Words are of ASCII, as RE2 has it. */
function isWordUnit(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122)
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function widthBefore(text: string, at: number): number {
  return at > 1 && (text.codePointAt(at - 2) as number) > 0xffff ? 2 : 1
}
