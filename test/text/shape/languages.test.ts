import test from 'ava'
import { capitalsIn } from '../../../src/text/shape/capitals.ts'
import { countEmoji } from '../../../src/text/shape/emoji.ts'
import { gistOf } from '../../../src/text/shape/gist.ts'
import { longestRun } from '../../../src/text/shape/longest-run.ts'
import { scriptsIn } from '../../../src/text/shape/scripts.ts'
import { stackedMarks } from '../../../src/text/shape/stacked-marks.ts'
import { countWords } from '../../../src/text/shape/word-count.ts'
import { samples } from './_languages.ts'

for (const { language, text, scripts, words, capitals } of samples) {
  for (const [form, each] of [
    ['composed', text.normalize('NFC')],
    ['decomposed', text.normalize('NFD')],
  ] as const) {
    test(`a ${form} text in ${language} has the shape that its readers see`, t => {
      t.deepEqual(scriptsIn(each), scripts)
      t.is(countWords(each), words)
      t.is(capitalsIn(each), capitals)
      t.is(stackedMarks(each), 0)
      t.is(countEmoji(each), 0)
      t.true(longestRun(each) <= 2)
      t.is(gistOf(each), gistOf(`${each.toUpperCase()} 123 😀!!`))
    })
  }
}
