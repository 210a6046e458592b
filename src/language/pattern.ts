import { RE2JS, RE2Set } from 're2js'
import { explainPattern, type PatternProblem } from './pattern-problem.ts'

/**
 * A regular expression that runs in time linear in its input.
 *
 * `re2` is its source in RE2's own spelling, `size` how many instructions it is compiled to.
 */
export type Pattern = { source: string; re2: string; size: number; test(text: string): boolean }

/** Many patterns looked for in one pass: answers the places, in the list they were made of, of those that match. */
export type PatternSet = (text: string) => readonly number[]

/** Make a set of patterns. Pure. */
export function patternSet(patterns: readonly Pattern[]): PatternSet {
  const set = new RE2Set()
  for (const { re2 } of patterns) set.add(re2)
  set.compile()
  return text => set.match(text)
}

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
  try {
    const re2 = inRe2(source)
    const compiled = RE2JS.compile(re2)
    const size = compiled.programSize()
    if (size <= maxProgramSize) return { source, re2, size, test: text => compiled.test(text) }
    return { problem: 'is too large once its repetitions are written out', hint: 'Use smaller counts in {…}' }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return explainPattern(error.message)
  }
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
