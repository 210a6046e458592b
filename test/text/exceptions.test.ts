import test from 'ava'
import fc from 'fast-check'
import { maskWords } from '../../src/text/mask.ts'
import { coveredBy, findExcepted, findWords, hasWord } from '../../src/text/words/find-words.ts'
import { buildWordIndex, type WordSearch } from '../../src/text/words/word-index.ts'
import { runs } from '../_runs.ts'
import { alike, list } from './_texts.ts'

const word: WordSearch = { by: 'folded', at: 'word' }
const anywhere: WordSearch = { by: 'folded', at: 'anywhere' }
const looks: WordSearch = { by: 'alike', at: 'word' }

const masks = test.macro<[string[], string[], string, string, WordSearch?]>({
  exec: (t, entries, except, text, masked, search = word) => {
    const index = buildWordIndex(list(entries), search, list(except))
    t.is(maskWords(text, index), masked)
    t.is(hasWord(index, text), masked !== text)
  },
  title: (_, entries, except, text = '', masked = '') =>
    `${entries?.join(', ')} but for ${except?.join(', ')} in ${alike(text)} leaves ${alike(masked)}`,
})

test(masks, ['黄片'], ['三黄片'], '三黄片和黄片', '三黄片和**')
test(masks, ['黄片'], ['三黄片'], '三黃片怎么吃', '三黃片怎么吃')
test(masks, ['ass'], ['bad ass'], 'Bad-Ass, ass', 'Bad-Ass, ***')
test(masks, ['ass'], ['bad ass'], 'bad asses', 'bad asses')
test(masks, ['fuck', 'fuck off'], ['fuck yes'], 'fuck yes, fuck off', 'fuck yes, ********')
test(masks, ['b c d'], ['a b c'], 'a b c d', 'a *****')
test(masks, ['c'], ['a b', 'a b c d', 'b'], 'a b c d', 'a b c d')
test(masks, ['admin*'], ['administrator'], 'administrators and administrator', '************** and administrator')
test(masks, ['admin'], ['admin*'], 'admins, admin', 'admins, admin')
test(masks, ['hell'], ['shell'], 'Shell hell', 'Shell ****', anywhere)
test(masks, ['hell'], ['hell kitty'], 'he11 kitty, he11', 'he11 kitty, ****', looks)
test(masks, ['★', 'hell'], ['★ team'], '★ team ★', '★ team *', looks)
test(masks, ['ass'], ['ass'], 'ass', 'ass')

const part = fc.constantFrom('a', 'b', 'ab', ' ', '三', '黄', '片', 'x', '*', '.', 'А', '★', '1', 'ﬁ')
const text = fc.array(part, { maxLength: 12 }).map(parts => parts.join(''))
const entry = fc.constantFrom(
  'a',
  'b',
  'a b',
  'b a',
  'ab',
  'a*',
  '黄',
  '黄片',
  '三黄',
  '三黄片',
  '★',
  '★ a',
  'x',
  'fi',
  '1',
  '*b',
  '*a*',
)
const entries = fc.array(entry, { maxLength: 5 })
const search = fc.constantFrom<WordSearch>(
  word,
  anywhere,
  looks,
  { by: 'exact', at: 'word' },
  { by: 'folded', at: 'whole' },
)

test('exceptions only take hits away, and none takes nothing', t => {
  fc.assert(
    fc.property(entries, entries, text, search, (words, except, value, by) => {
      const plain = buildWordIndex(list(words), by)
      const index = buildWordIndex(list(words), by, list(except))
      const all = findWords(plain, value)
      const left = findWords(index, value)
      for (const hit of left) t.true(all.some(({ start, end }) => start === hit.start && end === hit.end))
      t.deepEqual(findWords(buildWordIndex(list(words), by, []), value), all)
      t.is(hasWord(index, value), left.length > 0)
      t.is(coveredBy(index, value) === undefined, left.length === 0)
      if (left.length === 0 && all.length > 0) t.truthy(findExcepted(index, value))
    }),
    { numRuns: runs(20_000) },
  )
})

test('a hit is one unless something else covers all of it', t => {
  fc.assert(
    fc.property(entries, entries, text, fc.constantFrom(word, anywhere), (words, except, value, by) => {
      const exceptions = findWords(buildWordIndex(list(except), by), value)
      const expected = findWords(buildWordIndex(list(words), by), value).filter(
        ({ start, end }) => !exceptions.some(each => each.start <= start && each.end >= end),
      )
      // Places in the text as it was given are wider than those of what it was folded to.
      if (value.includes('ﬁ')) return
      t.deepEqual(findWords(buildWordIndex(list(words), by, list(except)), value), expected)
    }),
    { numRuns: runs(20_000) },
  )
})

test('masking twice is masking once, with exceptions as well', t => {
  fc.assert(
    fc.property(entries, entries, text, search, fc.constantFrom('*', '#', 'x'), (words, except, value, by, mask) => {
      const index = buildWordIndex(list(words), by, list(except))
      const once = maskWords(value, index, mask)
      t.is(maskWords(once, index, mask), once)
    }),
    { numRuns: runs(10_000) },
  )
})
