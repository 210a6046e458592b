import test from 'ava'
import { buildSoundIndex, findSound, isSoundless } from '../../src/text/sounds/sound-index.ts'
import { atOnce } from '../../src/yaml/steps.ts'

function soundOf(entry: string, text: string): string | undefined {
  const match = findSound(atOnce(buildSoundIndex([entry])), text)
  return (
    match && `${text.slice(match.start, match.end)}: ${match.read.map(({ from, to }) => `${from} ${to}`).join(', ')}`
  )
}

const sounds = test.macro({
  exec: (t, entry: string, text: string, found: string) => {
    t.is(soundOf(entry, text), found)
  },
  title: (_, entry, text) => `${text} sounds like ${entry}`,
})

const isSilent = test.macro({
  exec: (t, entry: string, text: string) => {
    t.is(soundOf(entry, text), undefined)
  },
  title: (_, entry, text) => `${text} does not sound like ${entry}`,
})

test(sounds, '微信', '加我威信', '威信: 威 wei, 信 xin')
test(sounds, '微信', '薇芯', '薇芯: 薇 wei, 芯 xin')
test(sounds, '微信', '加weixin吧', 'weixin: wei wei, xin xin')
test(sounds, '微信', 'wēi xìn', 'wēi xìn: wei wei, xin xin')
test(sounds, '微信', 'ｗｅｉｘｉｎ', 'ｗｅｉｘｉｎ: wei wei, xin xin')
test(sounds, '微信', '加V信', 'V信: v wei, 信 xin')
test(sounds, '赌博', 'du博', 'du博: du du, 博 bo')
test(sounds, '赌博', '毒\u200b播', '毒\u200b播: 毒 du, 播 bo')
test(sounds, '重庆', '虫庆', '虫庆: 虫 chong, 庆 qing')

test(isSilent, '微信', '微笑')
test(isSilent, '微信', '卫星')
test(isSilent, '微信', '人为。信仰')
test(isSilent, '微信', 'w x')
test(isSilent, '微信', 'V8 engine')
test(isSilent, '微信', 'weixing')

test('one character has too many namesakes, and a word without Han has no sound', t => {
  const isFound = (entry: string) => !isSoundless(atOnce(buildSoundIndex([entry])))
  t.deepEqual(['微信', '信', 'admin', ''].map(isFound), [true, false, false, false])
})

test('the longest text is looked through in milliseconds, whatever it is', t => {
  for (const piece of ['我们的人民共和国', 'w x ', 'wei', 'V信', 'a']) {
    t.notThrows(() => soundOf('微信', piece.repeat(20_000)))
  }
})
