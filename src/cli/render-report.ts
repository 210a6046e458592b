import type { Colors } from 'picocolors/types.js'
import { itemChanges } from '../cases/item-changes.ts'
import type { ExplainedRule, ExplainedShare } from '../decide/explain.ts'
import type { NearMiss, NeededCondition } from '../decide/near-miss.ts'
import type { ItemTrace, Trace } from '../decide/trace.ts'
import { shown, visible } from '../language/show/visible.ts'
import type { Report } from '../protocol/report.ts'
import { type AskedTime, timeLine } from './asked-time.ts'
import { renderCounted } from './render-counted.ts'
import { renderEngine } from './render-engine.ts'
import { renderFound } from './render-found.ts'

/**
 * A report for people: payload keys that no rule sees, the decision, the reply, and each rule with its reason.
 *
 * `time` is the time of the call if it was given in a time zone. Ends with a line break.
 */
export function renderReport(report: Report, colors: Colors, time?: AskedTime): string {
  const { unknownKeys = [] } = report
  const lines = [
    ...unknownKeys.map(({ problem }) => `${colors.yellow('!')} ${visible(problem)}`),
    ...(unknownKeys.length > 0 ? [''] : []),
    headline(report, colors),
    ...(time === undefined ? [] : [colors.dim(`At ${timeLine(time)}`)]),
    '',
    colors.bold('Reply'),
    `  ${visible(JSON.stringify(report.reply))}`,
    '',
    colors.bold('Why'),
    ...report.rules.flatMap(rule => renderRule(rule, answerTo(rule, report), colors)),
  ]
  if (report.rules.length === 0) lines.push('  No rule decides this callback')
  lines.push(...renderOtherwise(report, colors))
  if (report.engine !== undefined) lines.push(...renderEngine(report.engine, colors))
  return `${lines.join('\n')}\n\n${colors.dim(`Rules ${report.version}`)}\n`
}

function headline({ decision }: Report, colors: Colors): string {
  if (decision.kind === 'reject')
    return `${colors.red(colors.bold('Rejected'))} with ${decision.code} by ${decision.rule}`
  const fields = Object.keys(decision.rewrites ?? {})
  const allowed = colors.green(colors.bold('Allowed'))
  return fields.length === 0 ? `${allowed}, nothing changed` : `${allowed}, with ${fields.join(', ')} rewritten`
}

/** A rule that matched is shown in full; any other on one line, with the condition that decided it. */
function renderRule(rule: ExplainedRule, answer: string, colors: Colors): string[] {
  const { conditions, changes = [] } = rule
  const place = colors.dim(`${visible(conditions.file)}:${conditions.line}`)
  const head = `  ${mark(rule.result === 'matched', colors)} ${colors.bold(rule.rule)}  ${statusOf(rule)}${answer}  ${place}`
  if (rule.result === 'not in force') return [head]
  const drawn = rule.share === undefined ? [] : [`      ${shareText(rule.share)}`]
  if (rule.result === 'not matched' || rule.result === 'unknown') {
    const { leaf, turned } = decisiveIn(conditions)
    return [head, ...drawn, ...renderLeaf(leaf, `      ${turned.map(word => `${word}: `).join('')}`, '      ')]
  }
  const rewritten = changes.flatMap(renderChange)
  return [head, ...drawn, ...renderTrace(conditions, 6, colors), ...rewritten]
}

/** Whether the call is in the share of a rule, and by what. */
function shareText({ percent, by, value, isIn }: ExplainedShare): string {
  const share = `${percent} % (by ${by})`
  if (value === null) return `not in its share of ${share}: the call has no ${by}`
  return isIn ? `in its share of ${share}: ${shown(value)} is` : `not in its share of ${share}: ${shown(value)} is not`
}

/** How many changes inside one list are shown. */
const maxInList = 10

function renderChange({ field, from, to }: { field: string; from: unknown; to: unknown }): string[] {
  const changes = itemChanges(field, from, to) ?? [{ place: field, from, to }]
  const lines = changes
    .slice(0, maxInList)
    .map(each => `      ${each.place}: ${valueText(each.from)} → ${valueText(each.to)}`)
  const more = changes.length - lines.length
  return more > 0 ? [...lines, `      and ${more} more changes in ${field}`] : lines
}

function valueText(value: unknown): string {
  return value === null ? 'absent' : shown(value)
}

const does = { rewrite: 'rewrites', exempt: 'exempts', reject: 'rejects' }
const wouldDo = { rewrite: 'would rewrite', exempt: 'would exempt', reject: 'would reject' }

function statusOf({ stage, mode, share, result, conditions }: ExplainedRule): string {
  const where = share === undefined ? 'in shadow' : 'outside its share'
  const shadow = mode === 'shadow' ? `, but has no effect ${where}` : ''
  switch (result) {
    case 'matched':
      return mode === 'shadow' ? `${wouldDo[stage]}${shadow}` : does[stage]
    case 'exempted':
      return `matches, but is exempted${shadow}`
    case 'unknown':
      if (conditions.counted && conditions.actual === null) return 'unknown: what it asks about never happened'
      return `unknown: ${isUnsureIn(conditions) ? 'what it asks could not be had' : 'a field that it tests is absent'}`
    case 'not in force':
      return mode === 'disabled' ? 'is disabled' : 'is not in force at this time'
    case 'not matched':
      return 'does not match'
  }
}

