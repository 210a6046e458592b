import test from 'ava'
import fc from 'fast-check'
import { fold, foldCase } from '../../src/text/fold.ts'
import { removeInvisible } from '../../src/text/invisible.ts'
import { allTraits, shapeOf, traits } from '../../src/text/lookalike/character-shape.ts'
import { sourcesOf } from '../../src/text/sources.ts'
import { collapseSpaces } from '../../src/text/spaces.ts'
import { nth, runs } from '../_runs.ts'
import { hardText } from './_texts.ts'

// What a pass over a text takes for granted of single characters, and what it must come to.

/** Characters whose fold depends on nothing, on what stands before them, and on what stands behind. */
const plain = fc.constantFrom(
  ...'aAßẞſİıΣςÉΐǆŉǰﬁﷺﷻ㎏Ω漢𐐀𝐀👩',
  '\u3000',
  ' ',
  '\t',
  '\u0085',
  '\ufa0e',
  '\u{2f800}',
  '\ud800',
  '\u200b',
  '\u00ad',
  '\ufeff',
)
const mixed = fc.array(fc.oneof({ weight: 9, arbitrary: plain }, hardText), { maxLength: 20 })
const text = fc.oneof(
  fc.array(plain, { maxLength: 20 }).map(parts => parts.join('')),
  mixed.map(parts => parts.join('')),
  fc.string({ unit: 'binary', minLength: 90, maxLength: 130 }),
)

test('folding in one pass is folding step by step', t => {
  fc.assert(
    fc.property(text, given => {
      t.is(fold(given), byStep(given))
    }),
    { numRuns: runs(10_000) },
  )
})

/** Over and over, for an accent may come between a virama and its joiner, which is then seen no more. */
function byStep(given: string): string {
  const next = foldCase(removeInvisible(given.normalize('NFKC')))
    .normalize('NFKC')
    .replace(/\p{White_Space}+/gu, ' ')
  return next === given ? given : byStep(next)
}

test('folding any character beside a letter is folding it step by step', t => {
  const wrong: string[] = []
  for (let point = 0; point <= 0x10ffff; point += nth) {
    const given = `a${String.fromCodePoint(point)}b`
    if (fold(given) !== byStep(given)) wrong.push(point.toString(16))
  }
  t.deepEqual(wrong, [])
})

/** Characters with what joins them; nothing here is judged by what stands behind it. */
const joined = fc
  .array(
    fc.constantFrom(
      ...[...'aAßẞſİﬁﷺ漢𐐀👩 ¨', 'e\u0301', 'a\u0323\u0301', 'q\u0323\u0301', 'م\u064e', '\u0301', '\u0345', 'ｶﾞ'],
      ...['ᄀ\u1161', '\u1161', '각', '\u3000', '\t', '\u200b', '\u00ad', '\ud800', 'नि', '\u0085'],
    ),
    { maxLength: 20 },
  )
  .map(parts => parts.join(''))

for (const [name, change] of [
  ['fold', fold],
  ['composed form', (given: string) => given.normalize('NFC')],
] as const) {
  const align = (given: string) => sourcesOf(given, change)

  test(`a range of the ${name} maps back to exactly its source`, t => {
    fc.assert(
      fc.property(joined, fc.nat(), fc.nat(), (given, from, length) => {
        const changed = change(given)
        fc.pre(changed !== '')
        const start = from % changed.length
        const end = start + 1 + (length % (changed.length - start))
        const source = align(given)({ start, end })
        const lengthTo = (at: number) => change(given.slice(0, at)).length
        // Half a pair that stays may come from that half.
        t.true(lengthTo(source.start) <= start)
        t.true(lengthTo(source.end) >= end)
        const [first, last] = [align(given)({ start, end: start + 1 }), align(given)({ start: end - 1, end })]
        t.is(first.start, source.start)
        t.is(last.end, source.end)
        t.true(lengthTo(first.end) > start)
        t.true(lengthTo(last.start) < end)
      }),
      { numRuns: runs(10_000) },
    )
  })
}

test('each run of white space is collapsed as a pattern would', t => {
  fc.assert(
    fc.property(text, given => {
      t.is(collapseSpaces(given), given.replace(/\p{White_Space}+/gu, ' '))
    }),
    { numRuns: runs(5_000) },
  )
})

test('the traits of a character are those of its look', t => {
  const wrong: string[] = []
  for (let point = 0; point < 0x20000; point += nth) {
    const { kind, readings, isUnspaced, isWeak, isFlag } = shapeOf(point)
    const own = allTraits.of(point)
    const claims = [own & traits.isUnspaced, own & traits.isWeak, own & traits.isFlag].map(Boolean)
    const isItself = readings.length === 1 && readings[0] === String.fromCodePoint(point)
    if (
      (own & traits.kind) !== traits[kind] ||
      String(claims) !== String([isUnspaced, isWeak, isFlag]) ||
      Boolean(own & traits.isItself) !== isItself
    ) {
      wrong.push(point.toString(16))
    }
  }
  t.deepEqual(wrong, [])
})
