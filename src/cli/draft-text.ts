import type { Colors } from 'picocolors/types.js'
import type { Zone } from '../language/clock.ts'
import { visible } from '../language/show/visible.ts'
import { type RecordedDraft, type RecordedVerdict, type ShedReason, shedReasons } from '../record/draft-line.ts'
import type { DraftFound } from '../record/draft-stats.ts'
import { secondText } from './covered.ts'
import { whoText } from './decision-line.ts'

/** A call that a draft decided otherwise, in words: when, who, what was asked, what became of it, and what would have. */
export function draftLine(line: RecordedDraft, zone: Zone, colors: Colors): string {
  const parts = [
    secondText(line.at, zone),
    whoText(line),
    visible(line.callback),
    `${answeredText(line.answered)}; ${draftText(line, colors)}`,
    colors.dim(visible(line.id)),
  ]
  return parts.filter(part => part !== '').join('  ')
}

/** What the draft would have done. */
export function draftText({ difference, by, answered, draft, unsure }: RecordedDraft, colors: Colors): string {
  const doubt = unsure ? ', as far as it knew its counts' : ''
  return `the draft would ${wouldText(difference, by, { answered, draft }, colors)}${doubt}`
}

type Verdicts = Pick<RecordedDraft, 'answered' | 'draft'>

function wouldText(
  difference: RecordedDraft['difference'],
  by: string,
  { answered, draft }: Verdicts,
  colors: Colors,
): string {
  const { code, rule = '', rewrites = [] } = draft
  switch (difference) {
    case 'newly refused':
    case 'other code':
      return `${colors.red('refuse')} it with ${code} by ${visible(rule)}`
    case 'no longer refused':
      return `${colors.green('let it through')}${rewrites.length === 0 ? '' : `, with ${rewrites.map(visible).join(', ')} rewritten`}`
    case 'other message':
      return `${colors.yellow('say something else')} in its refusal, by ${visible(rule)}`
    case 'rewritten otherwise':
      return rewrites.length === 0
        ? `${colors.yellow('not rewrite')} ${(answered.rewrites ?? []).map(visible).join(', ')}`
        : `${colors.yellow('rewrite')} ${rewrites.map(visible).join(', ')} otherwise, by ${visible(by)}`
  }
}

function answeredText({ decision, code, rule = '', rewrites = [] }: RecordedVerdict): string {
  if (decision === 'reject') return `refused with ${code} by ${visible(rule)}`
  return rewrites.length === 0 ? 'let through' : `rewritten in ${rewrites.map(visible).join(', ')}`
}

/** How much a draft decided, and what it did not, on a line for each version. */
export function draftCoverage(found: readonly DraftFound[]): readonly string[] {
  return found.map(({ version, decided, shed, isCounting }) => {
    const left = shedText(shed)
    const low = left !== '' && isCounting ? '; so its counts are lower bounds' : ''
    const name = version === null ? 'A draft that does not load' : `Draft ${version}`
    return `${name} decided ${number(decided)} calls${left === '' ? '' : `, and not ${left}${low}`}`
  })
}

/** `60 (queue full 58, deadline 2)`; empty if none. */
function shedText(shed: { readonly [reason in ShedReason]?: number }): string {
  const reasons = shedReasons.filter(reason => (shed[reason] ?? 0) > 0)
  const all = reasons.reduce((sum, reason) => sum + (shed[reason] ?? 0), 0)
  return all === 0 ? '' : `${number(all)} (${reasons.map(each => `${each} ${number(shed[each] ?? 0)}`).join(', ')})`
}

function number(count: number): string {
  return count.toLocaleString('en-US')
}
