import { Machine } from '../text/pattern/machine.ts'
import { ops, type Program, programOf, programOfSet } from '../text/pattern/program.ts'
import { Search } from '../text/pattern/search.ts'
import { explainPattern, type PatternProblem } from './pattern-problem.ts'
import { writtenOut } from './pattern-size.ts'

/**
 * A regular expression that is found in time linear in the text.
 *
 * `re2` is its source in RE2's own spelling; `size` is how many instructions it is compiled to, which is the most steps
 * that a character of a text can take.
 */
export type Pattern = {
  source: string
  re2: string
  size: number
  program: Program
  /** How many groups it has in round brackets. */
  groups: number
  /** Begin to look for it: in counted steps, so that a long text can be searched with pauses. */
  search(text: string): Search
}

/** Many patterns looked for in one pass: what is found are their places in the list that the set was made of. */
export type PatternSet = { placeOf: ReadonlyMap<Pattern, number>; search(text: string): Search }

/** Make a set of patterns. Pure. */
export function patternSet(patterns: readonly Pattern[]): PatternSet {
  const machine = new Machine(programOfSet(patterns), cellsOf.set)
  const placeOf = new Map(patterns.map((pattern, at) => [pattern, at]))
  return { placeOf, search: text => new Search(machine, text) }
}

/**
 * How much a machine remembers of the states that it has been in, in numbers of 8 bytes.
 *
 * Nearly every text is looked at by sets. A pattern by itself is asked where no set was, and there may be thousands.
 */
const cellsOf = { set: 50_000, one: 2_000 }

/** A larger compiled program would take too much memory and time a character. */
const maxProgramSize = 5_000

/** A longer expression is not one that a person wrote. */
const maxSourceLength = 2_000

/**
 * Compile a regular expression, or say in an author's words why it cannot run. Pure.
 *
 * RE2 syntax, in Unicode mode: no look-around and no back-references, since those cannot run in linear time.
 */
export function readPattern(source: string): Pattern | PatternProblem {
  if (source.length > maxSourceLength)
    return { problem: `is longer than ${maxSourceLength} characters`, hint: 'Write several conditions under any:' }
  // Compiling what is far too large takes seconds; of what is a little too large, re2js often knows the culprit.
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
  problem: 'is too large once its repetitions are written out',
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

/** The highest number of a group: of all instructions that lead on, only those of groups have one from 2 up. */
function groupsIn({ op, arg }: Program): number {
  return arg.reduce((most, each, pc) => (op[pc] === ops.go ? Math.max(most, each >> 1) : most), 0)
}

/** Spellings of other dialects that mean the same in RE2: \u4e00 is \x{4e00}, \p{Script=Han} is \p{Han}. */
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
