import test from 'ava'
import fc from 'fast-check'
import { capitalsIn } from '../../../src/text/shape/capitals.ts'
import { countEmoji, isOnlyEmoji } from '../../../src/text/shape/emoji.ts'
import { gistOf } from '../../../src/text/shape/gist.ts'
import { countLines } from '../../../src/text/shape/lines.ts'
import { longestRun } from '../../../src/text/shape/longest-run.ts'
import { countMentions } from '../../../src/text/shape/mentions.ts'
import { scriptNames, scriptsIn } from '../../../src/text/shape/scripts.ts'
import { stackedMarks } from '../../../src/text/shape/stacked-marks.ts'
import { countWords } from '../../../src/text/shape/word-count.ts'
import { alike, hardText } from '../_texts.ts'

const has = test.macro<[(text: string) => unknown, string, unknown]>({
  exec: (t, measure, text, expected) => t.deepEqual(measure(text), expected),
  title: (_, measure, text, expected) => `${measure?.name} of ${alike(text ?? '')} is ${String(expected)}`,
})

test(has, capitalsIn, '', null)
test(has, capitalsIn, '123 !? 你好 😀', null)
test(has, capitalsIn, 'STOP DOING THAT NOW', 100)
test(has, capitalsIn, 'STOP DOING THAT NOW ok', 88)
test(has, capitalsIn, 'ПРЕКРАТИТЕ СЕЙЧАС ЖЕ', 100)
test(has, capitalsIn, 'AAb', 66)
test(has, capitalsIn, 'ǅ', 100)
test(has, capitalsIn, '🅷🅴🅻🅻🅾 𝐀 Ⓐ', 100)
test(has, capitalsIn, '𝓱𝓮𝓵𝓵𝓸 ⓐ', 0)
test(has, capitalsIn, '🇩🇪 1º', null)

