import { readFile } from 'node:fs/promises'
import test from 'ava'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { rulesOf } from '../../src/cases/run-cases.ts'
import { load } from '../../src/cli/load.ts'
import { View } from '../../src/compile/view.ts'
import { readPayload } from '../../src/protocol/payload.ts'
import { hasWord } from '../../src/text/words/find-words.ts'
import { buildWordIndex, stemOf, type WordEntry } from '../../src/text/words/word-index.ts'

const lists: Readonly<Record<string, number>> = {
  'profanity-en': 60,
  'profanity-zh': 60,
  'profanity-de': 30,
  'profanity-es': 30,
  'profanity-fr': 30,
  'profanity-pt': 30,
  'profanity-ru': 30,
  swindlers: 60,
  'swindle-baits': 60,
  'contact-calls': 30,
}

/** What these rules look for in a text; for `guilty.tsv`, the share of it that they find. */
const rules: Readonly<Record<string, number>> = {
  'rude-messages': 0.95,
  swindlers: 0.9,
  'no-banned-words': 0.9,
  'no-spam-in-requests': 0.9,
}

for (const [name, least] of Object.entries(lists)) {
  test(`each entry of ${name} is found by itself`, async t => {
    const index = buildWordIndex(asEntries(await entriesOf(name)), { by: 'folded', at: 'word' })
    t.true(index.entries.length >= least, `${index.entries.length}`)
    for (const { text } of index.entries) t.true(hasWord(index, stemOf(text).stem), text)
  })
}

for (const [id, share] of Object.entries(rules)) {
  test(`${id} lets the innocent of every group through`, async t => {
    const innocent = (await linesOf('innocents')).map(([, text]) => text)
    t.true(innocent.length >= 1000)
    t.deepEqual(await firing(id, innocent), [])
  })

  test(`${id} finds nearly all that it is meant for`, async t => {
    const guilty = (await linesOf('guilty')).flatMap(([rule, text]) => (rule === id ? [text] : []))
    const found = await firing(id, guilty)
    const missed = guilty.filter(text => !found.includes(text))
    t.true(missed.length <= guilty.length * (1 - share), missed.join('\n'))
  })
}

test('nothing innocent is masked as rude', async t => {
  const { texts = [], except } = (await load('rules')).ruleSet?.lists.get('rude-words') ?? {}
  const index = buildWordIndex(asEntries(texts), { by: 'folded', at: 'word' }, asEntries(except?.texts ?? []))
  const innocent = (await linesOf('innocents')).map(([, text]) => text)
  t.deepEqual(
    innocent.filter(text => hasWord(index, text)),
    [],
  )
})

function asEntries(texts: readonly string[]): WordEntry[] {
  return texts.map((text, at) => ({ text, line: at + 1 }))
}

/** Lines of a group and a text: `innocents` that no rule may find, or what a rule is meant for. */
async function linesOf(file: 'innocents' | 'guilty'): Promise<[group: string, text: string][]> {
  const [, ...lines] = (await readFile(`test/rules/corpus/${file}.tsv`, 'utf8')).trim().split('\n')
  return lines.map(line => line.split('\t') as [string, string])
}

async function innocentsOf(group: string): Promise<string[]> {
  return (await linesOf('innocents')).flatMap(([list, text]) => (list === group ? [text] : []))
}

/** The texts on which a rule for messages or friend requests fires. */
async function firing(id: string, texts: readonly string[]): Promise<readonly string[]> {
  const { ruleSet } = await load('rules')
  const rule = ruleSet && rulesOf(ruleSet).find(({ rule }) => rule.id === id)
  if (!rule) throw new Error(`There is no rule ${id}`)
  const isRequest = rule.rule.callbacks.some(({ name }) => name === 'beforeAddFriend')
  const callback = findCallback(isRequest ? 'beforeAddFriend' : 'beforeSendGroupMsg') as Callback
  return texts.filter(text => {
    const read = readPayload(callback, isRequest ? { reqMsg: text } : { 'message text': text })
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
