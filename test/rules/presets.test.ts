import { readFile } from 'node:fs/promises'
import test from 'ava'
import { load } from '../../src/cli/load.ts'
import { findWords, hasWord } from '../../src/text/words/find-words.ts'
import { buildWordIndex, stemOf, type WordIndex } from '../../src/text/words/word-index.ts'

const lists: Readonly<Record<string, number>> = {
  'profanity-en': 60,
  'profanity-zh': 60,
  'profanity-de': 30,
  'profanity-es': 30,
  'profanity-fr': 30,
  'profanity-pt': 30,
  'profanity-ru': 30,
  swindlers: 60,
}

async function indexOf(name: string): Promise<WordIndex> {
  const { ruleSet } = await load('rules')
  const texts = ruleSet?.lists.get(name)?.texts ?? []
  return buildWordIndex(
    texts.map((text, at) => ({ text, line: at + 1 })),
    { by: 'folded', at: 'word' },
  )
}

for (const [name, least] of Object.entries(lists)) {
  test(`each entry of ${name} is found by itself`, async t => {
    const index = await indexOf(name)
    t.true(index.entries.length >= least, `${index.entries.length}`)
    for (const { text } of index.entries) t.true(hasWord(index, stemOf(text).stem), text)
  })

  test(`${name} lets the innocent through`, async t => {
    const index = await indexOf(name)
    const lines = (await readFile('test/rules/innocents.tsv', 'utf8')).trim().split('\n')
    const innocent = lines.map(line => line.split('\t')).filter(([list]) => list === name)
    t.true(innocent.length >= 40)
    const found = innocent.flatMap(([, text = '']) =>
      findWords(index, text).map(({ entry }) => `${entry.text}: ${text}`),
    )
    t.deepEqual(found, [])
  })
}
