import test from 'ava'
import { folderOf, run } from './_run.ts'

const rules = `callback: beforeAddFriend
zone: UTC
rules: [{ rule: no-spam, when: { reqMsg: spam }, reject: 5010, tests: [{ given: { reqMsg: spam }, expect: { reject: 5010 } }] }]
`

const says = test.macro({
  async exec(t, file: string, hint: string | undefined) {
    const dir = await folderOf({ 'a.yaml': rules, [file]: 'x' })
    const { code, out } = await run(['check', dir, '--strict', '--json'])
    t.is(code, 0, 'a file that is not read breaks no build')
    const found = JSON.parse(out).diagnostics
    t.deepEqual(
      found.map(({ code, file, hint }: Record<string, string>) => [code, file, hint]),
      hint === undefined ? [] : [['unread-file', file, hint]],
    )
  },
  title: (_, file, hint) => `${file} is ${hint === undefined ? 'none of ours' : 'nearly a file that is read'}`,
})

test(says, 'b.yaml.txt', 'Rename it to b.yaml')
test(says, 'B.YAML', 'Rename it to b.yaml')
test(says, 'rules.json', 'Write rules in YAML, and move samples to samples/')
test(says, 'lists/bad.csv', 'Rename it to bad.txt, one entry per line')
test(says, 'list/bad.txt', 'Move it to lists/bad.txt if it is a list')
test(says, 'bad.txt', 'Move it to lists/bad.txt if it is a list')
test(says, 'b.yaml~', undefined)
test(says, '.b.yaml.swp', undefined)
test(says, 'b.yaml.bak', undefined)
test(says, 'samples/a.json', undefined)
test(says, 'README.md', undefined)
test(says, 'lists/README.md', undefined)
test(says, 'lists/chat/bad.csv', 'Rename it to bad.txt, one entry per line')

test('a rule whose last day is over is a warning that breaks no build', async t => {
  const dir = await folderOf({
    'a.yaml': rules.replace('reject: 5010, tests', 'reject: 5010, until: 2020-01-31, tests'),
  })
  const { code, out } = await run(['check', dir, '--strict', '--json'])
  const found: Record<string, string>[] = JSON.parse(out).diagnostics
  t.deepEqual(
    found.map(({ code, severity }) => [code, severity]),
    [['expired', 'warning']],
  )
  t.is(code, 0)
})

test('a list is read whatever its name and folder', async t => {
  const dir = await folderOf({ 'a.yaml': rules, 'lists/bad.words.txt': 'x', 'lists/chat/bad.txt': 'x' })
  const { out } = await run(['check', dir, '--json'])
  const found: Record<string, string>[] = JSON.parse(out).diagnostics
  t.deepEqual(new Set(found.map(({ code }) => code)), new Set(['unused-list']))
})

const pointsAt = test.macro({
  async exec(t, file: string, said: string | undefined) {
    const dir = await folderOf({
      'a.yaml': rules.replace('reqMsg: spam }', 'reqMsg: { in list: bad-words } }'),
      [file]: 'x',
    })
    const { out } = await run(['check', dir, '--json'])
    const [found]: Record<string, string>[] = JSON.parse(out).diagnostics
    t.is(found?.code, 'unknown-list')
    t.is(/^(The file .*?)\. (?:Did you|Lists)/.exec(found?.hint ?? '')?.[1], said)
  },
  title: (_, file, said) => `an unknown list ${said === undefined ? 'is not' : 'is'} said to be meant by ${file}`,
})

test(
  pointsAt,
  'lists/bad-words.csv',
  'The file lists/bad-words.csv is not read, but may be meant: rename it to bad-words.txt, one entry per line',
)
test(
  pointsAt,
  'bad_words.txt',
  'The file bad_words.txt is not read, but may be meant: move it to lists/bad_words.txt if it is a list',
)
test(
  pointsAt,
  'lists/Bad-Words.TXT',
  'The file lists/Bad-Words.TXT is not read, but may be meant: rename it to Bad-Words.txt, one entry per line',
)
test(pointsAt, 'lists/good-words.csv', undefined)
