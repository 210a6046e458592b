import test from 'ava'
import fc from 'fast-check'
import { coveredBy, findWord, findWords, hasWord } from '../../src/text/words/find-words.ts'
import { buildWordIndex, type WordSearch } from '../../src/text/words/word-index.ts'
import { runs } from '../_runs.ts'
import { list } from './_texts.ts'

const search: WordSearch = { by: 'folded', at: 'word' }
const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 })
const text = fc.array(fc.oneof(letters, fc.constantFrom(' ', '.', '-')), { maxLength: 8 }).map(all => all.join(''))
const entry = fc.tuple(fc.boolean(), letters, fc.boolean())

test('a star at the beginning of an entry is any beginning of a word, one at its end any ending', t => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 3 }), text, (parts, given) => {
      const entries = parts.map(([isInner, word, isStem]) => `${isInner ? '*' : ''}${word}${isStem ? '*' : ''}`)
      const passes = (word: string) =>
        parts.some(([isInner, part, isStem]) => {
          if (isInner && isStem) return word.includes(part)
          return isInner ? word.endsWith(part) : isStem ? word.startsWith(part) : word === part
        })
      const expected = [...given.matchAll(/[abc]+/g)].filter(([word]) => passes(word))
      const index = buildWordIndex(list(entries), search)
      const found = findWords(index, given)
      t.deepEqual(
        found.map(({ start, end }) => [start, end]),
        expected.map(({ 0: word, index: at }) => [at, at + word.length]),
        `${entries} in ${given}`,
      )
      t.deepEqual(findWord(index, given), found[0])
      t.is(hasWord(index, given), found.length > 0)
      const covered = [...(coveredBy(index, given) ?? [])].reduce((sum, unit) => sum + unit, 0)
      t.is(covered, expected.join('').length)
    }),
    { numRuns: runs(20_000) },
  )
})
