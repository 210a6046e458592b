import type { DifferenceKind } from '../decide/difference.ts'
import type { Example } from './example.ts'
import { mostExamples } from './group-tally.ts'
import { LowestPlaces } from './sample.ts'

/** So many calls can be judged: a report keeps no more of one rule. */
export const mostJudged = mostExamples

/** What somebody says of a refusal. */
export type SaidOfCall = 'right' | 'wrong' | 'skipped'

/** A newly refused call that is judged, and the rule that would refuse it. */
export type CallToJudge = { rule: string; example: Example }

/** What was said of newly refused calls that were chosen by chance, as plain data. */
export type Judgements = {
  /** All newly refused calls. */
  of: number
  right: number
  wrong: number
  skipped: number
  /** The share that is wrong of all of them, with 95 % confidence; null if nothing was said. */
  wrongShare: { from: number; to: number } | null
  answers: readonly { id: string; rule: string; answer: SaidOfCall }[]
}

/** The parts of a report that are asked here. */
type ToJudge = {
  changes: readonly { kind: DifferenceKind; rule: string; examples: readonly Example[] }[]
  totals: { readonly 'newly refused': { calls: number } }
  sample: object | null
}

/** Newly refused calls by chance, the same in every run. Each rule keeps those of its lowest places, so these are those of all. */
export function callsToJudge({ changes }: Pick<ToJudge, 'changes'>, most: number): readonly CallToJudge[] {
  const lowest = new LowestPlaces<CallToJudge & { id: string }>(most)
  for (const { kind, rule, examples } of changes) {
    if (kind === 'newly refused') lowest.join(examples.map(example => ({ id: example.id, rule, example })))
  }
  return lowest.items.map(({ rule, example }) => ({ rule, example }))
}

/** What the answers say of all newly refused calls. */
export function judgementsOf(answers: Judgements['answers'], { totals, sample }: Omit<ToJudge, 'changes'>): Judgements {
  const count = (wanted: SaidOfCall) => answers.filter(({ answer }) => answer === wanted).length
  const [right, wrong, skipped] = [count('right'), count('wrong'), count('skipped')]
  const of = totals['newly refused'].calls
  return {
    of,
    right,
    wrong,
    skipped,
    wrongShare: shareOf(wrong, right + wrong, sample === null ? of : Number.POSITIVE_INFINITY),
    answers,
  }
}

/** Where all of them were judged, there is nothing to estimate. */
function shareOf(wrong: number, judged: number, of: number): Judgements['wrongShare'] {
  if (judged === 0) return null
  if (judged >= of) return { from: wrong / judged, to: wrong / judged }
  return wilson(wrong, judged)
}

/** Two sides of 95 % of a normal distribution. */
const z = 1.959964

/** The interval of a share, after Wilson (1927): also right for few calls, and for none or all of them. */
export function wilson(hits: number, all: number): { from: number; to: number } {
  const share = hits / all
  const middle = share + z ** 2 / (2 * all)
  const half = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2))
  const total = 1 + z ** 2 / all
  return { from: hits === 0 ? 0 : (middle - half) / total, to: hits === all ? 1 : (middle + half) / total }
}
