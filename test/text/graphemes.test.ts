import test from 'ava'
import fc from 'fast-check'
import { countGraphemes, cutTo, graphemes } from '../../src/text/graphemes.ts'
import { runs } from '../_runs.ts'
import { hardText } from './_texts.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const segments = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)

test('a grapheme is what a reader calls a character', t => {
  t.deepEqual(graphemes('ae\u0301👨\u200d👩\u200d👧🇩🇪नि\r\n각1\ufe0f\u20e3'), [
    ...['a', 'e\u0301', '👨\u200d👩\u200d👧', '🇩🇪', 'नि', '\r\n', '각', '1\ufe0f\u20e3'],
  ])
  t.deepEqual(graphemes(''), [])
})

/** Some of each kind that joins, and some that do not; for each kind as likely as for any other. */
const joiners = [
  [...'aé漢😀'],
  ['\r', '\n', '\t', '\u200b', '\u2028', '\u{e0001}', '\ud800', '\udc00'],
  ['\u0301', '\u0336', '\ufe0f', '\u200c', '\u200d', '🏽', '\u{e0067}', '\u{e007f}', '\uff9e', '\u3099'],
  ['\u0903', '\u0e33', '\u093f', '\u0cc0', '\u1b44'],
  ['\u0600', '\u070f', '\u0d4e', '\u{110bd}', '\u{111c2}'],
  [...'कषকসକગకകക', '\u1780', '\u1000'],
  ['\u094d', '\u09cd', '\u0acd', '\u0c4d', '\u0d4d', '\u17d2', '\u1039', '\u093c'],
  [...'👩❤©✈🫠🚀', '\u{1faff}', '\u{1fc00}'],
  [...'🇩🇪🇦'],
  ['ᄀ', 'ꥠ', 'ᅡ', 'ힰ', 'ᆨ', 'ퟋ', '가', '각', '\u{16d63}', '\u{16d67}'],
]
const joining = fc
  .array(fc.oneof(...joiners.map(kind => fc.constantFrom(...kind))), { maxLength: 10 })
  .map(parts => parts.join(''))

test('graphemes are those of Unicode whatever the text', t => {
  const long = fc.array(hardText, { minLength: 30, maxLength: 60 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(joining, hardText), text => {
      t.deepEqual(graphemes(text), segments(text))
    }),
    { numRuns: runs(10_000) },
  )
  fc.assert(
    fc.property(long, text => {
      t.deepEqual(graphemes(text), segments(text))
    }),
  )
})

test('every code point joins its neighbours as Unicode says', t => {
  const wrong: string[] = []
  // Of the planes that hold only Han, nothing or private use every sixteenth row will do.
  for (let first = 0; first <= 0x10ffff; first += first < 0x20000 || first >> 12 === 0xe0 ? 16 : 256) {
    const points = Array.from({ length: 16 }, (_, i) => String.fromCodePoint(first + i))
    const text = points.map(char => `${char}\u0301a${char}a\u1100${char}\u1161${char}\u0915${char}\u0915 `).join('')
    if (graphemes(text).join('|') !== segments(text).join('|')) wrong.push(first.toString(16))
  }
  t.deepEqual(wrong, [])
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

test('counting agrees with listing', t => {
  fc.assert(
    fc.property(hardText, text => {
      t.is(countGraphemes(text), graphemes(text).length)
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