test(has, countEmoji, '', 0)
test(has, countEmoji, 'hi (c) 5 # * 1', 0)
test(has, countEmoji, '© 2026 ACME™ ®', 0)
test(has, countEmoji, '©️ ™️', 2)
test(has, countEmoji, 'hi 😀', 1)
test(has, countEmoji, '❤️', 1)
test(has, countEmoji, '❤ ☎ ✔', 0)
test(has, countEmoji, '🇩🇪', 1)
test(has, countEmoji, '🇩🇪🇫🇷🇬🇧', 3)
test(has, countEmoji, '🇩 🇪', 0)
test(has, countEmoji, '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 1)
test(has, countEmoji, '👨‍👩‍👧‍👦', 1)
test(has, countEmoji, '👨👩👧', 3)
test(has, countEmoji, '❤‍🔥🏳️‍🌈👁️‍🗨️', 3)
test(has, countEmoji, '👍🏽☝🏿✌🏻', 3)
test(has, countEmoji, '🧑🏽‍🤝‍🧑🏿', 1)
test(has, countEmoji, '1️⃣2️⃣#️⃣*️⃣', 4)
test(has, countEmoji, '1⃣', 1)
test(has, countEmoji, '1\ufe0f', 0)
test(has, countEmoji, '⌚\ufe0e', 0)
test(has, countEmoji, '⌚⭐✅', 3)
test(has, countEmoji, 'ㅋㅋㅋ ^^ :) 哈哈', 0)

test(has, isOnlyEmoji, '', false)
test(has, isOnlyEmoji, '   ', false)
test(has, isOnlyEmoji, '😀', true)
test(has, isOnlyEmoji, ' 😀 \n🇩🇪\u200b', true)
test(has, isOnlyEmoji, '1️⃣', true)
test(has, isOnlyEmoji, '1', false)
test(has, isOnlyEmoji, '©', false)
test(has, isOnlyEmoji, '😀!', false)
test(has, isOnlyEmoji, '😀 hi', false)
test(has, isOnlyEmoji, '你好😀', false)

test(has, countLines, '', 1)
test(has, countLines, 'a', 1)
test(has, countLines, 'a\nb', 2)
test(has, countLines, 'a\r\nb\r\n', 3)
test(has, countLines, 'a\rb\n\rc', 4)
test(has, countLines, 'a\u2028b\u2029c\u0085d\ve\ff', 6)

test(has, countWords, '', 0)
test(has, countWords, ' … 😀 ', 0)
test(has, countWords, 'well-known', 2)
test(has, countWords, "don't", 2)
test(has, countWords, 'a1 b_c', 3)
test(has, countWords, '𝐇𝐞𝐥𝐥𝐨 𝐀𝐧𝐧', 2)
test(has, countWords, '我们今天去北京', 4)
test(has, countWords, '我们😀今天', 2)
test(has, countWords, `${'北京'.repeat(300)}`, 300)
test(has, countWords, `${'北京'.repeat(10_000)}`, 10_000)

test(has, longestRun, '', 0)
test(has, longestRun, ' \n\t ', 0)
test(has, longestRun, 'cool', 2)
test(has, longestRun, 'nooooooooooo', 11)
test(has, longestRun, 'NoOoO', 4)
test(has, longestRun, '哈哈哈哈', 4)
test(has, longestRun, 'zzzz', 4)
test(has, longestRun, '!!!!!!!!', 8)
test(has, longestRun, 'ΣΣΣς', 4)
test(has, longestRun, 'ßß', 2)
test(has, longestRun, 'éééé'.normalize('NFD'), 4)
test(has, longestRun, '👍🏽👍🏽👍🏽👍', 3)
test(has, longestRun, '👨‍👩‍👧👨‍👩‍👧', 2)
test(has, longestRun, '🇩🇪🇩🇪🇩🇪', 3)
test(has, longestRun, 'z\u200bz\u200bz', 3)
test(has, longestRun, 'a        b', 1)
test(has, longestRun, '각각'.normalize('NFD'), 2)
test(has, longestRun, 'กำกำกำ', 3)
test(has, longestRun, '\n\n\n\n', 0)

test(has, stackedMarks, '', 0)
test(has, stackedMarks, 'ẹ̀ é', 0)
test(has, stackedMarks, 'H̴̙̚ē̵̟l̵̫̐l̷̳̈́o', 4)
test(has, stackedMarks, 'Z̸̢̛̺͇͍̈́̀͝a', 10)
test(has, stackedMarks, `a${'\u0301'.repeat(100)}`, 100)
test(has, stackedMarks, 'H\u0334\u200d\u0319\u031a', 3)
test(has, stackedMarks, 'ก็็็็็็็็', 7)
test(has, stackedMarks, 'ด้้้้้็็็็็้้้้้', 13)
test(has, stackedMarks, 'ผู้ใหญ่ที่นี่', 0)
test(has, stackedMarks, 'สิทธิ์ น้ำ', 0)
test(has, stackedMarks, 'الْعَرَبِيَّةُ', 0)
test(has, stackedMarks, 'لًًًًًً', 5)
test(has, stackedMarks, 'שָּֽׁ֖', 0)
test(has, stackedMarks, '1️⃣ 👍🏽 ❤️', 0)
test(has, stackedMarks, 'が゙゙゙', 2)
test(has, stackedMarks, 'ཧཱུྃ', 0)

test(has, scriptsIn, '', [])
test(has, scriptsIn, '123 !? 😀 \u0301', [])
test(has, scriptsIn, 'Привет, Ann 你好 かな カナ', ['cyrillic', 'latin', 'han', 'hiragana', 'katakana'])
test(has, scriptsIn, 'раyраl', ['cyrillic', 'latin'])
test(has, scriptsIn, 'Ａｎｎ', ['latin'])
test(has, scriptsIn, '𒀀 𓀀', ['cuneiform', 'egyptian hieroglyphs'])
test(has, scriptsIn, '\ud800', [])

test(has, countMentions as (text: string) => unknown, 'u-1', false)
test('mentions are different people', t => {
  t.is(countMentions([]), 0)
  t.is(countMentions(['u-1', 'u-2', 'u-1', '']), 2)
})

const same = test.macro<[string, string]>({
  exec: (t, one, two) => t.is(gistOf(one), gistOf(two)),
  title: (_, one, two) => `${alike(one ?? '')} and ${alike(two ?? '')} have the same gist`,
})
test(same, 'Buy cheap coins: 100 $', 'buy CHEAP coins 😀😀 – 250 €!!')
test(same, 'Добро пожаловать', 'ДОБРО  ПОЖАЛОВАТЬ 2')
test(same, 'viagra', 'vіаgra')
test(same, 'ADMIN', 'АDМІN')
test(same, 'admin', 'аdmіn')
test(same, '加我微信 8888', '加我微信，9999！')
test(same, '開發票', '开发票')
test(same, 'Ⓑⓤⓨ', 'buy')
test(same, '𝐁𝐮𝐲', 'BUY')
test(same, 'Ελλάδα', 'ΕΛΛΑΔΑ')
test(same, '안녕하세요 1', '안녕하세요'.normalize('NFD'))
test(same, 'הצטרפו לקבוצה 1', 'הִצְטָרְפוּ לקבוצה')
test(same, '12 😀', '')

test('texts that say something else have another gist', t => {
  const texts = ['buy coins', 'buy gold', '加我微信', '加我好友', 'हिन्दी', 'हन्द', 'привет', 'пока']
  t.is(new Set(texts.map(gistOf)).size, texts.length)
})

test('the gist of a gist is that gist', t => {
  fc.assert(fc.property(hardText, text => gistOf(gistOf(text)) === gistOf(text)))
  t.pass()
})

test('the gist is the same in big and in small letters', t => {
  const letters = fc.stringMatching(/^[a-zа-яα-ωäöüßéñçğışæøåđ ]{0,20}$/u)
  fc.assert(fc.property(letters, text => gistOf(text.toUpperCase()) === gistOf(text)))
  t.pass()
})

test('lines, words and emoji of two texts on two lines are those of both', t => {
  fc.assert(
    fc.property(hardText, hardText, (one, two) => {
      const both = `${one}\n${two}`
      // A line break between them parts even CR and LF.
      const ends = one.endsWith('\r') ? 1 : 0
      return (
        countLines(both) === countLines(one) + countLines(two) - ends &&
        countWords(both) === countWords(one) + countWords(two) &&
        countEmoji(both) === countEmoji(one) + countEmoji(two)
      )
    }),
  )
  t.pass()
})

test('a character repeated so often is the longest run', t => {
  const character = fc.constantFrom('a', 'Ж', '哈', '!', '👍🏽', '🇩🇪', 'é', '한')
  fc.assert(fc.property(character, fc.integer({ min: 1, max: 50 }), (char, n) => longestRun(char.repeat(n)) === n))
  t.pass()
})

test('no accent added to a text lowers its stacked marks', t => {
  const marks = fc.integer({ min: 0, max: 12 })
  const stack = (count: number) => `x${'\u0301\u0316\u0334\u035c'.repeat(3).slice(0, count)}`
  fc.assert(fc.property(marks, marks, (a, b) => a > b || stackedMarks(stack(a)) <= stackedMarks(stack(b))))
  t.pass()
})

test('script names are small letters, each once, and so found in a text', t => {
  t.is(new Set(scriptNames).size, scriptNames.length)
  t.true(scriptNames.every(name => /^[a-z]+(?: [a-z]+)*$/.test(name)))
  t.true(scriptsIn('A你Яعあアᄀกअα').every(name => scriptNames.slice(0, 10).includes(name)))
})
