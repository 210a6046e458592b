import { listsOf } from '../changes/stricter.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { List } from '../language/condition.ts'
import { writtenRule } from '../language/written.ts'
import type { ReportAbout } from './report.ts'

/** The rules of a draft that are new or mean something else, with the callbacks that they decide. Pure. */
export function changedRules(base: RuleSet | undefined, draft: RuleSet): ReportAbout['changed'] {
  const before = new Map(Array.from(base?.compiled.keys() ?? [], rule => [rule.id, rule]))
  const otherLists = new Set(
    [...draft.lists].flatMap(([name, list]) => (isSame(base?.lists.get(name), list) ? [] : [name])),
  )
  return [...draft.compiled.values()].flatMap(compiled => {
    const { id, rule } = compiled
    if (rule.mode === 'disabled') return []
    const old = before.get(id)
    const isAsBefore = old === rule || (old !== undefined && writtenRule(old) === writtenRule(rule))
    if (isAsBefore && [...listsOf(compiled)].every(name => !otherLists.has(name))) return []
    return [{ rule: id, callbacks: rule.callbacks.map(({ name }) => name) }]
  })
}

function isSame(before: List | undefined, { texts, except, replacements }: List): boolean {
  const all = (list: List | undefined) => JSON.stringify([list?.texts, list?.except?.texts, list?.replacements])
  return (
    before !== undefined &&
    (before.texts === texts || all(before) === JSON.stringify([texts, except?.texts, replacements]))
  )
}