function isUnsureIn({ actual, counted, children = [] }: Trace): boolean {
  return actual === '(unsure)' || counted !== undefined || children.some(isUnsureIn)
}

/** Which of several rules that reject a call decides; nothing if only one does. */
function answerTo({ rule, stage, mode, result }: ExplainedRule, { decision, rules }: Report): string {
  if (decision.kind !== 'reject' || !isReject({ stage, mode, result })) return ''
  if (rules.filter(isReject).length < 2) return ''
  return rule === decision.rule ? ' and decides' : ` too, after ${decision.rule}`
}

function isReject({ stage, mode, result }: Pick<ExplainedRule, 'stage' | 'mode' | 'result'>): boolean {
  return stage === 'reject' && mode === 'enforce' && result === 'matched'
}

function mark(isMatch: boolean, colors: Colors): string {
  return isMatch ? colors.green('✓') : colors.dim('·')
}

/** A condition and its parts, each with a mark for its verdict and the value that it tested. */
export function renderTrace(trace: Trace, indent: number, colors: Colors): string[] {
  const pad = ' '.repeat(indent)
  const sign =
    trace.verdict === true ? colors.green('✓') : trace.verdict === false ? colors.red('✗') : colors.yellow('?')
  const items = (trace.items ?? []).flatMap(item => renderItem(trace, item, indent + 2, colors))
  if (trace.children === undefined) return [...renderLeaf(trace, `${pad}${sign} `, `${pad}  `), ...items]
  return [`${pad}${sign} ${trace.text}`, ...trace.children.flatMap(child => renderTrace(child, indent + 2, colors))]
}

/** An item with its index in the list, and why it passes or fails. */
function renderItem(list: Trace, { index, actual, conditions }: ItemTrace, indent: number, colors: Colors): string[] {
  const [name = ''] = list.text.split(/ (?:exactly )?(?:any|every) item\b/, 1)
  const line = `${' '.repeat(indent)}  ${name}[${index}] is ${shown(actual)}`
  return [line, ...renderTrace(conditions, indent + 2, colors)]
}

function renderLeaf(trace: Trace, head: string, pad = head): string[] {
  const line = `${head}${visible(trace.text)} — it is ${actualText(trace)}`
  const counted = renderCounted(trace)
  const found = trace.found === undefined ? [] : renderFound(trace.found)
  const lacks = trace.lacks === undefined ? [] : [`not found: ${shown(trace.lacks)}`]
  return [line, ...[...counted, ...found, ...lacks].map(text => `${pad}${text}`)]
}

/** The value that a condition tested. */
function actualText({ actual, named, counted }: Pick<Trace, 'actual' | 'named' | 'counted'>): string {
  if (counted?.agoMs !== undefined) return `${Math.round(counted.agoMs / 1000)} s ago`
  if (counted !== undefined && actual === null) return 'unknown, since nothing came before'
  return actual === null ? 'absent' : shown(named ?? actual)
}

/** What would change the decision: conditions that would have avoided the reject, and rules that nearly fired. */
function renderOtherwise({ decision, nearMisses, escapes = [], next }: Report, colors: Colors): string[] {
  const others =
    next === undefined ? 'no other rule would reject the call' : `${next.rule} would reject the call with ${next.code}`
  const refused =
    decision.kind === 'reject'
      ? [
          `  ${colors.bold(decision.rule)} would not fire, and ${others}, if one of these changed:`,
          ...escapes.map(each => `      ${neededText(each)}`),
        ]
      : []
  const lines = [...refused, ...nearMisses.flatMap(miss => renderNearMiss(miss, colors))]
  return lines.length === 0 ? [] : ['', colors.bold('What would change the decision'), ...lines]
}

function renderNearMiss({ rule, held, of, position, missing, then }: NearMiss, colors: Colors): string[] {
  const place = colors.dim(`${visible(missing.file)}:${missing.line}`)
  const count = of === 1 ? '' : `  ${held} of ${of} conditions ${held === 1 ? 'holds' : 'hold'}`
  const which = of === 1 ? '' : `the ${ordinals[position - 1] ?? `${position}th`}: `
  return [
    `  ${colors.yellow('~')} ${colors.bold(rule)}${count}  ${place}`,
    `      ${which}${neededText(missing)}`,
    `      then ${then}`,
  ]
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** The value that a condition tested, and what it requires: `roleLevel is member, must be at least admin`. */
function neededText(needed: NeededCondition): string {
  const { subject, needs } = needed
  if (subject === undefined) return visible(needs)
  return `${subject} is ${subject === 'the time' ? needed.actual : actualText(needed)}, ${visible(needs)}`
}

/** The test that kept a rule from firing, and the words that negate it: `not`, `none of`, `unless`. */
type Decisive = { leaf: Trace; turned: readonly string[] }

/** The first test with the wrong verdict, down to the leaf. */
function decisiveIn(trace: Trace, turned: readonly string[] = []): Decisive {
  const [first] = trace.children ?? []
  if (trace.children === undefined || first === undefined) return { leaf: trace, turned }
  const [when, unless] = trace.children
  if (unless?.text === 'unless' && when?.verdict === true) return decisiveIn(unless, [...turned, 'unless'])
  const wanted = trace.negates && trace.verdict !== 'unknown' ? !trace.verdict : trace.verdict
  const culprit = trace.children.find(child => child.verdict === wanted) ?? first
  return decisiveIn(culprit, trace.negates ? [...turned, trace.text.startsWith('none') ? 'none of' : 'not'] : turned)
}
