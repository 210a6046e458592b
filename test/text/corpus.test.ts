import test from 'ava'
import { findWords, hasWord } from '../../src/text/words/find-words.ts'
import { buildWordIndex } from '../../src/text/words/word-index.ts'
import { genuine, type Half, half, spoofs, targets } from './_corpus.ts'
import { list } from './_texts.ts'

const index = buildWordIndex(list(targets), { by: 'alike', at: 'word' })

const catches = test.macro<[Half]>({
  exec: (t, part) => {
    const tried = spoofs.filter(({ text }) => half(text) === part)
    const missed = tried.filter(spoof => !findWords(index, spoof.text).some(({ entry }) => entry.text === spoof.target))
    t.log(`${missed.length} of ${tried.length} missed`, ...missed.map(({ target, text }) => `${target}: ${text}`))
    t.true(tried.length >= 100)
    t.true(missed.length / tried.length < 0.02)
  },
  title: (_, part) => `fewer than 2 % of the spoofs to ${part} by are missed`,
})

const spares = test.macro<[Half]>({
  exec: (t, part) => {
    const tried = genuine.filter(({ text }) => half(text) === part)
    const alarms = tried.filter(({ text }) => hasWord(index, text))
    t.log(`${alarms.length} of ${tried.length} taken for another`, ...alarms.map(({ text }) => text))
    t.true(tried.length >= 250)
    t.true(alarms.length / tried.length < 0.005)
  },
  title: (_, part) => `fewer than 0.5 % of the genuine names to ${part} by are taken for another`,
})

test(catches, 'tune')
test(catches, 'judge')
test(spares, 'tune')
test(spares, 'judge')

test('the corpus is as large and as wide as it has to be', t => {
  t.true(spoofs.length >= 200 && targets.length >= 20)
  const scripts = new Set(genuine.map(({ script }) => script.replace(/ \(.*/, '')))
  t.true(genuine.length >= 500 && scripts.size >= 12)
})
