import { graphemes } from '../graphemes.ts'
import { removeInvisible } from '../invisible.ts'
import { isSpace } from '../spaces.ts'

/**
 * How often the character that is repeated most stands in a row: 4 of `haaaa`, 3 of `👍🏽👍🏽👍🏽`.
 *
 * Characters are what a reader counts, big and small letters are the same, and what cannot be seen parts nothing.
 * White space is never repeated: blank lines and indents are no stretched text. 0 where nothing can be seen. Linear.
 */
export function longestRun(text: string): number {
  const seen = removeInvisible(text).toLowerCase().replaceAll('ς', 'σ')
  return joins.test(seen) ? longestOfGraphemes(seen) : longestOfPoints(seen)
}

/** What may be one character together with what stands beside it. UAX #29; emoji are joined by U+200D, which is Cf. */
const joins =
  /[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u0e33\u0eb3]/u

function longestOfPoints(text: string): number {
  let [longest, run, last] = [0, 0, -1]
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number
    if (point > 0xffff) at++
    run = isSpace(point) ? 0 : point === last ? run + 1 : 1
    last = point
    if (run > longest) longest = run
  }
  return longest
}

function longestOfGraphemes(text: string): number {
  let [longest, run, last] = [0, 0, '']
  for (const grapheme of graphemes(text)) {
    run = isSpace(grapheme.charCodeAt(0)) ? 0 : grapheme === last ? run + 1 : 1
    last = grapheme
    if (run > longest) longest = run
  }
  return longest
}
