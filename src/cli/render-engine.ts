import type { Colors } from 'picocolors/types.js'
import type { EngineCondition, EngineRule } from '../decide/engine-view.ts'

import { shown } from '../language/show/visible.ts'

/** What json-rules-engine returned for each rule, as lines for people. */
export function renderEngine(engine: readonly EngineRule[], colors: Colors): string[] {
  const rules = engine.flatMap(({ rule, fires, conditions }) => [
    `  ${colors.bold(rule)}  ${fires ? 'fires' : 'does not fire'}`,
    ...renderCondition(conditions, '      '),
  ])
  return ['', colors.bold('What json-rules-engine returned for every rule'), ...rules]
}

function renderCondition(condition: EngineCondition, indent: string): string[] {
  if ('group' in condition) {
    return [`${indent}${condition.group}`, ...condition.parts.flatMap(part => renderCondition(part, `${indent}  `))]
  }
  const { fact, operator, result } = condition
  if (result === undefined) return [`${indent}${fact} ${operator}: not evaluated`]
  const saw = condition.saw === null || condition.saw === undefined ? 'no value' : shown(condition.saw)
  return [`${indent}${fact} ${operator}: ${result} for ${saw}`]
}
