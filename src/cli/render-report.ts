import type { Colors } from 'picocolors/types.js'
import type { ExplainedRule } from '../decide/explain.ts'
import type { NearMiss, Needed } from '../decide/near-miss.ts'
import type { ItemTrace, Trace } from '../decide/trace.ts'
import { visible } from '../language/display.ts'
import type { Report } from '../protocol/report.ts'
import { itemChanges } from './item-changes.ts'
import { renderEngine } from './render-engine.ts'
import { renderFound } from './render-found.ts'
import { shown } from './shown.ts'

/** A report as people read it: the decision, the reply, and of each rule why. Ends with a line break. Pure. */
export function renderReport(report: Report, colors: Colors): string {
  const lines = [
    headline(report, colors),
    '',
    colors.bold('Reply'),
    `  ${visible(JSON.stringify(report.reply))}`,
    '',
    colors.bold('Why'),
    ...report.rules.flatMap(rule => renderRule(rule, colors)),
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
  return fields.length === 0 ? `${allowed}, nothing changed` : `${allowed}, with another ${fields.join(', ')}`
}

/** A rule that did something is shown whole; any other in one line, with the condition that decided. */
function renderRule(rule: ExplainedRule, colors: Colors): string[] {
  const { conditions, changes = [] } = rule
  const place = colors.dim(`${visible(conditions.file)}:${conditions.line}`)
  const head = `  ${mark(rule.result === 'matched', colors)} ${colors.bold(rule.rule)}  ${told(rule)}  ${place}`
  if (rule.result === 'not in force') return [head]
  if (rule.result === 'not matched' || rule.result === 'unknown') {
    const decisive = decisiveIn(conditions)
    return [head, ...renderLeaf(decisive, '      ')]
  }
  const rewritten = changes.flatMap(renderChange)
  return [head, ...renderTrace(conditions, 6, colors), ...rewritten]
}

/** So many changes inside one list are shown. */
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

const does = { rewrite: 'rewrites', exempt: 'exempts', reject: 'refuses' }
const wouldDo = { rewrite: 'would rewrite', exempt: 'would exempt', reject: 'would refuse' }

function told({ stage, mode, result }: ExplainedRule): string {
  const shadow = mode === 'shadow' ? ', in shadow: it changes nothing' : ''
  switch (result) {
    case 'matched':
      return mode === 'shadow' ? `${wouldDo[stage]}${shadow}` : does[stage]
    case 'exempted':
      return `holds, but is exempted${shadow}`
    case 'unknown':
      return 'cannot tell: a field that it tests is absent'
    case 'not in force':
      return mode === 'disabled' ? 'is disabled' : 'is not in force at this time'
    case 'not matched':
      return 'does not match'
  }
}

function mark(isMatch: boolean, colors: Colors): string {
  return isMatch ? colors.green('✓') : colors.dim('·')
}

/** A condition with what it saw, and those inside it below, each with a mark for what it said. Pure. */
export function renderTrace(trace: Trace, indent: number, colors: Colors): string[] {
  const pad = ' '.repeat(indent)
  const sign =
    trace.verdict === true ? colors.green('✓') : trace.verdict === false ? colors.red('✗') : colors.yellow('?')
  const items = (trace.items ?? []).flatMap(item => renderItem(trace, item, indent + 2, colors))
  if (trace.children === undefined) return [...renderLeaf(trace, `${pad}${sign} `, `${pad}  `), ...items]
  return [`${pad}${sign} ${trace.text}`, ...trace.children.flatMap(child => renderTrace(child, indent + 2, colors))]
}

/** An item with its place in the list, as it would be written inside JSON, and why it passes or not. */
function renderItem(list: Trace, { index, actual, conditions }: ItemTrace, indent: number, colors: Colors): string[] {
  const [name = ''] = list.text.split(' ', 1)
  const line = `${' '.repeat(indent)}  ${name}[${index}] is ${shown(actual)}`
  return [line, ...renderTrace(conditions, indent + 2, colors)]
}

function renderLeaf(trace: Trace, head: string, pad = head): string[] {
  const line = `${head}${visible(trace.text)} — it is ${seen(trace)}`
  return trace.found === undefined ? [line] : [line, ...renderFound(trace.found).map(text => `${pad}${text}`)]
}

/** The value that a condition saw. */
function seen({ actual, named }: Pick<Trace, 'actual' | 'named'>): string {
  return named ?? (actual === null ? 'absent' : shown(actual))
}

/** What would change the decision: what would have kept a rule from refusing, and rules that nearly fired. */
function renderOtherwise({ decision, nearMisses, escapes = [], next }: Report, colors: Colors): string[] {
  const others = next === undefined ? 'no rule would refuse it' : `${next.rule} would refuse it, with ${next.code}`
  const refused =
    decision.kind === 'reject'
      ? [
          `  ${colors.bold(decision.rule)} would not fire, and ${others}, if one of these were so:`,
          ...escapes.map(each => `      ${neededText(each)}`),
        ]
      : []
  const lines = [...refused, ...nearMisses.flatMap(miss => renderNearMiss(miss, colors))]
  return lines.length === 0 ? [] : ['', colors.bold('What would change it'), ...lines]
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

/** What a condition saw, and what it asks for: `roleLevel is member, must be at least admin`. */
function neededText(needed: Needed): string {
  const { subject, needs } = needed
  if (subject === undefined) return visible(needs)
  return `${subject} is ${subject === 'the time' ? needed.actual : seen(needed)}, ${visible(needs)}`
}

/** The test that kept a rule from firing: the first that is not true, down to the leaf. */
function decisiveIn(trace: Trace): Trace {
  const [first] = trace.children ?? []
  if (trace.children === undefined || first === undefined) return trace
  const [when, unless] = trace.children
  if (unless?.text === 'unless' && when?.verdict === true) return decisiveIn(unless)
  const culprit = trace.children.find(child => child.verdict === trace.verdict) ?? first
  return decisiveIn(culprit)
}
