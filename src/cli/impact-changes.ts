import type { Colors } from 'picocolors/types.js'
import { differenceKinds } from '../decide/difference.ts'
import type { Replied } from '../decide/replied.ts'
import type { Example } from '../impact/example.ts'
import type { ImpactReport, RuleImpact } from '../impact/report.ts'
import type { Zone } from '../language/clock.ts'
import { visible } from '../language/show/visible.ts'
import { secondText } from './covered.ts'
import { whoText } from './decision-line.ts'
import { beforeText, peopleText } from './impact-words.ts'
import { saidIn } from './said-in-call.ts'
import { sparkline } from './sparkline.ts'
import { hang } from './wrap.ts'

/** The widths of the table, which is 80 columns wide. */
const width = { all: 80, rule: 26, number: 9, line: 18 }

/** What becomes of calls, as a heading. */
export const impactTitles = {
  'newly refused': 'Newly refused',
  'no longer refused': 'No longer refused',
  'other code': 'Refused with another code',
  'other message': 'Refused with another message',
  'rewritten otherwise': 'Rewritten otherwise',
} as const

/** What changes for which calls, by what becomes of them and by rule: a block for each. */
export function changesOf(report: ImpactReport, zone: Zone, colors: Colors): readonly (readonly string[])[] {
  return differenceKinds
    .flatMap(kind => {
      const changes = report.changes.filter(each => each.kind === kind)
      if (changes.length === 0) return []
      const head = row(impactTitles[kind], ['calls', 'people', 'groups', 'never*'], 'by hour')
      return [[colors.bold(head)], ...changes.map(each => ruleBlock(each, report, zone, colors))]
    })
    .concat(report.changes.length === 0 ? [] : [[colors.dim(`* people who were not refused ${beforeText(report)}`)]])
}

function ruleBlock(change: RuleImpact, report: ImpactReport, zone: Zone, colors: Colors): readonly string[] {
  const { rule, calls, people, groups, neverRefused, found, typical, unusual } = change
  const numbers = [calls.toLocaleString('en-US'), ...[people, groups, neverRefused].map(each => peopleText(each))]
  const of = new Map(change.hours.map(each => [each.hour, each.calls]))
  const line = sparkline(
    report.hours.map(({ hour }) => of.get(hour) ?? 0),
    width.line,
  )
  const most = found.slice(0, 4).map(({ text, calls: times }) => `“${visible(text)}” ${times.toLocaleString('en-US')}`)
  return [
    row(visible(rule), numbers, line),
    ...(most.length === 0 ? [] : [hang('  found most: ', most.join(', '), width.all)]),
    ...typical.map(each => hang('  ', exampleText(each, zone, colors), width.all)),
    ...(unusual === null ? [] : [hang('  unlike the others: ', exampleText(unusual, zone, colors), width.all)]),
  ]
}

/** A name that is too long has a line of its own. */
function row(name: string, numbers: readonly string[], line: string): string {
  const head = name.length > width.rule ? `${name}\n${' '.repeat(width.rule)}` : name.padEnd(width.rule)
  return `${head}${numbers.map(text => text.padStart(width.number)).join('')}  ${line}`.trimEnd()
}

function exampleText(example: Example, zone: Zone, colors: Colors): string {
  const { at, id, before, after } = example
  const parts = [
    secondText(at, zone),
    whoText(example),
    said(example),
    `${repliedText(before)} → ${repliedText(after)}`,
    colors.dim(visible(id)),
  ]
  return parts.filter(part => part !== '').join('  ')
}

/** What the IM server is told of a call, in a few words. */
export function repliedText(outcome: Replied): string {
  if (outcome.kind === 'reject') return `${outcome.code}`
  const fields = Object.entries(outcome.values)
  if (fields.length === 0) return 'let through'
  return fields.map(([field, value]) => `${field} = ${cut(visible(value))}`).join(', ')
}

/** What people wrote, as far as a line has room. */
function said(example: Example): string {
  const texts = saidIn(example).map(({ field, text }) => `${field}${field && ' '}“${cut(visible(text))}”`)
  return texts.slice(0, 2).join(', ')
}

function cut(text: string): string {
  return text.length <= mostText ? text : `${text.slice(0, mostText)}…`
}

const mostText = 48

/** What rules in shadow would have refused, where that changes. */
export function shadowOf({ shadow }: ImpactReport, colors: Colors): readonly string[] {
  if (shadow.length === 0) return []
  return [
    colors.bold('In shadow, which refuses nobody'),
    ...shadow.map(({ rule, before, after, people }) => {
      const [old, now] = [before, after].map(count => count.toLocaleString('en-US'))
      return `  ${visible(rule)} would refuse ${now} calls of ${peopleText(people, 'person', 'people')}; before: ${old}`
    }),
  ]
}
