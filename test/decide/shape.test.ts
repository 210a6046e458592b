import test from 'ava'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { mutantsOf } from '../../src/cases/mutants.ts'
import { rulesOf } from '../../src/cases/run-cases.ts'
import { decide } from '../../src/decide/decide.ts'
import { sentencesOf } from '../../src/language/show/sentence.ts'
import { readCall } from '../../src/protocol/request.ts'
import { noon, ruleSetOf, told } from '../_rules.ts'

const callback = findCallback('beforeSendGroupMsg') as Callback

function ruleSetWhen(condition: string) {
  return ruleSetOf(`callback: beforeSendGroupMsg
rules:
  - rule: r
    when: ${condition}
    reject: { code: 5001, message: "{message text.emoji}/{message text.scripts}" }
`)
}

const fires = test.macro({
  title: (_, condition: string, text: string, isFiring: boolean, ..._more: [(readonly string[] | null)?]) =>
    `${condition} ${isFiring ? 'fires' : 'does not fire'} on ${JSON.stringify(text)}`,
  async exec(
    t,
    condition: string,
    text: string,
    isFiring: boolean,
    ...[atUserList = []]: [(readonly string[] | null)?]
  ) {
    const content = JSON.stringify({ content: text })
    const read = readCall(callback, { sendID: 'u-1', groupID: 'g-1', contentType: 101, content, atUserList })
    if (!read.ok) return t.fail('the request is wrong')
    t.is(told(await decide(ruleSetWhen(condition), read.call, noon)), isFiring ? 'reject 5001 by r' : 'allow')
  },
})

const shouting = '{ message text.capitals: { at least: 70 }, message text.length: { at least: 10 } }'
test(fires, shouting, 'PLEASE LEAVE THIS PLACE', true)
test(fires, shouting, 'PLEASE LEAVE THIS PLACE at once', true)
test(fires, shouting, 'НЕМЕДЛЕННО УЙДИТЕ', true)
test(fires, shouting, 'OH NO!!', false)
test(fires, shouting, '请打开 USB 设备，谢谢大家的帮助', true)
test(fires, shouting, '请打开设备，谢谢大家的帮助', false)
test(fires, '{ not: { message text.capitals: { at least: 70 } } }', '请打开设备', false)
test(fires, '{ message text.capitals: absent }', '请打开设备', true)

const noEmoji = '{ message text.emoji: { more than: 0 } }'
test(fires, noEmoji, 'see you 👋', true)
test(fires, noEmoji, '🇫🇷', true)
test(fires, noEmoji, '™ and © 2027 #1', false)
test(fires, '{ message text: { only emoji: true } }', '👍🏽 👍🏽', true)
test(fires, '{ message text: { not: { only emoji: true } } }', 'ok 👍🏽', true)

const stretched = '{ message text.longest run: { at least: 8 } }'
test(fires, stretched, 'yesssssssss', true)
test(fires, stretched, '嘿嘿嘿嘿嘿嘿嘿嘿', true)
test(fires, stretched, 'ＺＺｚｚｚｚｚｚ', true)
test(fires, stretched, 'bookkeeper', false)
test(fires, stretched, `a${' '.repeat(20)}b`, false)

const zalgo = '{ message text.stacked marks: { at least: 3 } }'
test(fires, zalgo, 'c̶̡͓a̷̙̓̈t̸͎̀̚', true)
test(fires, zalgo, 'ก็็็็็', true)
for (const text of ['น้ำผึ้งที่นี่', 'Tiếng Việt', 'किंतु', 'السَّلَامُ عَلَيْكُمْ', 'שָׁלוֹם עֲלֵיכֶם']) test(fires, zalgo, text, false)

test(fires, '{ message text.scripts: { any item: cyrillic } }', 'раypal', true)
test(fires, '{ message text.scripts: { any item: Cyrillic } }', 'paypal', false)
test(fires, '{ message text.scripts: { how many: { more than: 2 } } }', 'ab вг 你', true)
test(fires, '{ message text.scripts: { every item: [latin, han] } }', 'ab 你 12', true)
test(fires, '{ message text.scripts: { how many: 0 } }', '12 😀', true)

test(fires, '{ message text.mentions: { more than: 1 } }', 'hi', true, ['u-1', 'u-2', 'u-1'])
test(fires, '{ message text.mentions: { more than: 1 } }', 'hi', false, ['u-1', 'u-1'])
test(fires, '{ message text.mentions: { less than: 1 } }', 'hi', true, null)

test(fires, '{ message text.gist: Join my group now }', 'JOIN my group, now! 😀 88', true)
test(fires, '{ message text.gist: Join my group now }', 'join his group now', false)
test(fires, '{ message text.gist: { in list: [join now, "加微信*"] } }', '加 微 信 领红包 5', true)
test(fires, '{ message text.gist: { contains: 微信 } }', '加 微-信 领红包', true)
test(fires, '{ message text.gist: "" }', '12 !!', true)
test(fires, '{ message text.gist.length: { at least: 4 } }', '1a2b3c4', false)
test(fires, '{ message text.gist: { longer than: 3 } }', '안녕하세요', true)

test('parts stand in texts, and explain names them', async t => {
  const ruleSet = ruleSetWhen('{ message text.longest run: { at least: 8 }, message text: { only emoji: true } }')
  const [compiled] = rulesOf(ruleSet)
  t.regex(
    compiled === undefined ? '' : sentencesOf(compiled.rule).join('\n'),
    /when message text\.longest run is at least 8 and message text is only emoji: reject/,
  )
})

test('mutants move what a part is compared with', t => {
  const [compiled] = rulesOf(ruleSetWhen('{ message text.emoji: { more than: 3 } }'))
  t.deepEqual(compiled === undefined ? [] : mutantsOf(compiled.rule).map(({ what }) => what), [
    'negated: message text.emoji more than 3',
    'one lower: message text.emoji more than 3',
    'one higher: message text.emoji more than 3',
  ])
})
