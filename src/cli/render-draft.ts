import type { Colors } from 'picocolors/types.js'
import { type DifferenceKind, differenceKinds } from '../decide/difference.ts'
import { visible } from '../language/show/visible.ts'
import type { DraftFound } from '../record/draft-stats.ts'
import { draftCoverage } from './draft-text.ts'
import { statsRow, statsWidth, wholeNumber } from './stats-row.ts'
import { hang } from './wrap.ts'

/** The heads of columns. */
const heads: { [kind in DifferenceKind]: string } = {
  'newly refused': 'refused',
  'no longer refused': 'allowed',
  'other code': 'code',
  'other message': 'message',
  'rewritten otherwise': 'rewrite',
}

const mostRules = 30

/** What a draft decided, what it did not, and which rules made the differences: lines of the statistics. */
export function draftBlock({ rules, differences, ...found }: DraftFound, colors: Colors): readonly string[] {
  const title = draftCoverage([{ rules, differences, ...found }]).map(line =>
    colors.bold(hang('', line, statsWidth.all)),
  )
  const all = sumOfKinds(differences)
  if (all === 0) return [...title, 'No call was decided otherwise']
  const sorted = [...rules].sort(([, a], [, b]) => sumOfKinds(b) - sumOfKinds(a))
  const onLines = sorted.reduce((sum, [, kinds]) => sum + sumOfKinds(kinds), 0)
  return [
    ...title,
    colors.bold(statsRow('decided otherwise', Object.values(heads), '')),
    colors.dim(statsRow('(all rules)', numbersOf(differences), '')),
    ...sorted.slice(0, mostRules).map(([rule, kinds]) => statsRow(visible(rule), numbersOf(kinds), '')),
    ...(sorted.length > mostRules ? [`… and ${wholeNumber(sorted.length - mostRules)} more rules`] : []),
    ...(onLines < all ? [colors.yellow(`${wholeNumber(all - onLines)} of these calls have no line on record`)] : []),
  ]
}

type Kinds = DraftFound['differences']

function numbersOf(kinds: Kinds): readonly string[] {
  return differenceKinds.map(kind => wholeNumber(kinds[kind]))
}

function sumOfKinds(kinds: Kinds): number {
  return differenceKinds.reduce((sum, kind) => sum + kinds[kind], 0)
}
