import type { Judgements } from '../impact/judgements.ts'

/** What was said of some calls means for all: `3 of 20 wrong: between 5 % and 36 % of the 412`. */
export function judgedText(judged: Judgements): string {
  const { of, right, wrong, skipped } = judged
  const skip = skipped === 0 ? '' : `; ${skipped} skipped`
  const all = right + wrong
  if (judged.wrongShare === null) return `Judged: none of ${of.toLocaleString('en-US')}${skip}`
  if (judged.wrongShare.from === judged.wrongShare.to) return `Judged: ${wrong} of all ${of} wrong`
  return `Judged by chance: ${wrong} of ${all} wrong: ${shareText(judged.wrongShare)} of the ${of.toLocaleString('en-US')} (95 % confidence)${skip}`
}

function shareText({ from, to }: { from: number; to: number }): string {
  const [least, most] = [from, to].map(share => `${Math.round(share * 100)} %`)
  if (from === 0) return `at most ${most}`
  return to === 1 ? `at least ${least}` : `between ${least} and ${most}`
}
