import { Machine } from '../text/pattern/machine.ts'
import { ops, type Program, programOf, programOfSet } from '../text/pattern/program.ts'
import { Search } from '../text/pattern/search.ts'
import { explainPattern, type PatternProblem } from './pattern-problem.ts'
import { writtenOut } from './pattern-size.ts'

/**
 * A regular expression that runs in time linear in the text.
 *
 * `re2` is its source in RE2 syntax; `size` is the number of compiled instructions, the most steps that one character
 * of a text can take.
 */
export type Pattern = {
  source: string
  re2: string
  size: number
  program: Program
  /** How many groups in ( ) it has. */
  groups: number
  /** Starts a search in counted steps, so that a long text can be searched with pauses. */
  search(text: string): Search
}

/** Many patterns searched in one pass: results are their indexes in the list that the set was built from. */
export type PatternSet = { placeOf: ReadonlyMap<Pattern, number>; search(text: string): Search }

/** Make a set of patterns. */
export function patternSet(patterns: readonly Pattern[]): PatternSet {
  const machine = new Machine(programOfSet(patterns), cellsOf.set)
  const placeOf = new Map(patterns.map((pattern, at) => [pattern, at]))
  return { placeOf, search: text => new Search(machine, text) }
}

/**
 * How many states a machine caches, in numbers of 8 bytes.
 *
 * Nearly every text is searched by sets. A single pattern is only searched where no set was, and there may be
 * thousands.
 */
const cellsOf = { set: 50_000, one: 2_000 }

/** A larger compiled program would take too much memory and too much time per character. */
const maxProgramSize = 5_000

/** No person writes a longer expression. */
const maxSourceLength = 2_000

/**
 * Compiles a regular expression, or explains to its author why it cannot run.
 *
 * RE2 syntax, in Unicode mode: no look-around and no back-references, since those cannot run in linear time. Pure.
 */
export function readPattern(source: string): Pattern | PatternProblem {
  if (source.length > maxSourceLength)
    return { problem: `is longer than ${maxSourceLength} characters`, hint: 'Write several conditions under any:' }
  // Compiling a far too large pattern takes seconds; for a slightly too large one, re2js often knows the culprit.
  if (writtenOut(source) > 3 * maxProgramSize) return tooLarge
  try {
    const re2 = inRe2(source)
    const program = programOf(re2)
    return program.size <= maxProgramSize ? patternOf(source, re2, program) : tooLarge
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return explainPattern(error.message)
  }
}

const tooLarge: PatternProblem = {
  problem: 'is too large when its repetitions are expanded',
  hint: 'Use smaller counts in {…}',
}

function patternOf(source: string, re2: string, program: Program): Pattern {
  let machine: Machine | undefined
  return {
    source,
    re2,
    program,
    groups: groupsIn(program),
    size: program.size,
    search(text) {
      machine ??= new Machine(program, cellsOf.one)
      return new Search(machine, text)
    },
  }
}

/** The highest group number: among instructions that only lead on, those of groups alone have an argument from 2 up. */
function groupsIn({ op, arg }: Program): number {
  return arg.reduce((most, each, pc) => (op[pc] === ops.go ? Math.max(most, each >> 1) : most), 0)
}

/** Translates other dialects to RE2: \u4e00 to \x{4e00}, \p{Script=Han} to \p{Han}. */
function inRe2(source: string): string {
  return source.replaceAll(
    /\\(?:([pP])\{(?:Script|sc|Script_Extensions|scx)=(\w+)\}|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|.)/gs,
    (all, property?: string, script?: string, braced?: string, four?: string) => {
      if (property !== undefined) return `\\${property}{${script}}`
      const hex = braced ?? four
      return hex === undefined ? all : `\\x{${hex}}`
    },
  )
}
