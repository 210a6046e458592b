import test from 'ava'
import { replaceWords } from '../../src/text/replace-words.ts'
import { buildWordIndex } from '../../src/text/words/word-index.ts'
import { alike, list } from './_texts.ts'

const replaces = test.macro<[Record<string, string>, string, string, string[]?]>({
  exec: (t, pairs, text, replaced, except) => {
    const index = buildWordIndex(list(Object.keys(pairs)), { by: 'folded', at: 'word' }, except && list(except))
    t.is(replaceWords(text, index, Object.values(pairs))?.join('') ?? text, replaced)
  },
  title: (_, pairs, text = '', replaced = '') =>
    `by ${JSON.stringify(pairs)} ${alike(text)} becomes ${alike(replaced)}`,
})

test(replaces, { 失业: '灵活就业' }, '他失业了', '他灵活就业了')
test(replaces, { 失业: '灵活就业' }, '他失業了', '他灵活就业了')
test(replaces, { damn: 'darn' }, 'Damn it, goddamned', 'darn it, goddamned')
test(replaces, { damn: 'darn', 'god damn': 'oh no' }, 'God-damn damn', 'oh no darn')
test(replaces, { 'damn*': 'darn' }, 'damnation!', 'darn!')
test(replaces, { damn: '' }, 'da\u200bmn, it', ', it')
test(replaces, { café: 'bar' }, 'Cafe\u0301s, cafe\u0301', 'Cafe\u0301s, bar')
test(replaces, { 'a b': '1', 'b c': '2' }, 'a b c', '1 c')
test(replaces, { ass: 'donkey' }, 'bad ass, ass', 'bad ass, donkey', ['bad ass'])
test(replaces, { Straße: 'Weg' }, 'die STRASSE.', 'die Weg.')
test(replaces, { x: '$&' }, 'x', '$&')
