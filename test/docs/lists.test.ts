import { readFile } from 'node:fs/promises'
import test from 'ava'
import { decideBy, rules } from '../_rules.ts'

test('the words that take a list do what their table says', async t => {
  const text = await readFile('rules/README.md', 'utf8')
  const [head = [], , ...rows] = (/\| for `admin`[\s\S]*?\n\n/.exec(text)?.[0] ?? '')
    .trim()
    .split('\n')
    .map(line => line.split('|').slice(1, -1))
    .map(cells => cells.map(cell => cell.trim()))
  t.is(rows.length, 4)
  for (const [word = '', ...verdicts] of rows) {
    const when = `{ nickName: { ${word.replaceAll('`', '')}: [admin] } }`
    const ruleSet = rules(`rules:\n  - { rule: r, when: ${when}, reject: 5001 }\n`)
    for (const [at, nickName = ''] of head.slice(1).entries()) {
      const { kind } = await decideBy(ruleSet, { nickName })
      t.is(kind === 'reject' ? 'yes' : '', verdicts[at] ?? '?', `${word} ${nickName}`)
    }
  }
})
