import { readFile } from 'node:fs/promises'
import test from 'ava'
import { decideBy, rules } from '../_rules.ts'
import { chapters } from './_languages.ts'

for (const [file, say] of Object.entries(chapters)) {
  test(`the words that take a list do what their table in ${file} says`, async t => {
    const page = await readFile(file, 'utf8')
    const [head = [], , ...rows] = (/^\|[^|]*`admin`[\s\S]*?\n\n/m.exec(page)?.[0] ?? '')
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
        t.is(kind === 'reject' ? say('yes') : '', verdicts[at] ?? '?', `${word} ${nickName}`)
      }
    }
  })
}
