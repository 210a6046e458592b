import type { Colors } from 'picocolors/types.js'
import { visible } from '../language/show/visible.ts'
import { coverageLines, minuteText } from './covered.ts'
import { sparkline, sumOf } from './sparkline.ts'
import type { StatsFound } from './stats-found.ts'
import { hang } from './wrap.ts'

/** The widths of the table, which is 80 columns wide. */
const width = { all: 80, rule: 21, number: 8, line: 25 }

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
      `${number(calls)} calls, ${number(refused)} refused${share(refused, calls)}, ${number(rewritten)} rewritten`,
    ],
    tableOf(found, colors),
    partlyOf(found, colors),
    tenfoldOf(found, colors),
    idleOf(found, colors),
    coverageLines(coverage, asked).map(line => colors.dim(line)),
  ]
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

function tableOf({ stats }: StatsFound, colors: Colors): readonly string[] {
  const hours = Math.ceil(stats.calls.length / width.line)
  const each = hours === 1 ? 'each hour' : `each ${hours} hours`
  const head = row('rule', ['fired', 'decided', 'would', 'exempt'], each)
  const rules = [...stats.rules].sort((a, b) => sumOf(b.fired) - sumOf(a.fired) || (a.rule < b.rule ? -1 : 1))
  if (rules.length === 0) return ['No rule matched']
  const lines = rules.map(rule => {
    const { fired, decided, wouldDecide, exempted } = rule
    const numbers = [fired, decided, wouldDecide, exempted].map(sumOf)
    const matched = fired.map((count, at) => count + (exempted[at] as number))
    return row(visible(rule.rule), numbers.map(number), sparkline(matched, width.line))
  })
  return [
    colors.bold(head),
    colors.dim(row('(all calls)', [number(sumOf(stats.calls)), '', '', ''], sparkline(stats.calls, width.line))),
    ...lines,
  ]
}

/** A name that is too long has a line of its own. */
function row(name: string, numbers: readonly string[], line: string): string {
  const head = name.length > width.rule ? `${name}\n${' '.repeat(width.rule)}` : name.padEnd(width.rule)
  return `${head}${numbers.map(text => text.padStart(width.number)).join('')}  ${line}`.trimEnd()
}

/** Rules that were in force for a part of the calls: they have a share, or came into force or went into shadow. */
function partlyOf({ stats: { rules } }: StatsFound, colors: Colors): readonly string[] {
  const both = rules.filter(({ modes: { enforce, shadow } }) => enforce > 0 && shadow > 0)
  if (both.length === 0) return []
  const lines = both.map(({ rule, modes: { enforce, shadow } }) => {
    const all = enforce + shadow
    return hang('  ', `${visible(rule)}: ${number(enforce)} of ${number(all)} matches${share(enforce, all)}`, width.all)
  })
  return [colors.bold('In force for a part of their matches, in shadow for the others'), ...lines]
}

function tenfoldOf({ tenfold }: StatsFound, colors: Colors): readonly string[] {
  if (tenfold === undefined) return [colors.dim('The day before is not on record, so nothing is compared with it')]
  if (tenfold.length === 0) return []
  return [
    colors.bold('Changed tenfold against the day before'),
    ...tenfold.map(({ rule, before, now }) => `  ${visible(rule)}: ${number(before)} → ${number(now)} matches`),
  ]
}

function idleOf({ idle }: StatsFound, colors: Colors): readonly string[] {
  if (idle === undefined)
    return [colors.dim('Which rules are in force is not in the state folder: none can be named that never fired')]
  const { rules, newer, days } = idle
  const time = `${days} ${days === 1 ? 'day' : 'days'}${days < 30 ? ', which is all that is on record' : ''}`
  const names = (all: readonly string[]) => all.map(visible).join(', ')
  return [
    ...(rules.length === 0 ? [] : [colors.bold(`Have not fired for ${time}`), hang('  ', names(rules), width.all)]),
    ...(newer.length === 0 ? [] : [hang('  ', `Newer than that, and not fired yet: ${names(newer)}`, width.all)]),
  ]
}

function number(count: number): string {
  return count.toLocaleString('en-US')
}

function share(part: number, all: number): string {
  return all === 0 ? '' : ` (${((part / all) * 100).toFixed(1)} %)`
}
