import test from 'ava'
import fc from 'fast-check'
import { fold } from '../../src/text/fold.ts'
import { findWord, findWords, hasWord } from '../../src/text/words/find-words.ts'
import {
  buildWordIndex,
  buildWordIndexInSteps,
  type WordIndex,
  type WordSearch,
} from '../../src/text/words/word-index.ts'
import { alike, hardText, list } from './_texts.ts'

const words: WordSearch = { by: 'folded', at: 'word' }

const finds = test.macro<[WordSearch, string[], string, string | undefined]>({
  exec: (t, search, entries, text, found) => {
    const match = findWord(buildWordIndex(list(entries), search), text)
    t.is(match && text.slice(match.start, match.end), found)
  },
  title: (_, search, entries, text, found) =>
    `${search?.by} ${search?.at}: ${entries?.join(', ')} in ${alike(text ?? '')} ${found === undefined ? 'is not found' : `is ${alike(found)}`}`,
})

test(finds, words, ['admin'], 'the ADMIN!', 'ADMIN')
test(finds, words, ['admin'], 'badminton', undefined)
test(finds, words, ['admin'], 'admin2', undefined)
test(finds, words, ['admin'], 'admin_2', 'admin')
test(finds, words, ['admin'], '❤️admin❤️', 'admin')
test(finds, words, ['admin'], 'ad\u200bmin', 'ad\u200bmin')
test(finds, words, ['admin'], 'ádmin', undefined)
test(finds, words, ['Straße'], 'die STRASSE', 'STRASSE')
test(finds, words, ['strasse'], 'Straße 1', 'Straße')
test(finds, words, ['İzmir'], 'i\u0307zmir', 'i\u0307zmir')
test(finds, words, ['main admin'], 'your Main -- Admin', 'Main -- Admin')
test(finds, words, ['main admin'], 'main the admin', undefined)
test(finds, words, ['main admin', 'main'], 'main street', 'main')
test(finds, words, ['rock-n-roll'], 'rock n roll!', 'rock n roll')
test(finds, words, ['管理员'], '小管理员1', '管理员')
test(finds, words, ['QQ群'], '加QQ群', 'QQ群')
test(finds, words, ['QQ群'], '加QQQ群', undefined)
test(finds, words, ['میخ'], 'می\u200cخواهم', undefined)
test(finds, words, ['می\u200cخواهم'], 'من می\u200cخواهم!', 'می\u200cخواهم')
test(finds, words, ['नमस्ते'], 'नमस्ते जी', 'नमस्ते')
test(finds, words, ['admin*'], 'two Administrators', 'Administrators')
test(finds, words, ['admin*'], 'Admin', 'Admin')
test(finds, words, ['admin*'], 'badminton', undefined)
test(finds, words, ['***'], 'a *** b', '***')
test(finds, words, ['c++'], 'I love C++!', 'C++')
test(finds, words, ['c++'], 'c++11', 'c++')
test(finds, words, ['c++'], 'vitamin c', undefined)
test(finds, words, ['c++'], 'c+', undefined)
test(finds, words, ['c++'], 'cc++', undefined)
test(finds, words, ['c++', 'c'], 'a c+ and c++', 'c')
test(finds, words, ['c x', 'c++'], 'c++ x', 'c++ x')
test(finds, words, ['18+'], '１８＋ only', '１８＋')
test(finds, words, ['18+'], '18 years', undefined)
test(finds, words, ['a$$'], 'I have a question', undefined)
test(finds, words, ['a$$'], 'what an a$$$', 'a$$')
test(finds, words, ['@everyone'], 'hey @Everyone!', '@Everyone')
test(finds, words, ['@everyone'], 'hi everyone', undefined)
test(finds, words, ['.net'], 'net', undefined)
test(finds, words, ['v❤'], 'v❤\ufe0f you', 'v❤\ufe0f')
test(finds, words, ['v❤\ufe0f'], 'v❤ you', 'v❤')
test(finds, words, ['❤\ufe0fyou'], '❤\ufe0f\ufe0fyou', '❤\ufe0f\ufe0fyou')
test(finds, words, ['Fu(*'], 'FU(k off', 'FU(k')
test(finds, words, ['Fu(*'], 'Fu(*', 'Fu(')
test(finds, words, ['Fu(*'], 'fun', undefined)
test(finds, words, ['f*ck'], 'a f ck', undefined)
test(finds, words, ['f*ck'], 'f*cks f*ck', 'f*ck')
test(finds, words, ['a$$hole'], 'dig a hole', undefined)
test(finds, words, ['rock & roll'], 'Rock&Roll', 'Rock&Roll')
test(finds, words, ['AT&T'], 'by AT & T', 'AT & T')
test(finds, words, ['rock & roll'], 'rock  &  roll', 'rock  &  roll')
test(finds, words, ['rock & roll'], 'rock - roll', undefined)
test(finds, words, ['x & a'], 'x & ab', undefined)
test(finds, words, ['C++ developer'], 'a c++, developer', 'c++, developer')
test(finds, words, ["don't"], 'I don’t', 'don’t')
test(finds, words, ['e-mail'], 'an E mail', 'E mail')
test(finds, words, ['e-mail'], 'email', undefined)
test(finds, words, ['Need money? Call'], 'need money -- call me', 'need money -- call')
test(finds, words, ['24/7'], 'on 24, 7 came', undefined)
test(finds, words, ['24/7'], 'open 24/7!', '24/7')
test(finds, words, ['乔治·华盛顿'], '乔治 华盛顿', '乔治 华盛顿')
test(finds, words, [':) :)'], 'a:)  :)', ':)  :)')
test(finds, words, ["rockin'"], 'rockin’ it', 'rockin’')
test(finds, words, ["rockin'"], 'rockin it', undefined)
test(finds, words, ['你好，世界'], '你好！世界', '你好！世界')
test(finds, words, ['微信:abc'], '加微信：ABC', '微信：ABC')
test(finds, words, ['微信:abc'], '微信 abc', undefined)
test(finds, words, ['f\\*ck*'], 'f*cking', 'f*cking')
test(finds, words, ['admin\\*'], 'administrator', undefined)
test(finds, words, ['admin\\*'], 'an admin*', 'admin*')
test(finds, words, ['🖕'], 'you🖕', '🖕')
test(finds, { by: 'folded', at: 'anywhere' }, ['dmi'], 'ADMIN', 'DMI')
test(finds, { by: 'folded', at: 'anywhere' }, ['e'], 'é', undefined)
test(finds, { by: 'folded', at: 'anywhere' }, ['f'], 'eﬃcient', 'ﬃ')
test(finds, { by: 'folded', at: 'whole' }, ['admin'], ' Admin\u3000', ' Admin\u3000')
test(finds, { by: 'folded', at: 'whole' }, ['admin'], 'an admin', undefined)
test(finds, { by: 'folded', at: 'whole' }, ['admin*'], 'Admin of all', 'Admin of all')
test(finds, { by: 'exact', at: 'whole' }, ['u-1'], 'U-1', undefined)
test(finds, { by: 'exact', at: 'whole' }, ['u-1'], 'u-1', 'u-1')
test(finds, { by: 'exact', at: 'anywhere' }, ['A'], 'aA', 'A')
test(finds, { by: 'exact', at: 'word' }, ['A'], 'aA A', 'A')

