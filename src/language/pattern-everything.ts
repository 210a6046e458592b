import type { Pattern } from './pattern.ts'
import type { PatternProblem } from './pattern-problem.ts'

/** Texts that have nothing in common: what is found in all of them is found in any. */
const unlike = ['a', 'Z', '1', '王', '-', ' ', '\u{1f600}', `${'x'.repeat(5_000)}!`]

/** What takes more is no pattern that is found at once, as one that is found in every text is. */
const mostSteps = 50_000

/** Why a pattern is no test: it is found in every text, or in every one that is not empty; undefined for others. Pure. */
export function everythingFoundBy(pattern: Pattern): PatternProblem | undefined {
  if (!unlike.every(text => isFoundSoon(pattern, text))) return undefined
  const { source } = pattern
  if (!isFoundSoon(pattern, '')) {
    const problem = `${source} is found in every text that is not empty: it asks only for any character`
    return { problem, hint: 'Write \\. for a full stop, or not: { is blank: true } for a text that is not empty' }
  }
  const empty = emptyAlternative.exec(source)?.[0]
  if (empty !== undefined) {
    const problem = `${source} is found in every text, since one side of | is empty and so always found`
    return { problem, hint: 'Remove the | that has nothing beside it, or write \\| for the sign itself' }
  }
  const problem = `${source} is found in every text, even an empty one: nothing in it must be there`
  return { problem, hint: 'Write + in place of * for at least one, and ^ and $ around it for the whole text' }
}

/** A bar with nothing on one side. One that stands for itself hardly ever has. */
const emptyAlternative = /(?<!\\)(?:^|\()(?:\?:)?\||(?<!\\)\|(?=$|\||\))/

function isFoundSoon(pattern: Pattern, text: string): boolean {
  const search = pattern.search(text)
  return search.run(mostSteps) && search.found.size > 0
}
