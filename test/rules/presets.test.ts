import { readFile } from 'node:fs/promises'
import test from 'ava'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { rulesOf } from '../../src/cases/run-cases.ts'
import { load } from '../../src/cli/load.ts'
import { View } from '../../src/compile/view.ts'
import { readPayload } from '../../src/protocol/payload.ts'
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

async function innocentsOf(name: string): Promise<string[]> {
  const lines = (await readFile('test/rules/innocents.tsv', 'utf8')).trim().split('\n')
  return lines.flatMap(line => {
    const [list, text = ''] = line.split('\t')
    return list === name ? [text] : []
  })
}

for (const [name, least] of Object.entries(lists)) {
  test(`each entry of ${name} is found by itself`, async t => {
    const index = await indexOf(name)
    t.true(index.entries.length >= least, `${index.entries.length}`)
    for (const { text } of index.entries) t.true(hasWord(index, stemOf(text).stem), text)
  })

  test(`${name} lets the innocent through`, async t => {
    const index = await indexOf(name)
    const innocent = await innocentsOf(name)
    t.true(innocent.length >= 40)
    const found = innocent.flatMap(text => findWords(index, text).map(({ entry }) => `${entry.text}: ${text}`))
    t.deepEqual(found, [])
  })
}

/** The texts on which a rule for messages fires. */
async function firing(id: string, texts: readonly string[]): Promise<readonly string[]> {
  const message = findCallback('beforeSendGroupMsg') as Callback
  const { ruleSet } = await load('rules')
  const rule = ruleSet && rulesOf(ruleSet).find(({ rule }) => rule.id === id)
  if (!rule) throw new Error(`There is no rule ${id}`)
  return texts.filter(text => {
    const read = readPayload(message, { 'message text': text })
    if (!read.ok) throw new Error(read.problem)
    return rule.when.judge(new View(read.call.values, 0)) === true
  })
}

async function entriesOf(name: string): Promise<readonly string[]> {
  return (await load('rules')).ruleSet?.lists.get(name)?.texts.map(String) ?? []
}

for (const id of ['shortened-links', 'invitation-links']) {
  test(`${id} lets the innocent through`, async t => {
    const innocent = await innocentsOf(id)
    t.true(innocent.length >= 40)
    t.deepEqual(await firing(id, innocent), [])
  })
}

test('each shortener is found', async t => {
  const links = (await entriesOf('link-shorteners')).map(host => `look: ${host}/a1B2`)
  t.true(links.length >= 50)
  t.deepEqual(await firing('shortened-links', links), links)
})

test('each invitation is found', async t => {
  const [hosts, messengers, paths] = await Promise.all(
    ['invitation-hosts', 'messenger-hosts', 'invitation-paths'].map(entriesOf),
  )
  const links = [
    ...(hosts ?? []).map(host => `join ${host}/a1B2`),
    ...(messengers ?? []).flatMap(host => (paths ?? []).map(path => `join ${host}${path}a1B2`)),
  ]
  t.true(links.length >= 300)
  t.deepEqual(await firing('invitation-links', links), links)
})
