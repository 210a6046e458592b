import test from 'ava'
import fc from 'fast-check'
import { fold, foldCase, foldWhole } from '../../src/text/fold.ts'
import { nth, runs } from '../_runs.ts'
import { alike, different, hardText } from './_texts.ts'

const same = test.macro<[string, string]>({
  exec: (t, a: string, b: string) => {
    t.is(fold(a), fold(b))
  },
  title: (_, a = '', b = '') => `${alike(a)} is the same text as ${alike(b)}`,
})

const apart = test.macro<[string, string]>({
  exec: (t, a: string, b: string) => {
    t.not(fold(a), fold(b))
  },
  title: (_, a = '', b = '') => `${alike(a)} is another text than ${alike(b)}`,
})

test(same, 'Admin', 'aDMIN')
test(same, 'Straße', 'STRASSE')
test(same, 'STRAẞE', 'strasse')
test(same, 'ΟΔΟΣ', 'οδος')
test(same, 'οδοσ', 'οδος')
test(same, 'ſtaff', 'STAFF')
test(same, '\u212aim', 'kim')
test(same, 'ＡＤＭＩＮ', 'admin')
test(same, '𝐀𝐝𝐦𝐢𝐧', 'admin')
test(same, 'ﬀ', 'FF')
test(same, 'ﾃｽﾄ', 'テスト')
test(same, 'é', 'e\u0301')
test(same, 'Ꭰ', 'ꭰ')
test(same, 'ad\u200bmin', 'admin')
test(same, 'e\u200b\u0301', 'é')
test(same, '\ufeffadmin\u202e', 'admin')
test(same, 'a \t\u3000\u00a0 b', 'a b')
test(same, 'ᾳ', 'ΑΙ')
test(same, '™\ufe0f', 'tm')
test(same, 'Привет', 'ПРИВЕТ')

test(apart, 'ı', 'i')
test(apart, 'ı', 'I')
test(apart, 'é', 'e')
test(apart, 'аdmin', 'admin')
test(apart, ' a', 'a')
test(apart, '管理員', '管理员')
test(apart, '👩\u200d👧', '👩👧')

test('a whole value is compared without spaces at its ends', t => {
  t.is(foldWhole('\u3000 Main\u200b  Admin\t'), 'main admin')
  t.is(foldWhole(' \u200b '), '')
})

const settles = test.macro<[string]>({
  exec: (t, text) => {
    t.is(fold(fold(text)), fold(text))
  },
  title: (_, text = '') => `${alike(text)} is folded at once`,
})

test(settles, 'İ\u094d\u200d')
test(settles, 'x\u0301\u034f\u094d\u200d')
test(settles, 'न\u200dन\u0951\u034f\u0327')

test('a Turkish İ is an i, whatever dots it has', t => {
  t.is(fold('İSTANBUL'), 'istanbul')
  t.is(fold('i\u0307\u0307'), 'i')
  t.not(fold('sık'), fold('sik'))
})

test('a text of joiners that lose their virama one by one becomes stable', t => {
  const text = `x\u0301\u034f${'\u094d\u200d'.repeat(1000)}`
  t.is(fold(fold(text)), fold(text))
  t.notRegex(fold(text), /\u200d/)
})

/** Letters with the marks and joiners that change places or go. */
const marked = fc
  .array(fc.constantFrom(...'iİaxन', ...'\u094d\u200d\u200c\u0301\u0307\u034f\u0327\u0345\u0951'), { maxLength: 12 })
  .map(parts => parts.join(''))

test('folding twice changes nothing more', t => {
  fc.assert(
    fc.property(fc.oneof(hardText, marked), text => fold(fold(text)) === fold(text)),
    { numRuns: runs(5000) },
  )
  t.pass()
})

test('folding any single character twice changes nothing more', t => {
  const changing: string[] = []
  for (let point = 0; point <= 0x10ffff; point += nth) {
    const folded = fold(String.fromCodePoint(point))
    if (fold(folded) !== folded) changing.push(point.toString(16))
  }
  t.deepEqual(changing, [])
})

/**
 * Letters whose folding is not plain lower-casing, with their folding, from Unicode's CaseFolding.txt (status C
 * and F). Two letters are the same exactly when these are equal after lower-casing.
 */
const caseFolding: readonly (readonly [string, string])[] = [
  ['µ', 'μ'],
  ['ß', 'ss'],
  ['ŉ', 'ʼn'],
  ['ſ', 's'],
  ['ǰ', 'j\u030c'],
  ['\u0345', 'ι'],
  ['ΐ', 'ι\u0308\u0301'],
  ['ς', 'σ'],
  ['ϐ', 'β'],
  ['ϑ', 'θ'],
  ['ϕ', 'φ'],
  ['ϖ', 'π'],
  ['ϰ', 'κ'],
  ['ϱ', 'ρ'],
  ['ϵ', 'ε'],
  ['և', 'եւ'],
  ['ᲀ', 'в'],
  ['ᲈ', 'ꙋ'],
  ['ẖ', 'h\u0331'],
  ['ẚ', 'aʾ'],
  ['ẛ', 'ṡ'],
  ['ẞ', 'ss'],
  ['ὖ', 'υ\u0313\u0342'],
  ['ᾀ', 'ἀι'],
  ['ᾈ', 'ἀι'],
  ['ᾷ', 'α\u0342ι'],
  ['\u1fbe', 'ι'],
  ['\u2126', 'ω'],
  ['\u212a', 'k'],
  ['\u212b', 'å'],
  ['ﬃ', 'ffi'],
  ['ﬅ', 'st'],
  ['ﬓ', 'մն'],
]

test('case folding agrees with the table of Unicode', t => {
  for (const [letter, folding] of caseFolding) t.is(foldCase(letter), foldCase(folding), letter)
})

test('letters that no case pairs stay apart', t => {
  for (const [a, b] of different) t.not(foldCase(a), foldCase(b), `${a} ${b}`)
})
