import test from 'ava'
import fc from 'fast-check'
import { fold } from '../../src/text/fold.ts'
import { compatible, normalForm } from '../../src/text/normal.ts'
import { runs } from '../_runs.ts'
import { looksLike } from './_looks-like.ts'
import { hardText } from './_texts.ts'

const marks = fc
  .array(fc.constantFrom('\u0315', '\u0300', '\u0323', '\u0344', '\u034f', 'a', '\uff76', '\uff9e', '\u200b'), {
    maxLength: 200,
  })
  .map(parts => parts.join(''))

test('short texts are normal as Unicode says', t => {
  fc.assert(
    fc.property(hardText, text => {
      t.is(normalForm(text, 'NFC'), text.normalize('NFC'))
      t.is(normalForm(text, 'NFKC'), text.normalize('NFKC'))
      t.is(compatible(text), text.normalize('NFKC'))
    }),
    { numRuns: runs(1000) },
  )
})

test('long texts are normal as Unicode says', t => {
  const text = fc.tuple(hardText, fc.string({ unit: 'binary', maxLength: 20 })).map(parts => parts.join('').repeat(200))
  fc.assert(
    fc.property(text, given => {
      fc.pre(!/[\p{M}\uff9e\uff9f]{31}/u.test(given))
      t.is(normalForm(given, 'NFC'), given.normalize('NFC'))
      t.is(normalForm(given, 'NFKC'), given.normalize('NFKC'))
      t.is(compatible(given), given.normalize('NFKC'))
    }),
    { numRuns: runs(1000) },
  )
})

test('a normalised text stays unchanged, however many accents it has', t => {
  fc.assert(
    fc.property(marks, text => {
      for (const change of [(given: string) => normalForm(given, 'NFC'), fold, compatible]) {
        t.is(change(change(text)), change(text))
      }
    }),
    { numRuns: runs(1000) },
  )
})

test('accents are put in order in time that grows with their count alone', t => {
  const text = `admin${'\u0315\u0300'.repeat(400_000)}`
  t.is(fold(text).length, fold(`admin${'\u0315\u0300'.repeat(50)}`).length)
  t.true(compatible(text).length > 800_000)
  t.true(looksLike(text, 'admin'))
})
