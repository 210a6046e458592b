import type { Colors } from 'picocolors/types.js'
import type { ExplainedRule, Trace } from '../decide/explain.ts'
import { visible } from '../language/display.ts'
import type { Report } from '../protocol/report.ts'
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
  const place = colors.dim(`${conditions.file}:${conditions.line}`)
  const head = `  ${mark(rule.result === 'matched', colors)} ${colors.bold(rule.rule)}  ${told(rule)}  ${place}`
  if (rule.result === 'not in force') return [head]
  if (rule.result === 'not matched' || rule.result === 'unknown') {
    const decisive = decisiveIn(conditions)
    return [head, `      ${renderLeaf(decisive)}`]
  }
  const rewritten = changes.map(({ field, from, to }) => `      ${field}: ${shown(from)} → ${shown(to)}`)
  return [head, ...renderTrace(conditions, 6, colors), ...rewritten]
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
  if (trace.children === undefined) return [`${pad}${sign} ${renderLeaf(trace)}`]
  return [`${pad}${sign} ${trace.text}`, ...trace.children.flatMap(child => renderTrace(child, indent + 2, colors))]
}

function renderLeaf({ text, actual }: Trace): string {
  return `${visible(text)} — ${actual === null ? 'it is absent' : `it is ${shown(actual)}`}`
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
