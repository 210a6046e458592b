import test from 'ava'
import fc from 'fast-check'
import { fold } from '../../src/text/fold.ts'
import { graphemes } from '../../src/text/graphemes.ts'
import { removeInvisible } from '../../src/text/invisible.ts'
import { maskWords } from '../../src/text/mask.ts'
import { compatible } from '../../src/text/normal.ts'
import { collapseSpaces } from '../../src/text/spaces.ts'
import { findWords } from '../../src/text/words/find-words.ts'
import { ManyWords } from '../../src/text/words/many-words.ts'
import { buildWordIndex, type WordSearch } from '../../src/text/words/word-index.ts'
import { runs } from '../_runs.ts'
import { hardText, list } from './_texts.ts'

// Long texts take other ways than short ones: kept memory, tables made for the text, what repeated pieces became.

/** Joins texts so that no character on one side depends on one on the other, no word goes on, and no line does. */
const between = '\u0001\nzq\n\u0001'

const words = ['admin*', 'main admin', 'é', 'ß', 'ﷺ', '管理员', '員', '👩\u200d👧', 'नम', '1', '***', 'k']
const wordy = fc.constantFrom(
  ...[
    ...words,
    'ADMIN',
    'ａdmin',
    'ád\u200bmin',
    'a.d.m.i.n',
    'аdm1n',
    'admin1',
    'main - admin',
    'e\u0301',
    'ẞ',
    '管\ufe00理員',
  ],
  ...['x', 'zz', '11', ' ', '  ', '-', '|)', 'u\u0308', '❤\ufe0f', '漢', 'ﬁ', 'ᄀ\u1161', '\ud800', 'नी'],
)
const texts = fc.array(wordy, { maxLength: 8 }).map(pieces => pieces.join(''))
const parts = fc.array(texts, { minLength: 200, maxLength: 300 })
const hardParts = fc.array(fc.oneof(hardText, texts), { minLength: 200, maxLength: 300 })

const searches: readonly WordSearch[] = [
  { by: 'folded', at: 'word' },
  { by: 'folded', at: 'anywhere' },
  { by: 'exact', at: 'word' },
  { by: 'alike', at: 'word' },
]
const indexes = searches.map(search => buildWordIndex(list(words), search))

test('a long text is changed as its parts are', t => {
  fc.assert(
    fc.property(hardParts, some => {
      for (const change of [fold, removeInvisible, compatible, collapseSpaces]) {
        t.is(change(some.join(between)), some.map(change).join(change(between)))
      }
    }),
    { numRuns: runs(100) },
  )
})

test('a long text is masked as its parts are', t => {
  fc.assert(
    fc.property(parts, some => {
      for (const index of indexes) {
        t.is(maskWords(some.join(between), index), some.map(each => maskWords(each, index)).join(between))
      }
    }),
    { numRuns: runs(100) },
  )
})

test('a long text has the graphemes of its parts', t => {
  const own = graphemes(between)
  fc.assert(
    fc.property(hardParts, some => {
      const each = some.flatMap((one, at) => (at === 0 ? graphemes(one) : [...own, ...graphemes(one)]))
      t.deepEqual(graphemes(some.join(between)), each)
    }),
    { numRuns: runs(100) },
  )
})

test('a long text has the same matches as its parts', t => {
  fc.assert(
    fc.property(parts, some => {
      for (const index of indexes) {
        let start = 0
        const each = some.flatMap(one => {
          const found = findWords(index, one).map(match => ({
            ...match,
            start: match.start + start,
            end: match.end + start,
          }))
          start += one.length + between.length
          return found
        })
        t.deepEqual(findWords(index, some.join(between)), each)
      }
    }),
    { numRuns: runs(100) },
  )
})

test('of many lists those are named that are in a part of a long text', t => {
  const search = { by: 'folded', at: 'word' } as const
  const many = new ManyWords(search)
  for (const [at, word] of words.entries()) for (const _ of many.add([word], at));
  const inText = (text: string) => {
    const lists = new Set<number>()
    many.find(text, found => {
      for (const each of found) lists.add(each)
    })
    return lists
  }
  fc.assert(
    fc.property(parts, some => {
      t.deepEqual([...inText(some.join(between))].sort(), [...new Set(some.flatMap(one => [...inText(one)]))].sort())
    }),
    { numRuns: runs(100) },
  )
})
