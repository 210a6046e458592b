import { readFile } from 'node:fs/promises'
import test from 'ava'
import { hasWord } from '../../src/text/words/find-words.ts'
import { buildWordIndex, type WordSearch } from '../../src/text/words/word-index.ts'

type Line = { language: string; kind: 'plain' | 'innocent' | 'evade'; entry: string; text: string }

const word = { by: 'folded', at: 'word' } as const
const looks = { by: 'alike', at: 'word' } as const

function finds({ entry, text }: Line, search: WordSearch): boolean {
  return hasWord(buildWordIndex([{ text: entry, line: 1 }], search), text)
}

/** Written by hand before anything was tuned, each line a list of one entry and a message, in sixteen languages. */
async function lines(kind: Line['kind']): Promise<Line[]> {
  const text = await readFile('test/text/corpus/moderation.tsv', 'utf8')
  const all = text.trim().split('\n').slice(1)
  const split = all.map(line => line.split('\t') as [string, Line['kind'], string, string])
  return split
    .map(([language, kind, entry, text]) => ({ language, kind, entry, text }))
    .filter(line => line.kind === kind)
}

// The words of scripts without spaces are those of the platform's dictionary, which differs a little by version.
test('natural uses of a word are found', async t => {
  const all = await lines('plain')
  const missed = all.filter(line => !finds(line, word))
  t.true(missed.length <= all.length * 0.08, JSON.stringify(missed))
})

test('words that only have an entry in them are let through', async t => {
  const all = await lines('innocent')
  const byWord = all.filter(line => finds(line, word))
  const byLooks = all.filter(line => finds(line, looks))
  t.true(byWord.length <= all.length * 0.09, JSON.stringify(byWord))
  t.true(byLooks.length <= all.length * 0.09, JSON.stringify(byLooks))
})

test('evasions are read', async t => {
  const all = await lines('evade')
  const missed = all.filter(line => !finds(line, looks))
  t.true(missed.length <= all.length * 0.05, JSON.stringify(missed))
})
