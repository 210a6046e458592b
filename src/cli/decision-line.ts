import type { Colors } from 'picocolors/types.js'
import type { Zone } from '../language/clock.ts'
import { visible } from '../language/show/visible.ts'
import type { RecordedDecision } from '../record/record-line.ts'
import { secondText } from './covered.ts'

/** How many users or groups of a call are named. */
const mostNamed = 2

/** One decision in words: when, who, where, what was asked, what became of it, and its id. */
export function decisionLine(decision: RecordedDecision, zone: Zone, colors: Colors): string {
  const parts = [
    secondText(decision.at, zone),
    whoText(decision),
    visible(decision.callback),
    outcomeText(decision, colors),
    colors.dim(visible(decision.id)),
  ]
  return parts.filter(part => part !== '').join('  ')
}

/** `u-1 in g-1`; of many, the first ones. */
export function whoText({ users, groups }: Pick<RecordedDecision, 'users' | 'groups'>): string {
  const who = namesText(users)
  const where = namesText(groups)
  return [who, where === '' ? '' : `in ${where}`].filter(part => part !== '').join(' ')
}

function namesText(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).map(visible)
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

/** What became of a call, and which rules would have done something but did not. */
export function outcomeText(decision: RecordedDecision, colors: Colors): string {
  return [verdictText(decision, colors), ...beside(decision)].join('; ')
}

function verdictText({ decision, code, rule, changes }: RecordedDecision, colors: Colors): string {
  if (decision === 'reject') return `${colors.red('refused')} with ${code} by ${visible(rule ?? 'no rule')}`
  if (changes.length === 0) return colors.green('let through')
  const rules = [...new Set(changes.map(each => each.rule))]
  const fields = [...new Set(changes.map(({ field }) => field))]
  return `${colors.yellow('rewritten')} in ${fields.join(', ')} by ${rules.map(visible).join(', ')}`
}

function beside({ matches, unsure }: RecordedDecision): readonly string[] {
  const rejects = matches.filter(({ stage }) => stage === 'reject')
  const shadow = matches.filter(({ mode, exempted }) => mode === 'shadow' && !exempted).map(({ rule }) => rule)
  const exempted = rejects.filter(match => match.exempted && match.mode === 'enforce').map(({ rule }) => rule)
  const exempt = matches.filter(({ stage, mode }) => stage === 'exempt' && mode === 'enforce').map(({ rule }) => rule)
  return [
    ...(exempted.length === 0
      ? []
      : [`exempt from ${exempted.map(visible).join(', ')} by ${exempt.map(visible).join(', ')}`]),
    ...(shadow.length === 0 ? [] : [`in shadow: ${shadow.map(visible).join(', ')}`]),
    ...(unsure ? ['not everything it asks was known'] : []),
  ]
}
