import test from 'ava'
import fc from 'fast-check'
import { explainAlike } from '../../src/text/lookalike/explain.ts'
import { findWord, hasWord } from '../../src/text/words/find-words.ts'
import { buildWordIndex } from '../../src/text/words/word-index.ts'
import { runs } from '../_runs.ts'
import { looksLike, skeleton } from './_looks-like.ts'
import { alike, hardText, list } from './_texts.ts'

const passes = test.macro<[string, string]>({
  exec: (t, value, target) => {
    t.true(looksLike(value, target))
  },
  title: (_, value = '', target = '') => `${alike(value)} looks like ${alike(target)}`,
})

const fails = test.macro<[string, string]>({
  exec: (t, value, target) => {
    t.false(looksLike(value, target))
  },
  title: (_, value = '', target = '') => `${alike(value)} does not look like ${alike(target)}`,
})

test(passes, 'admin', 'Admin')
test(passes, 'аdmin', 'admin')
test(passes, 'ａｄｍｉｎ', 'admin')
test(passes, '𝓪𝓭𝓶𝓲𝓷', 'admin')
test(passes, '🅰🅳🅼🅸🅽', 'admin')
test(passes, 'adm1n', 'admin')
test(passes, '@dm!n', 'admin')
test(passes, '/\\dm|n', 'admin')
test(passes, 'a.d.m.i.n', 'admin')
test(passes, 'a d m i n', 'admin')
test(passes, 'a_d-m~i*n', 'admin')
test(passes, 'ADMİN', 'admin')
test(passes, 'admın', 'admin')
test(passes, 'ad\u200bmin\u202c', 'admin')
test(passes, 'ad\u0001min', 'admin')
test(passes, 'a\u0336d\u0336m\u0336i\u0336n\u0336', 'admin')
test(passes, 'adrnin', 'admin')
test(passes, '\u202enimda', 'admin')
test(passes, 'GOОGLЕ', 'google')
test(passes, 'vvindovvs', 'Windows')
test(passes, '管理員', '管理员')
test(passes, '管·理·員', '管理员')
test(passes, 'Aдмин', 'Админ')
test(passes, 'Админ', 'Aдмин')
test(passes, 'ΔIAXEIPIΣTHΣ', 'Διαχειριστής')
test(passes, 'مدیر', 'مدير')
test(passes, 'ㅇㅜㄴㅇㅕㅇㅈㅏ', '운영자')
test(passes, '운영자'.normalize('NFD'), '운영자')
test(passes, 'मॉ\u200bड.रे.टर', 'मॉडरेटर')
test(passes, 'quan tri vien', 'quản trị viên')
test(passes, '1OO86', '10086')
test(passes, 'ค໓๓iຖ', 'admin')
test(passes, 'ልዕጠጎክ', 'admin')
test(passes, 'ⲀDⲘⲒⲚ', 'admin')
test(passes, 'aclmin', 'admin')
test(passes, 'aaadmiiin', 'admin')
test(passes, 'Адмuн', 'Админ')
test(passes, 'Администpатop', 'Администратор')
test(passes, 'AAA', 'aaa')
test(passes, '运营', '運営')
test(passes, '運営', '运营')
test(passes, 'إداره', 'إدارة')
test(passes, '微信団隊', '微信团队')

test(passes, 'аdmin!', 'admin!')
test(passes, 'C＋＋', 'c++')
test(passes, 'booking-com', 'Booking.com')
test(passes, 'Acme Inc', 'Acme Inc.')
test(passes, 'rock&roll', 'Rock & Roll')
test(passes, ' ❤\ufe0f ', '❤')
test(passes, '❤', '❤\ufe0f')
test(fails, '❤ you', '❤')

test(fails, 'c', 'c++')
test(fails, 'admin', 'admin*')
test(fails, 'rock roll', 'Rock & Roll')
test(fails, 'v', 'v❤')
test(fails, 'Badminton', 'admin')
test(fails, 'administer', 'admin')
test(fails, 'admin2', 'admin')
test(fails, '505', 'sos')
test(fails, 'gooood', 'god')
test(fails, 'click', 'dick')
test(fails, 'bauk', 'bank')
test(fails, 'sallies', 'sales')
test(fails, 'www', 'w')
test(fails, '!!', 'ii')
test(fails, '🇮🇹', 'it')
test(fails, 'कि', 'का')
test(fails, 'がき', 'かき')
test(fails, '', 'admin')
test(fails, 'admin', '')

