import { RE2JS, RE2Set } from 're2js'
import { type Required, requiredBy } from './required.ts'

/**
 * One or several regular expressions as a machine: numbered instructions that lead to each other.
 *
 * re2js parses and compiles them; the result is stored here in flat arrays, which `Search` runs in counted steps. Never
 * modified once built.
 */
export type Program = {
  /** The number of instructions, which is also the highest cost of one character, in steps. */
  size: number
  /** For each instruction: what it does, as one of `ops`. */
  op: Uint8Array
  /** Where each leads; `arg` is the alternative of `either`, the condition of `assert`, the expression of `match`. */
  out: Int32Array
  arg: Int32Array
  start: number
  /** For each expression: the texts without which it cannot match, if there are any. */
  required: readonly (Required | undefined)[]
  /** For each instruction: the expression that it belongs to. */
  owner: Int32Array
  /** Characters that no instruction distinguishes form a class: looked up by number below 256, else by bounds. */
  classOfLatin1: Uint16Array
  bounds: Int32Array
  classes: number
  /** For each `char` instruction: its row in `accepts`. A row has a byte for each class. */
  row: Int32Array
  accepts: Uint8Array
  /** True if an instruction asserts something, such as the start of a line or word. */
  asserts: boolean
}

/** What instructions do. */
export const ops = { fail: 0, char: 1, either: 2, go: 3, assert: 4, match: 5 } as const

/** Compile one regular expression in RE2's syntax. Throws the error of re2js if it is invalid. */
export function programOf(re2: string): Program {
  const { prog, dfa, prefilter } = RE2JS.compile(re2).re2()
  return flatten(prog, dfa.classBounds, [requiredBy(prefilter)])
}

/** Combine the programs of many expressions into one that finds all matching expressions in one pass. */
export function programOfSet(expressions: readonly { re2: string; program: Program }[]): Program {
  const set = new RE2Set()
  for (const { re2 } of expressions) set.add(re2)
  set.compile()
  const required = expressions.map(({ program }) => program.required[0])
  return flatten(set.prog, set.dfa.classBounds, required)
}

/** The part of re2js's programs that is used. `Inst` in its source, as of 2.10; `test/text/pattern.test.ts` checks it. */
type Compiled = { inst: readonly Inst[]; start: number }
type Inst = { op: number; out: number; arg: number; runes: Int32Array; matchRune(rune: number): boolean }

/** The operation numbers of re2js. */
const re2Ops: Readonly<Record<number, number>> = {
  1: ops.either,
  2: ops.either,
  3: ops.go,
  4: ops.assert,
  5: ops.fail,
  6: ops.match,
  7: ops.go,
  8: ops.char,
  9: ops.char,
  10: ops.char,
  11: ops.char,
}

function flatten({ inst, start }: Compiled, bounds: Int32Array, required: Program['required']): Program {
  const size = inst.length
  const classes = bounds.length + 1
  const op = new Uint8Array(size)
  const [out, arg, row] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)]
  const owner = new Int32Array(size)
  const rows = new Rows(bounds, classes)
  // re2js stores expressions one after another, each ending with its match.
  let expression = 0
  for (const [pc, each] of inst.entries()) {
    const known = re2Ops[each.op]
    if (known === undefined) throw new UnknownInstruction(each.op)
    op[pc] = known
    out[pc] = each.out
    arg[pc] = each.arg
    owner[pc] = Math.min(expression, required.length - 1)
    if (known === ops.match) expression++
    if (known === ops.char) row[pc] = rows.of(each)
  }
  return {
    ...{ size, op, out, arg, start, required, owner, bounds, classes, row },
    accepts: rows.joined(),
    classOfLatin1: Uint16Array.from({ length: 256 }, (_, code) => classOf(bounds, code)),
    asserts: op.includes(ops.assert),
  }
}

class UnknownInstruction extends Error {
  override name = 'UnknownInstruction'

  constructor(op: number) {
    super(`re2js compiled a pattern to an instruction that is not known here: ${op}`)
  }
}

/** The class of a character, from the lower bounds of all classes but the first. */
export function classOf(bounds: Int32Array, code: number): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] as number) <= code) low = middle + 1
    else high = middle
  }
  return low
}

/** Which classes instructions accept: a row for each set of characters, shared by equal instructions. */
class Rows {
  readonly #bounds: Int32Array
  readonly #classes: number
  readonly #rows: Uint8Array[] = []
  readonly #known = new Map<string, number>()

  constructor(bounds: Int32Array, classes: number) {
    this.#bounds = bounds
    this.#classes = classes
  }

  of(inst: Inst): number {
    const key = `${inst.op} ${inst.op === 8 || inst.op === 9 ? `${inst.arg} ${inst.runes.join()}` : ''}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const row = new Uint8Array(this.#classes)
    // All characters of a class are accepted or none, so checking the lowest is enough.
    for (let each = 0; each < row.length; each++) {
      row[each] = accepts(inst, each === 0 ? 0 : (this.#bounds[each - 1] as number)) ? 1 : 0
    }
    this.#known.set(key, this.#rows.length)
    return this.#rows.push(row) - 1
  }

  joined(): Uint8Array {
    const all = new Uint8Array(this.#rows.length * this.#classes)
    for (const [at, row] of this.#rows.entries()) all.set(row, at * this.#classes)
    return all
  }
}

function accepts(inst: Inst, code: number): boolean {
  if (inst.op === 10) return true
  return inst.op === 11 ? code !== 10 : inst.matchRune(code)
}
