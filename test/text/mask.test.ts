import test from 'ava'
import fc from 'fast-check'
import { isMask, maskWords } from '../../src/text/mask.ts'
import { buildWordIndex, type WordSearch } from '../../src/text/words/word-index.ts'
import { runs } from '../_runs.ts'
import { alike, hardText, list } from './_texts.ts'

const words: WordSearch = { by: 'folded', at: 'word' }

const masks = test.macro<[string[], string, string, WordSearch?]>({
  exec: (t, entries, text, masked, search = words) => {
    t.is(maskWords(text, buildWordIndex(list(entries), search)), masked)
  },
  title: (_, entries, text = '', masked = '') => `${entries?.join(', ')} in ${alike(text)} leaves ${alike(masked)}`,
})

test(masks, ['admin'], 'the ADMIN!', 'the *****!')
test(masks, ['admin'], 'badminton', 'badminton')
test(masks, ['café'], 'my cafe\u0301.', 'my ****.')
test(masks, ['straße'], 'Die STRASSE', 'Die *******')
test(masks, ['strasse'], 'Die Straße', 'Die ******')
test(masks, ['管理员'], '小管理员明', '小***明')
test(masks, ['नमस्ते'], 'नमस्ते!', '***!')
test(masks, ['main admin'], 'main  admin x', '*********** x')
test(masks, ['admin*'], 'administrators go', '************** go')
test(masks, ['*coin'], 'buy Shitcoin, coin or coincidence', 'buy ********, **** or coincidence')
test(masks, ['*arsch*'], 'Megaarschloch', '*************')
test(masks, ['*coin wallet', 'shit*'], 'shitcoin-wallets shitcoin wallet', '********-wallets ***************')
test(masks, ['*.exe'], 'run setup.exe, .exe x.executable', 'run *********, **** x.executable')
test(masks, ['*黄片', '*b*'], '三黄片 ab', '三** **')
test(masks, ['\\*coin', '* coin', '**coin'], 'shitcoin', 'shitcoin')
test(masks, ['ri', 'in'], 'string', 'st***g', { by: 'folded', at: 'anywhere' })
test(masks, ['fi'], 'ﬁn', '*n', { by: 'folded', at: 'anywhere' })
test(masks, ['admin'], 'an аdm1n!', 'an *****!', { by: 'alike', at: 'word' })
test(masks, ['sh!+', '100%'], 'sh, 100 of sh!+ 100%', 'sh, 100 of **** ****')
test(masks, ['Fu(*', 'v❤'], 'fun, Fu(k v❤\ufe0f', 'fun, **** **')
test(masks, ['foo', 'main admin'], 'main foo admin', '**************')
test(masks, ['👩\u200d👧'], 'a👩\u200d👧b', 'a*b')

test('another mask may be chosen, if it can replace a grapheme', t => {
  t.is(maskWords('an admin', buildWordIndex(list(['admin']), words), '█'), 'an █████')
  for (const mask of ['*', '#', '█', 'x', '🙈', '＊']) t.true(isMask(mask), mask)
  for (const mask of ['', '**', ' ', '\u200b', '\u0301', '🇩', '\u200d', '\ud800']) t.false(isMask(mask), alike(mask))
})

const part = fc.oneof(
  hardText,
  fc.constantFrom(
    'admin',
    'a',
    'b',
    'ab',
    ' ',
    '*',
    'x',
    '管理',
    '管',
    '理',
    'f*ck',
    'main',
    'Ad',
    'mi',
    'n',
    '.',
    '员',
    '員',
  ),
)
const text = fc.array(part, { maxLength: 10 }).map(parts => parts.join(''))
const entries = fc.array(
  fc.oneof(
    part,
    fc.constantFrom('a b', 'a & b', 'b*c', '*x', '*n', '*mi*', 'ad*', 'u', 'uc', 'main admin', '管理 员', '**'),
  ),
  {
    maxLength: 6,
  },
)
const search = fc.constantFrom<WordSearch>(
  { by: 'exact', at: 'word' },
  { by: 'folded', at: 'whole' },
  { by: 'folded', at: 'word' },
  { by: 'folded', at: 'anywhere' },
  { by: 'alike', at: 'word' },
)

test('masking twice is masking once', t => {
  fc.assert(
    fc.property(entries, text, search, fc.constantFrom('*', '#', 'x', '█'), (found, value, by, mask) => {
      const index = buildWordIndex(list(found), by)
      const masked = maskWords(value, index, mask)
      t.is(maskWords(masked, index, mask), masked)
    }),
    { numRuns: runs(2000) },
  )
})
