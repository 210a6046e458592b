import type { Colors } from 'picocolors/types.js'
import type { RuleSet } from '../compile/ruleset.ts'
import type { Replied } from '../decide/replied.ts'
import type { Trace } from '../decide/trace.ts'
import type { CallToJudge } from '../impact/judgements.ts'
import type { Zone } from '../language/clock.ts'
import { shown, visible } from '../language/show/visible.ts'
import { secondText } from './covered.ts'
import { whoText } from './decision-line.ts'
import { repliedText } from './impact-changes.ts'
import { foundIn, litPieces } from './lit-text.ts'
import { saidIn } from './said-in-call.ts'
import { whyFires } from './why-fires.ts'

/** A call to be judged, as `number` of `of`. */
export type CardOf = { judged: CallToJudge; draft: RuleSet | undefined; zone: Zone; number: number; of: number }

/** So much of a text is shown, and so many conditions that say something else than what they found. */
const most = { text: 1000, conditions: 4, actual: 100 }

/** A newly refused call as a moderator needs it: who, where, what was written, what was found in it, by which rule. */
export async function judgeCard({ judged, draft, zone, number, of }: CardOf, colors: Colors): Promise<string> {
  const { rule, example } = judged
  const why = await whyFires(judged, draft)
  const found = why === undefined ? [] : foundIn(why)
  const lines = [
    `${colors.bold(`${number} of ${of}`)}  ${secondText(example.at, zone)} ${zone.name}  ${colors.dim(visible(example.id))}`,
    [whoText(example), visible(example.callback)].filter(text => text !== '').join('  '),
    ...saidIn(example).map(({ field, text }) => `  ${field}${field && ': '}“${lit(text, found, colors)}”`),
    `${repliedText(example.before)} → ${refusalText(example.after)} by ${colors.bold(visible(rule))}`,
    ...(why === undefined ? [] : otherConditions(why)).slice(0, most.conditions),
  ]
  return lines.join('\n')
}

/** What the user is told: `refused with 5203, “Mind your words”`. */
export function refusalText(outcome: Replied): string {
  if (outcome.kind !== 'reject') return repliedText(outcome)
  return `refused with ${outcome.code}${outcome.message === '' ? '' : `, “${visible(outcome.message)}”`}`
}

/** Brackets show what was found also where there are no colours. */
function lit(text: string, found: readonly string[], colors: Colors): string {
  const pieces = litPieces(text.length > most.text ? `${text.slice(0, most.text)}…` : text, found)
  return pieces.map(each => (each.isFound ? colors.bold(colors.red(`»${each.text}«`)) : each.text)).join('')
}

/** Conditions that hold, but found nothing in a text: `groupID in list closed — it is "g-1"`. */
function otherConditions({ verdict, negates, children, text, actual, found, counted, items }: Trace): string[] {
  if (counted !== undefined) return [`  ${visible(text)} — counted from earlier calls`]
  if (verdict !== true || negates) return []
  if (children !== undefined) return children.flatMap(otherConditions)
  if (items !== undefined) return items.flatMap(({ conditions }) => otherConditions(conditions))
  if (found?.text !== undefined && found.text !== '') {
    return found.entry === found.text ? [] : [`  ${visible(text)} — found ${shown(found.entry)}`]
  }
  const value = shown(actual)
  return [`  ${visible(text)} — it is ${value.length > most.actual ? `${value.slice(0, most.actual)}…` : value}`]
}
