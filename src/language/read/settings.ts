import { write } from '../../yaml/fix.ts'
import { textAt } from '../../yaml/layout.ts'
import type { Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { nearest } from '../advice/suggest.ts'
import { suggestAt } from '../advice/suggested.ts'
import type { Rule } from '../rule.ts'
import { fuseChoices, unsureChoices } from '../vocabulary.ts'
import { readDate } from './date.ts'
import type { Entries } from './mapping.ts'
import { readMode } from './mode.ts'
import type { Scope } from './scope.ts'
import { describeNode } from './shape.ts'
import { isPointed, refusePointed } from './value.ts'

/** The mode, order and dates of a rule, what it does while a count is unsure, and whether it has a fuse. */
export type Settings = Pick<
  Rule,
  'mode' | 'share' | 'order' | 'from' | 'until' | 'dates' | 'ifUnsure' | 'fuse' | 'fuseSpan'
>

/** The settings of a rule; undefined if invalid (reported). */
export function readSettings(entries: Entries, scope: Scope): Settings | undefined {
  const mode = readMode(entries.get('mode')?.value, scope)
  const order = readOrder(entries.get('order')?.value, scope.reporter)
  const ifUnsure = readIfUnsure(entries.get('if unsure')?.value, scope.reporter)
  const fuse = readFuse(entries.get('fuse')?.value, scope.reporter)
  const from = readDate(entries.get('from'), 'start', scope)
  const until = readDate(entries.get('until'), 'end', scope)
  if (mode === undefined || order === undefined || from === 'wrong' || until === 'wrong') return undefined
  if (ifUnsure === undefined || fuse === undefined) return undefined
  if (from === undefined || until === undefined || from < until) {
    const fuseEntry = entries.get('fuse')
    const span = fuseEntry && { fuseSpan: fuseEntry.keySpan }
    return { ...mode, order, ifUnsure, fuse, ...span, ...dated(entries, from, until) }
  }
  const span = entries.get('until')?.value.span as Rule['span']
  const begin = entries.get('from')?.value.span as Rule['span']
  const swapped = [
    { span: begin, text: textAt(span, scope.text) },
    { span, text: textAt(begin, scope.text) },
  ]
  const hint = 'Swap "from" and "until"'
  scope.reporter.error('until-before-from', span, 'This rule ends before it starts', {
    hint,
    fixes: [{ label: hint, edits: swapped }],
  })
  return undefined
}

/** The dates that a rule has, as instants and as written. */
function dated(entries: Entries, from?: number, until?: number): Pick<Rule, 'from' | 'until' | 'dates'> {
  if (from === undefined && until === undefined) return {}
  const written = (key: string) => {
    const node = entries.get(key)?.value
    return node?.kind === 'scalar' ? { [key]: String(node.value) } : {}
  }
  const instants = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) }
  return { ...instants, dates: { ...written('from'), ...written('until') } }
}

function readIfUnsure(node: Node | undefined, reporter: Reporter): Rule['ifUnsure'] | undefined {
  if (node === undefined) return unsureChoices[0]
  if (node.kind === 'broken') return undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  const choice = unsureChoices.find(name => name === value)
  if (choice !== undefined) return choice
  const message = `"if unsure" must be ${unsureChoices.join(' or ')}, got ${describeNode(node)}`
  const all = 'Write skip, so that the rule does not fire while a count is unsure, or fire'
  const near = nearest(String(value ?? ''), unsureChoices)
  const advice = near === undefined ? { hint: all } : suggestAt(node.span, String(value), unsureChoices, 'Choices')
  reporter.error('wrong-value', node.span, message, advice)
  return undefined
}

function readFuse(node: Node | undefined, reporter: Reporter): Rule['fuse'] | undefined {
  if (node === undefined) return fuseChoices[0]
  if (node.kind === 'broken') return undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  const choice = fuseChoices.find(name => name === value)
  if (choice !== undefined) return choice
  const message = `"fuse" must be ${fuseChoices.join(' or ')}, got ${describeNode(node)}`
  const meant = typeof value === 'boolean' ? (value ? 'on' : 'off') : nearest(String(value ?? ''), fuseChoices)
  const advice = meant === undefined ? { hint: 'Write off, so that the rule stays in force' } : write(node.span, meant)
  reporter.error('wrong-value', node.span, message, advice)
  return undefined
}

function readOrder(node: Node | undefined, reporter: Reporter): number | undefined {
  if (node === undefined) return 100
  if (node.kind === 'broken') return undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  if (node.kind === 'scalar' && Number.isSafeInteger(value)) {
    return isPointed(node, false) ? refusePointed(node, reporter) : (value as number)
  }
  const isQuoted = typeof value === 'string' && /^-?\d{1,15}$/.test(value)
  const advice = isQuoted ? write(node.span, value) : { hint: 'Write a number: lower runs first, the default is 100' }
  reporter.error('wrong-value', node.span, `"order" must be a whole number, got ${describeNode(node)}`, advice)
  return undefined
}