const finds = test.macro<[string, string, string | undefined]>({
  exec: (t, entry, text, found) => {
    const match = findWord(buildWordIndex(list([entry]), { by: 'alike', at: 'word' }), text)
    t.is(match && text.slice(match.start, match.end), found)
  },
  title: (_, entry, text = '', found) =>
    `something like ${entry} in ${alike(text)} ${found === undefined ? 'is not found' : `is ${alike(found)}`}`,
})

test(finds, 'admin', 'the real аdmin!', 'аdmin')
test(finds, 'admin', 'a.d.m.i.n 123', 'a.d.m.i.n')
test(finds, 'admin', '~a d m i n~', 'a d m i n')
test(finds, 'admin', '@admin', 'admin')
test(finds, 'admin', '@dmin@home', '@dmin')
test(finds, 'admin', 'admin2024', 'admin')
test(finds, 'admin', '4dm1n', '4dm1n')
test(finds, '$$$', 'for $$$$', '$$$')
test(finds, '$$$', 'sss', undefined)
test(finds, '€uro', 'an euro', 'euro')
test(finds, '🅰🅳🅼🅸🅽', 'an admin', 'admin')
test(finds, 'a$$', 'what an a$$!', 'a$$')
test(finds, 'a$$', 'a big ass', 'ass')
test(finds, 'a$$', 'I have a question', undefined)
test(finds, 'support', 'what is up. Sup. Port the app', undefined)
test(finds, 'support', 'sup, port', undefined)
test(finds, 'support', 's. u. p. p. o. r. t', 's. u. p. p. o. r. t')
for (const sign of "'’‘`´ʼ＇") test(finds, 'were', `we${sign}re here`, undefined)
test(finds, 'were', 'we`r`e', 'we`r`e')
test(finds, '@everyone', 'hi everyone', undefined)
test(finds, '@everyone', 'hi @еveryone', '@еveryone')
test(finds, '100%', 'l00 years', undefined)
test(finds, '100%', 'for 100%!', '100%')
test(finds, 'v❤', 'ν❤\ufe0f me', 'ν')
test(finds, 'v❤', 'plan v', undefined)
test(finds, '(admin)', 'an admin', undefined)
test(finds, '(admin)', 'an (аdmin)', 'аdmin')
test(finds, 'Fu(*', 'have fun', undefined)
test(finds, 'Fu(*', 'Fυ(k', 'Fυ')
test(finds, 'f*ck', 'f_ck', undefined)
test(finds, 'f*ck', 'ƒ*ck', 'ƒ*ck')
test(finds, '🖕', 'you 🖕🏽', '🖕')
test(finds, 'admin', 'Badminton', undefined)
test(finds, 'admin', 'Administer', undefined)
test(finds, 'admin', 'Ad Min', undefined)
test(finds, 'support', 'Supporter', undefined)
test(finds, 'support', 'sup-port', 'sup-port')
test(finds, 'support', 'help desk sup port', 'sup port')
test(finds, 'support', '$$upport', '$$upport')
test(finds, 'admin*', 'ΑDMINS here', 'ΑDMINS')
test(finds, 'james', 'J. Ames', undefined)
test(finds, '管理员', '超级管理員01', '管理員')
test(finds, '客服', '客 服 小妹', '客 服')
test(finds, '10086', 'call 10086', '10086')
test(finds, 'sos', 'room 505', undefined)
test(finds, 'bot', 'Bo79', undefined)
test(finds, 'admin', 'the ⓐⓓⓜⓘⓝ here', 'ⓐⓓⓜⓘⓝ')
test(finds, 'admin', '★🅰🅳🅼🅸🅽★', '🅰🅳🅼🅸🅽')
test(finds, 'admin', 'Bob | 🇦🇩🇲🇮🇳', '🇦🇩🇲🇮🇳')
test(finds, 'admin', 'I am 🇦 🇩 🇲 🇮 🇳', '🇦 🇩 🇲 🇮 🇳')
test(finds, 'us', 'go 🇺🇸🇺🇸', undefined)
test(finds, '10086', '100861', undefined)
test(finds, 'security', 's ec u-r.i ty', 's ec u-r.i ty')
test(finds, 'www', 'see www', 'www')
test(finds, 'admin', 'ADMINNNN!', 'ADMINNNN')
test(finds, 'us', 'Ann 🇺🇸', undefined)
test(finds, 'quản trị viên', 'Quan Tri Vien 2', 'Quan Tri Vien')

