import test from 'ava'
import fc from 'fast-check'
import { hasWord } from '../../src/text/words/find-words.ts'
import { type ManySearch, ManyWords } from '../../src/text/words/many-words.ts'
import { buildWordIndex } from '../../src/text/words/word-index.ts'
import { runs } from '../_runs.ts'

const pieces =
  'a b *n *i* *理 *+ ad ad* adm adm* admin Admin аdmin 4dmin @dmin min n i 1 ! . - _ * + 0 2 管 理 员 員 管理员 \u200b \u0301 \u202e rn vv é ſ ß Ａ 🇦 🇩 $ & ❤ ❤\ufe0f 🖕 v❤ a$$ a&b'.split(
    ' ',
  )
const text = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.constant(' ')), { minLength: 1, maxLength: 8 })
  .map(all => all.join(''))
const lists = fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })

const searches: readonly ManySearch[] = [
  { by: 'exact', at: 'word' },
  { by: 'folded', at: 'word' },
  { by: 'alike', at: 'word' },
  { by: 'alike', at: 'whole' },
]

/** Which lists are worth asking about a text. */
function worthAsking(all: readonly (readonly string[])[], search: ManySearch, given: string): ReadonlySet<number> {
  const words = new ManyWords(search)
  for (const [number, texts] of all.entries()) for (const _ of words.add(texts, number));
  const named = new Set<number>()
  words.find(given, found => {
    for (const list of found) named.add(list)
  })
  return named
}

for (const search of searches) {
  test(`no list is missed, ${search.by}, ${search.at}`, t => {
    fc.assert(
      fc.property(lists, text, (all, given) => {
        const named = worthAsking(all, search, given)
        for (const [number, texts] of all.entries()) {
          const entries = texts.map((entry, at) => ({ text: entry, line: at + 1 }))
          if (hasWord(buildWordIndex(entries, search), given)) t.true(named.has(number), `${texts} in ${given}`)
        }
      }),
      { numRuns: runs(3_000) },
    )
    t.pass()
  })
}

test('of many lists only those with a word in the text are named', t => {
  const all = Array.from({ length: 500 }, (_, at) => [`word${at}x`, `two words${at}x`])
  for (const search of searches) {
    t.deepEqual([...worthAsking(all, search, 'word77x')], [77], `${search.by} ${search.at}`)
  }
  t.deepEqual([...worthAsking(all, { by: 'folded', at: 'word' }, 'a Word7x and TWO -- words8x')], [7, 8])
  t.deepEqual([...worthAsking([['adm'], ['admin'], ['adm*']], { by: 'folded', at: 'word' }, 'admin')].sort(), [1, 2])
})