test('the entry is reported with its line, the first of two equal ones', t => {
  const index = buildWordIndex(
    [
      { text: 'Root', line: 3 },
      { text: 'root', line: 9 },
    ],
    words,
  )
  t.deepEqual(findWords(index, 'a root'), [{ entry: { text: 'Root', line: 3 }, start: 2, end: 6 }])
})

test('of two entries that begin alike the longer is found, and both beginnings', t => {
  const index = buildWordIndex(list(['main', 'main admin', 'admin']), words)
  t.deepEqual(
    findWords(index, 'main admin').map(({ entry }) => entry.text),
    ['main admin', 'admin'],
  )
})

test('an entry with nothing to search for is listed separately', t => {
  t.deepEqual(buildWordIndex(list(['\u200b', 'a']), words).unusable, [{ text: '\u200b', line: 1 }])
  t.deepEqual(buildWordIndex(list(['...']), { by: 'alike', at: 'word' }).unusable, [{ text: '...', line: 1 }])
})

test('building in steps pauses often and gives the same result', t => {
  const entries = list(Array.from({ length: 5500 }, (_, i) => `word${i.toString(36)}`))
  const steps = buildWordIndexInSteps(entries, words)
  let stops = 0
  let index: WordIndex | undefined
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      index = step.value
      break
    }
    stops++
  }
  t.is(stops, 27)
  t.true(entries.every(({ text }) => hasWord(index, text)))
  t.false(hasWord(index, 'word'))
})

