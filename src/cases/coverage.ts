import type { RuleSet } from '../compile/ruleset.ts'
import type { Trace } from '../decide/trace.ts'
import type { CaseResult } from './run-case.ts'
import { rulesOf } from './run-cases.ts'

/** What the cases of a rule set do not cover. Rules are ids; disabled ones are left out. */
export type Coverage = {
  /** Rules that no case makes fire. */
  neverFired: readonly string[]
  /** Rules that no case keeps from firing. */
  neverHeld: readonly string[]
  /** Conditions with the same verdict in every case: nothing shows that they matter. */
  neverDecided: readonly { rule: string; text: string; file: string; line: number; always: Trace['verdict'] }[]
}

/** The coverage of a rule set by results of cases. */
export function coverageOf(ruleSet: RuleSet, results: readonly CaseResult[]): Coverage {
  const rules = rulesOf(ruleSet).filter(({ mode }) => mode !== 'disabled')
  const byRule = new Map(rules.map(({ id }) => [id, { fired: false, held: false, leaves: new Map<string, Leaf>() }]))
  for (const { rules: explained } of results) {
    for (const { rule, result, conditions } of explained) {
      const one = byRule.get(rule)
      if (one === undefined || result === 'not in force') continue
      if (conditions.verdict === true) one.fired = true
      else one.held = true
      for (const leaf of leavesOf(conditions)) record(one.leaves, leaf)
    }
  }
  const ids = rules.map(({ id }) => id)
  return {
    neverFired: ids.filter(id => !byRule.get(id)?.fired),
    neverHeld: ids.filter(id => !byRule.get(id)?.held),
    neverDecided: ids.flatMap(id => undecided(id, byRule.get(id)?.leaves ?? new Map())),
  }
}

/** A condition and its verdicts in the cases that reached it. */
type Leaf = { leaf: Trace; verdicts: Set<Trace['verdict']> }

function record(leaves: Map<string, Leaf>, leaf: Trace): void {
  const key = `${leaf.file}:${leaf.line}:${leaf.text}`
  const known = leaves.get(key)
  if (known === undefined) leaves.set(key, { leaf, verdicts: new Set([leaf.verdict]) })
  else known.verdicts.add(leaf.verdict)
}

function undecided(rule: string, leaves: ReadonlyMap<string, Leaf>): Coverage['neverDecided'] {
  return [...leaves.values()]
    .filter(({ verdicts }) => !(verdicts.has(true) && verdicts.size > 1))
    .map(({ leaf: { text, file, line }, verdicts }) => {
      const always = verdicts.has(true) ? true : verdicts.has(false) ? false : 'unknown'
      return { rule, text, file, line, always }
    })
}

/** The tests in a trace, including tests of list items and the tests of the items that decided them. */
function leavesOf(trace: Trace): readonly Trace[] {
  const inside = trace.children ?? trace.items?.map(({ conditions }) => conditions) ?? []
  return [...(trace.children === undefined ? [trace] : []), ...inside.flatMap(leavesOf)]
}
