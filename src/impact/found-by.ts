import type { Judged } from '../compile/judged.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import type { Call } from '../decide/call.ts'
import { receive } from '../decide/decide.ts'
import { foundFirst } from '../decide/found.ts'
import { atOnce } from '../yaml/steps.ts'

/** The longest text of what was found, in UTF-16 code units. */
const longest = 60

const byId = new WeakMap<RuleSet, ReadonlyMap<string, CompiledRule>>()

/** What the condition of a rule finds in a call first, as received; undefined if it finds nothing that can be shown. */
export function foundBy(ruleSet: RuleSet, id: string, call: Call, at: number): string | undefined {
  const rules = byId.get(ruleSet) ?? new Map(Array.from(ruleSet.compiled.values(), rule => [rule.id, rule]))
  byId.set(ruleSet, rules)
  const rule = rules.get(id)
  if (rule === undefined) return undefined
  const text = inTop(rule.when, ruleSet, receive(ruleSet, call, at))
  return text === undefined || text.length <= longest ? text : `${text.slice(0, longest)}…`
}

/** Counts beside a condition are not known here, so its parts are asked one by one. */
function inTop(judged: Judged, ruleSet: RuleSet, view: View): string | undefined {
  const parts = judged.condition.kind === 'all' ? judged.parts : [judged]
  for (const part of parts) {
    const found =
      part.condition.kind === 'all' && part !== judged
        ? inTop(part, ruleSet, view)
        : atOnce(foundFirst(part, ruleSet.slots, view))?.text
    if (found !== undefined && found !== '') return found
  }
  return undefined
}
