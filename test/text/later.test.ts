import { readFileSync } from 'node:fs'
import test from 'ava'
import { findWords } from '../../src/text/words/find-words.ts'
import { buildWordIndex } from '../../src/text/words/word-index.ts'
import { list } from './_texts.ts'

const rows = readFileSync(new URL('./corpus/later.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => line.replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))).split('\t'))
const targets = [...new Set(rows.flatMap(([target]) => target || []))]
const index = buildWordIndex(list(targets), { by: 'alike', at: 'word' })

test('spoofs collected later are caught', t => {
  const spoofs = rows.filter(([target]) => target !== '')
  const missed = spoofs.filter(
    ([target, text = '']) => !findWords(index, text).some(({ entry }) => entry.text === target),
  )
  t.deepEqual(missed, [])
  t.true(spoofs.length > 100)
})

test('names collected later are spared', t => {
  const names = rows.filter(([target]) => target === '').map(([, text = '']) => text)
  t.deepEqual(
    names.flatMap(name => findWords(index, name).map(({ entry }) => `${name}: ${entry.text}`)),
    [],
  )
  t.true(names.length > 100)
})
