import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import { differenceKinds } from '../decide/difference.ts'
import type { ImpactReport } from '../impact/report.ts'
import { visible } from '../language/show/visible.ts'
import type { Covered } from '../state/covered.ts'
import { coverageLines } from './covered.ts'
import { changesOf, shadowOf } from './impact-changes.ts'
import { impactCoverage, impactExactness } from './impact-coverage.ts'
import { beforeText, callsOf, neverText, peopleText } from './impact-words.ts'
import type { Io } from './io.ts'
import { judgedText } from './judged-text.ts'
import type { RecordsAsked } from './records-asked.ts'

/** What a report is shown with. `named` says what the draft is compared with. */
export type ShownImpact = { asked: RecordsAsked; covered: Covered; named: string }

/** What no record can tell. */
export const notSimulated = 'Not simulated: what people would have done otherwise once they were refused'

/** The report for people. Its first lines say whether the draft is safe to ship. Ends with a line break. */
export function renderImpact(report: ImpactReport, shown: ShownImpact, io: Io): string {
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const blocks = [
    impactExactness(report, colors),
    headlineOf(report, colors),
    ...(report.judged === undefined ? [] : [[judgedText(report.judged)]]),
    protectedOf(report, colors),
    ofSample(report),
    unaskedOf(report, colors),
    impactCoverage(report, shown.named, shown.asked.zone),
    ...changesOf(report, shown.asked.zone, colors),
    shadowOf(report, colors),
    [...coverageLines(shown.covered, shown.asked), notSimulated].map(line => colors.dim(line)),
  ]
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

/** Is it safe to ship? */
export function headlineOf(report: ImpactReport, colors: Colors): readonly string[] {
  const { verdict, totals, coverage } = report
  switch (verdict) {
    case 'refuses more': {
      const { calls, people, neverRefused } = totals['newly refused']
      const never = neverText(neverRefused, people)
      const who =
        people.count === 0
          ? ''
          : ` of ${peopleText(people, 'person', 'people')}, ${never} refused ${beforeText(report)}`
      const claim = `Would newly refuse ${callsOf(calls)}${who}`
      return [`${colors.bold(colors.red(claim))}: look at them before you ship it`]
    }
    case 'cannot say':
      return [
        colors.bold(colors.yellow('The record cannot say whether this is safe')),
        ...(coverage.judged === 0 ? ['No call on record could be decided again'] : []),
      ]
    case 'changes':
      return [`${colors.bold(colors.yellow('Refuses nobody who was not refused before'))}, but ${otherChanges(report)}`]
    case 'nothing changes':
      return [
        `${colors.bold(colors.green('Changes nothing'))}: all ${callsOf(coverage.judged)} that were decided again get the same reply`,
      ]
  }
}

function otherChanges({ totals }: ImpactReport): string {
  const of = (kind: keyof ImpactReport['totals'], text: string) =>
    totals[kind].calls === 0 ? [] : [`${callsOf(totals[kind].calls)} ${text}`]
  return [
    ...of('no longer refused', 'would no longer be refused'),
    ...of('other code', 'would get another code'),
    ...of('other message', 'would get another message'),
    ...of('rewritten otherwise', 'would be rewritten otherwise'),
  ].join(', ')
}

/** People of protected lists who would newly be refused. */
export function protectedOf(report: ImpactReport, colors: Colors): readonly string[] {
  return report.protected.map(({ list, calls, people, names, rules }) => {
    const shown = names.slice(0, 5).map(visible).join(', ')
    const more = people.count > 5 ? ` and ${people.count - 5} more` : ''
    const who = `${peopleText(people, 'person', 'people')} of the protected list ${visible(list)}`
    return `${colors.red(colors.bold(`Would refuse ${who}`))}: ${shown}${more}, ${callsOf(calls)}, by ${rules.map(visible).join(', ')}`
  })
}

/** Which rules the record cannot judge, and why. */
export function unaskedOf({ unasked, coverage }: ImpactReport, colors: Colors): readonly string[] {
  return unasked.map(({ rule, why, calls, fields }) => {
    const name = colors.bold(visible(rule))
    if (why === 'no calls') return `${name} was not tried: no call of ${fields.join(' or ')} is on record`
    return `${name} was not tried on ${callsOf(calls)} of ${coverage.judged.toLocaleString('en-US')}: it looks at ${fields.join(', ')}, which the record masks`
  })
}

/** What the figures of a sample say about all. */
export function ofSample({ sample, totals }: ImpactReport): readonly string[] {
  if (sample === null) return []
  const noun = sample.by === 'user' ? 'users' : 'groups'
  const share = `${Number((sample.share * 100).toPrecision(4))} %`
  const number = (count: number) => count.toLocaleString('en-US')
  const lines = differenceKinds.flatMap(kind => {
    if (totals[kind].calls === 0 && kind !== 'newly refused') return []
    const { calls, named } = sample.totals[kind]
    const all = ({ low, likely, high }: typeof calls) => `${number(low)} to ${number(high)} (likely ${number(likely)})`
    return [`  ${kind}: ${all(calls)} calls, ${all(named)} ${noun}`]
  })
  return [`These are ${share} of the ${noun}, chosen by chance. In all there are, in 95 of 100 such samples:`, ...lines]
}
