import type { ShapePart } from '../language/shape-parts.ts'
import { countGraphemes } from '../text/graphemes.ts'
import { capitalsIn } from '../text/shape/capitals.ts'
import { countEmoji } from '../text/shape/emoji.ts'
import { gistOf } from '../text/shape/gist.ts'
import { countLines } from '../text/shape/lines.ts'
import { longestRun } from '../text/shape/longest-run.ts'
import { countMentions } from '../text/shape/mentions.ts'
import { scriptsIn } from '../text/shape/scripts.ts'
import { stackedMarks } from '../text/shape/stacked-marks.ts'
import { countWords } from '../text/shape/word-count.ts'

/** What each part that tells the shape of a text is made of: of the text, and the mentions of the list of ids. */
export const shapeMeasures: Record<ShapePart, (value: unknown) => unknown> = {
  capitals: ofText(capitalsIn),
  emoji: ofText(countEmoji),
  lines: ofText(countLines),
  words: ofText(countWords),
  'longest run': ofText(longestRun),
  'stacked marks': ofText(stackedMarks),
  scripts: ofText(scriptsIn),
  mentions: countMentions,
  gist: ofText(gistOf),
  'gist.length': ofText(text => countGraphemes(gistOf(text))),
}

/** False, as for every value of another type than a part is for. */
function ofText(measure: (text: string) => unknown): (value: unknown) => unknown {
  return value => (typeof value === 'string' ? measure(value) : false)
}
