import type { Colors } from 'picocolors/types.js'
import { visible } from '../language/show/visible.ts'
import { coverageLines, minuteText } from './covered.ts'
import { draftBlock } from './render-draft.ts'
import { sparkline, sumOf } from './sparkline.ts'
import type { StatsFound } from './stats-found.ts'
import { statsRow, statsWidth, wholeNumber } from './stats-row.ts'
import { hang } from './wrap.ts'

/** The statistics of rules as a table, and what stands out. Ends with a line break. */
export function renderStats(found: StatsFound, colors: Colors): string {
  const { asked, stats, coverage } = found
  const { since, until, zone } = asked
  const [calls, refused, rewritten] = [stats.calls, stats.refused, stats.rewritten].map(sumOf) as [
    number,
    number,
    number,
  ]
  const blocks = [
    [
      colors.bold(`${minuteText(since, zone)} – ${minuteText(until, zone)} ${zone.name}`),
      `${wholeNumber(calls)} calls, ${wholeNumber(refused)} refused${share(refused, calls)}, ${wholeNumber(rewritten)} rewritten`,
    ],
    tableOf(found, colors),
    partlyOf(found, colors),
    tenfoldOf(found, colors),
    idleOf(found, colors),
    ...found.drafts.found.map(draft => draftBlock(draft, colors)),
    coverageLines(coverage, asked).map(line => colors.dim(line)),
  ]
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

function tableOf({ stats }: StatsFound, colors: Colors): readonly string[] {
  const hours = Math.ceil(stats.calls.length / statsWidth.line)
  const each = hours === 1 ? 'each hour' : `each ${hours} hours`
  const head = statsRow('rule', ['fired', 'decided', 'would', 'exempt'], each)
  const rules = [...stats.rules].sort((a, b) => sumOf(b.fired) - sumOf(a.fired) || (a.rule < b.rule ? -1 : 1))
  if (rules.length === 0) return ['No rule matched']
  const lines = rules.map(rule => {
    const { fired, decided, wouldDecide, exempted } = rule
    const numbers = [fired, decided, wouldDecide, exempted].map(sumOf)
    const matched = fired.map((count, at) => count + (exempted[at] as number))
    return statsRow(visible(rule.rule), numbers.map(wholeNumber), sparkline(matched, statsWidth.line))
  })
  return [
    colors.bold(head),
    colors.dim(
      statsRow('(all calls)', [wholeNumber(sumOf(stats.calls)), '', '', ''], sparkline(stats.calls, statsWidth.line)),
    ),
    ...lines,
  ]
}

/** Rules that were in force for a part of the calls: they have a share, or came into force or went into shadow. */
function partlyOf({ stats: { rules } }: StatsFound, colors: Colors): readonly string[] {
  const both = rules.filter(({ modes: { enforce, shadow } }) => enforce > 0 && shadow > 0)
  if (both.length === 0) return []
  const lines = both.map(({ rule, modes: { enforce, shadow } }) => {
    const all = enforce + shadow
    return hang(
      '  ',
      `${visible(rule)}: ${wholeNumber(enforce)} of ${wholeNumber(all)} matches${share(enforce, all)}`,
      statsWidth.all,
    )
  })
  return [colors.bold('In force for a part of their matches, in shadow for the others'), ...lines]
}

function tenfoldOf({ tenfold }: StatsFound, colors: Colors): readonly string[] {
  if (tenfold === undefined) return [colors.dim('The day before is not on record, so nothing is compared with it')]
  if (tenfold.length === 0) return []
  return [
    colors.bold('Changed tenfold against the day before'),
    ...tenfold.map(
      ({ rule, before, now }) => `  ${visible(rule)}: ${wholeNumber(before)} → ${wholeNumber(now)} matches`,
    ),
  ]
}

function idleOf({ idle }: StatsFound, colors: Colors): readonly string[] {
  if (idle === undefined)
    return [colors.dim('Which rules are in force is not in the state folder: none can be named that never fired')]
  const { rules, newer, days } = idle
  const time = `${days} ${days === 1 ? 'day' : 'days'}${days < 30 ? ', which is all that is on record' : ''}`
  const names = (all: readonly string[]) => all.map(visible).join(', ')
  return [
    ...(rules.length === 0
      ? []
      : [colors.bold(`Have not fired for ${time}`), hang('  ', names(rules), statsWidth.all)]),
    ...(newer.length === 0 ? [] : [hang('  ', `Newer than that, and not fired yet: ${names(newer)}`, statsWidth.all)]),
  ]
}

function share(part: number, all: number): string {
  return all === 0 ? '' : ` (${((part / all) * 100).toFixed(1)} %)`
}