test('the trace shows which characters were read as which', t => {
  const index = buildWordIndex(list(['root', 'admin']), { by: 'alike', at: 'word' })
  t.deepEqual(explainAlike(index, 'x аd.rnİn'), {
    entry: { text: 'admin', line: 2 },
    start: 2,
    end: 9,
    read: [
      { from: 'а', codePoint: 'U+0430', to: 'a', index: 2 },
      { from: '.', codePoint: 'U+002E', to: '', index: 4 },
      { from: 'rn', codePoint: 'U+0072 U+006E', to: 'm', index: 5 },
      { from: 'İ', codePoint: 'U+0130', to: 'i', index: 7 },
    ],
  })
  t.deepEqual(explainAlike(index, 'ROOT')?.read, [])
  t.deepEqual(
    explainAlike(index, 'aclmiiin')?.read.map(({ from, to }) => [from, to]),
    [
      ['cl', 'd'],
      ['i', ''],
      ['i', ''],
    ],
  )
  t.is(explainAlike(index, 'route'), undefined)
})

test('the trace shows invisible characters', t => {
  const index = buildWordIndex(list(['admin']), { by: 'alike', at: 'word' })
  const reads = (text: string) =>
    explainAlike(index, text)?.read.map(({ codePoint, to, index }) => [codePoint, to, index])
  t.deepEqual(reads('e\u0301 ad\u200bm\u0336in'), [
    ['U+200B', '', 5],
    ['U+0336', '', 7],
  ])
  t.deepEqual(reads('\u202enimda'), [['U+202E', '', 0]])
})

test('a trace of a long text stays short', t => {
  const index = buildWordIndex(list(['admin']), { by: 'alike', at: 'word' })
  t.is(explainAlike(index, `ad${'\u200b'.repeat(200_000)}min`)?.read.length, 100)
})

test('accents behind an invisible character belong to their letter', t => {
  t.true(looksLike('e\u0301\u2060\u0327', 'e\u0301\u2060\u0327'))
  t.true(looksLike('$.漢\u{e0100}', '$.漢'))
})

test('every text looks like itself', t => {
  fc.assert(
    fc.property(hardText, text => {
      t.true(skeleton(text) === '' || looksLike(text, text), text)
    }),
    { numRuns: runs(1000) },
  )
})

test('entries that look the same are distinguished by their signs', t => {
  const found = (text: string, ...entries: string[]) =>
    findWord(buildWordIndex(list(entries), { by: 'alike', at: 'word' }), text)?.entry.text
  t.is(found('plan v', 'v❤', 'v'), 'v')
  t.is(found('v★', 'v❤', 'v★'), 'v★')
  t.is(found('call 10', 'lo', '10'), '10')
})

test('signs among words are found at their first place', t => {
  const index = buildWordIndex(list(['admin', '🖕']), { by: 'alike', at: 'word' })
  t.is(findWord(index, '🖕 аdmin')?.entry.text, '🖕')
  t.is(findWord(index, 'аdmin 🖕')?.entry.text, 'admin')
  t.deepEqual(explainAlike(index, 'a 🖕'), { entry: { text: '🖕', line: 2 }, start: 2, end: 4, read: [] })
})

test('look-alikes share a skeleton', t => {
  for (const text of ['admin', 'аdmin', '4DM1N', 'a.d.m.i.n', 'ADMİN', 'ádrnin']) t.is(skeleton(text), 'adrnln', text)
})

test('invisible characters, accents and case do not change the looks', t => {
  const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzжшюяφψ管理')
  // An acute may be a tone of Vietnamese, which makes another word.
  const noise = fc.constantFrom('', '\u200b', '\u0308', '\u2060', '\ufeff', '\u0336')
  const word = fc.array(fc.tuple(letters, noise), { minLength: 3, maxLength: 8 })
  fc.assert(
    fc.property(word, pairs => {
      const plain = pairs.map(([letter]) => letter).join('')
      const noisy = pairs.map(([letter, sign]) => letter + sign).join('')
      t.true(looksLike(noisy, plain))
      t.true(looksLike(noisy.toUpperCase(), plain))
      t.true(looksLike(pairs.map(([letter]) => letter).join('.'), plain))
    }),
    { numRuns: 500 },
  )
})

test('a text of signs alone is read in time that grows with its length alone', t => {
  const index = buildWordIndex(list(['ill', 'lily', 'illi', 'sis', 'asa']), { by: 'alike', at: 'word' })
  t.false(hasWord(index, '!|$@'.repeat(100_000)))
})
