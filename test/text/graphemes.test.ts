import test from 'ava'
import fc from 'fast-check'
import { countGraphemes, cutTo, graphemes } from '../../src/text/graphemes.ts'
import { hardText } from './_texts.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const segments = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)

test('a grapheme is what a reader calls a character', t => {
  t.deepEqual(graphemes('ae\u0301👨\u200d👩\u200d👧🇩🇪नि\r\n각1\ufe0f\u20e3'), [
    ...['a', 'e\u0301', '👨\u200d👩\u200d👧', '🇩🇪', 'नि', '\r\n', '각', '1\ufe0f\u20e3'],
  ])
  t.deepEqual(graphemes(''), [])
})

test('graphemes are those of Unicode whatever the text', t => {
  const long = fc.array(hardText, { minLength: 30, maxLength: 60 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(hardText, long), text => {
      t.deepEqual(graphemes(text), segments(text))
    }),
    { numRuns: 500 },
  )
})

test('graphemes that straddle a window of segmentation stay whole', t => {
  for (const part of [
    '👨\u200d👩\u200d👧',
    'e\u0301',
    '🇩🇪',
    'e\u{e0100}',
    `x${'\u0301'.repeat(300)}`,
    '\r\n',
    '\u0600a',
  ]) {
    for (const lead of ['', 'a', '👩', '\u0301', '🇩']) {
      const text = lead + part.repeat(60)
      t.deepEqual(graphemes(text), segments(text), part)
    }
  }
})

test('counting agrees with listing and stops at the limit', t => {
  fc.assert(
    fc.property(hardText, fc.nat(15), (text, limit) => {
      t.is(countGraphemes(text), graphemes(text).length)
      t.is(countGraphemes(text, limit), Math.min(limit, graphemes(text).length))
    }),
  )
})

test('cutting keeps whole graphemes and twice is once', t => {
  t.is(cutTo('👩\u200d🚀👩\u200d🚀a', 1), '👩\u200d🚀')
  t.is(cutTo('e\u0301e\u0301e\u0301', 2), 'e\u0301e\u0301')
  t.is(cutTo('abc', 0), '')
  fc.assert(
    fc.property(hardText, fc.nat(15), (text, count) => {
      t.is(cutTo(text, count), graphemes(text).slice(0, count).join(''))
      t.is(cutTo(cutTo(text, count), count), cutTo(text, count))
    }),
  )
})

test('a long text is counted in time that grows with its length alone', t => {
  const family = '👨\u200d👩\u200d👧\u200d👦'
  t.is(countGraphemes(family.repeat(40_000)), 40_000)
  t.is(countGraphemes(`a${'\u0301'.repeat(400_000)}`), 1)
  t.is(cutTo(family.repeat(40_000), 24), family.repeat(24))
})
