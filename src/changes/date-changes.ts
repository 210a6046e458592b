import { timeTestsIn } from '../cases/dated-moments.ts'
import { rulesOf } from '../cases/run-cases.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { rangeText } from '../language/dates.ts'
import type { Steps } from '../yaml/steps.ts'
import { entryLines } from './list-changes.ts'

/** A change of named dates: the lines that show it, and the rules that use those dates before or after. */
export type DateChange = { lines: readonly string[]; rules: readonly string[] }

/** The dates that changed and that rules name before and after. Pauses after each rule. */
export function* dateChanges(before: RuleSet, after: RuleSet): Steps<DateChange[]> {
  const [old, now] = [yield* datesIn(before), yield* datesIn(after)]
  return [...now].flatMap(([name, { days, rules }]) => {
    const was = old.get(name)?.days
    if (was === undefined) return []
    const [gone, come] = [[...was].filter(day => !days.has(day)), [...days].filter(day => !was.has(day))]
    if (gone.length + come.length === 0) return []
    const title = `~ the dates ${name} changed: ${[...rules].join(', ')}`
    return [{ lines: [title, ...entryLines('-', gone), ...entryLines('+', come)], rules: [...rules] }]
  })
}

type Named = Map<string, { days: ReadonlySet<string>; rules: Set<string> }>

function* datesIn(ruleSet: RuleSet): Steps<Named> {
  const found: Named = new Map()
  for (const rule of rulesOf(ruleSet)) {
    for (const { name, ranges } of datesOf(rule)) {
      if (name === undefined) continue
      const known = found.get(name) ?? { days: new Set(ranges.map(rangeText)), rules: new Set<string>() }
      known.rules.add(rule.id)
      found.set(name, known)
    }
    yield
  }
  return found
}

function datesOf({ when, unless }: CompiledRule) {
  const tests = [when, ...(unless === undefined ? [] : [unless])].flatMap(timeTestsIn)
  return tests.flatMap(({ on = [], notOn = [] }) => [...on, ...notOn])
}
