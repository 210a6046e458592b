import { lookalikeKeys } from '../../src/text/lookalike/keys.ts'
import { hasWord } from '../../src/text/words/find-words.ts'
import { buildWordIndex } from '../../src/text/words/word-index.ts'

/**
 * What a text looks like, as one of the forms that look-alikes share: `аdmin`, `4DM1N` and `a.d.m.i.n` have that of
 * `admin`. For comparing only, and no text to show; a character with several readings has its first here, so ask
 * `looksLike` whether two texts look alike. Pure, linear.
 */
export function skeleton(text: string): string {
  return lookalikeKeys(text)[0]?.key ?? ''
}

/** True when the whole value looks like the target. For many values or targets build an index. Pure, linear. */
export function looksLike(value: string, target: string): boolean {
  return hasWord(buildWordIndex([{ text: target, line: 1 }], { by: 'alike', at: 'whole' }), value)
}