test('words and signs are found just as a slow search by patterns finds them', t => {
  const signs = fc.constantFrom('', '', '+', '++', '$', '.')
  const between = fc.constantFrom(' ', '-', '&', ' & ', '$$', '. ')
  const entries = fc.tuple(signs, fc.constantFrom('a', 'b', 'ab'), between, fc.constantFrom('', 'a', 'b'), signs)
  const texts = fc.array(fc.constantFrom('a', 'b', '+', '++', '$', '&', ' ', '.', '-'), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(entries, { minLength: 1, maxLength: 3 }), texts, (found, pieces) => {
      const value = pieces.join('')
      const written = found.map(([first, one, gap, two, last]) => first + one + (two === '' ? '' : gap + two) + last)
      const slow = found.some(entry => slowPattern(entry).test(value))
      t.is(hasWord(buildWordIndex(list(written), words), value), slow, `${written} in ${value}`)
    }),
    { numRuns: 3000 },
  )
})

/** What an entry stands for: signs, a word, what parts it from another, that one if there is one, signs. */
function slowPattern([first, one, gap, two, last]: readonly [string, string, string, string, string]): RegExp {
  const escaped = (text: string) => text.trim().replaceAll(/[+$&.]/g, '\\$&')
  const whole = (word: string) => `(?<![ab])${word}(?![ab])`
  const parts = /^[-. ]+$/.test(gap) ? '[^ab]+' : ` *${escaped(gap)}[^ab]*`
  return new RegExp(escaped(first) + whole(one) + (two === '' ? '' : parts + whole(two)) + escaped(last))
}

const parts = fc.constantFrom('a', 'b', 'ab', 'ba', 'A', 'é', 'ß', '管', '理', ' ', '-', 'c', '1', 'ﬁ')
const text = fc.array(parts, { maxLength: 10 }).map(found => found.join(''))
const entry = fc.array(parts, { minLength: 1, maxLength: 4 }).map(found => found.join(''))

test('anywhere finds just what including would', t => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5 }), fc.oneof(text, hardText), (entries, value) => {
      const index = buildWordIndex(list(entries), { by: 'folded', at: 'anywhere' })
      t.is(
        hasWord(index, value),
        entries.some(found => fold(value).includes(fold(found))),
      )
    }),
    { numRuns: 500 },
  )
})

test('words are found just as a slow search by patterns finds them', t => {
  const latin = fc.array(fc.constantFrom('a', 'b', 'ab', 'é', '1', ' ', '-', '.'), { maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'ab', 'a b', 'ab1', 'é a'), { maxLength: 4 }),
      latin,
      (entries, found) => {
        const value = found.join('')
        const slow = entries.some(word => {
          const middle = word.replace(' ', '[^\\p{L}\\p{M}\\p{N}]+')
          return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${middle}(?![\\p{L}\\p{M}\\p{N}])`, 'u').test(fold(value))
        })
        t.is(hasWord(buildWordIndex(list(entries), words), value), slow)
      },
    ),
    { numRuns: 500 },
  )
})

test('a match lies within the text and reads as its entry', t => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5 }), text, (entries, value) => {
      for (const match of findWords(buildWordIndex(list(entries), { by: 'folded', at: 'anywhere' }), value)) {
        t.true(fold(value.slice(match.start, match.end)).includes(fold(match.entry.text)))
      }
    }),
    { numRuns: 500 },
  )
})
