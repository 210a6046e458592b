import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { sample } from '../serve/_http.ts'
import { folderOf, run } from './_run.ts'

/** A name that turns what follows it, colours it red, and has a second line that looks like a finding. */
const hostile = 'a\u202e\u001b[31m\nb.yaml'

/** The same name where it is shown to people. */
const spelt = 'a<U+202E><U+001B>[31m<U+000A>b.yaml'

const good = `callback: beforeSetGroupMemberInfo
lists: { bad: [ "x\\u202e\\x1b[31m" ] }
rules:
  - rule: no-bad
    why: "They \\x1b[31mturn\\u202e"
    when: { nickName: { in list: bad } }
    unless: { nickName: { contains: "y\\x1b[31m\\u202e" } }
    reject: { code: 5001, message: "No \\x1b[31m\\u202e" }
    tests:
      - { name: "turned \\u202e\\x1b[31m", given: { nickName: "x\\u202e\\x1b[31m" }, expect: allow }
      - { given: { nickName: "y\\u202e\\x1b[31m" }, expect: { reject: 5001 } }
  - rule: tidy
    when: { nickName: { starts with: "z\\u202e" } }
    rewrite: { nickName: { set: "z\\u202e\\x1b[31m" } }
`

/** Everything that could steer a terminal, line breaks aside. */
const hidden = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

type Folders = { fine: string; broken: string; edited: string; payload: string }

async function folders(): Promise<Folders> {
  const [fine, broken, edited] = await Promise.all([
    folderOf({ [hostile]: good }),
    folderOf({ [hostile]: good.replace('reject:', 'rejekt\u202e:') }),
    folderOf({ [hostile]: good.replaceAll('x\\u202e', 'w\\u202e').replace('No ', 'Not ').replace('y\\x1b', 'v\\x1b') }),
  ])
  const payload = join(fine, 'payload\u202e.json')
  await writeFile(payload, JSON.stringify({ ...sample, nickName: 'x\u202e\u001b[31m' }))
  return { fine, broken, edited, payload }
}

function titleOf(args: (folders: Folders) => string[]): string {
  const words = args({ fine: 'FINE', broken: 'BROKEN', edited: 'EDITED', payload: 'PAYLOAD' })
  return `hookwarden ${words.join(' ').replaceAll('\u202e', '…')}`
}

const shows = test.macro({
  title: (_, args: (folders: Folders) => string[], named: string | null) =>
    `${titleOf(args)} spells out what is hidden${named === null ? '' : `, as in ${named}`}`,
  async exec(t, args: (folders: Folders) => string[], named: string | null) {
    const { out, err } = await run(args(await folders()))
    t.notRegex(out + err, hidden)
    if (named !== null) t.true((out + err).includes(named), out + err)
  },
})

test(shows, ({ broken }) => ['check', broken], `${spelt}:`)
test(shows, ({ broken }) => ['check', broken, '--format', 'github'], '<U+202E>')
test(shows, ({ fine }) => ['check', fine, '--tests'], `${spelt}:`)
test(shows, ({ fine }) => ['list', fine], `${spelt}:`)
test(shows, ({ broken }) => ['list', broken], `${spelt}:`)
test(shows, ({ fine }) => ['explain', fine], null)
test(shows, ({ broken }) => ['explain', broken], `${spelt}:`)
test(shows, ({ fine, edited }) => ['explain', '--diff', fine, edited], null)
test(shows, ({ fine }) => ['test', fine, '--mutate'], `${spelt}:`)
test(shows, ({ fine }) => ['test', fine, '--format', 'tap'], `${spelt}:`)
test(shows, ({ fine }) => ['test', fine, '--format', 'junit'], '&lt;U+202E&gt;')
test(shows, ({ fine, payload }) => ['try', payload, '--rules', fine, '--engine'], `${spelt}:`)
test(shows, ({ fine, payload }) => ['try', payload, '--rules', fine, '--save-test', 'no-bad'], spelt)
test(shows, ({ fine }) => ['fmt', fine, '--check'], spelt)
test(shows, ({ broken }) => ['fmt', broken, '--check'], spelt)
test(shows, ({ fine }) => ['dev', fine], null)
test(shows, ({ fine }) => ['check', join(fine, 'gone\u202e')], 'gone<U+202E>')
test(shows, ({ fine }) => ['init', join(fine, 'new\u202e')], 'new<U+202E>')
test(shows, ({ fine }) => ['init', fine], null)
test(shows, ({ fine, payload }) => ['try', `${payload}\u202e`, '--rules', fine], '<U+202E>')
test(shows, ({ fine }) => ['explain', fine, 'no\u202e'], '<U+202E>')
test(shows, () => ['callbacks', 'no\u202e'], '<U+202E>')
test(shows, () => ['no\u202e'], '<U+202E>')

const escapes = test.macro({
  title: (_, args: (folders: Folders) => string[]) => `${titleOf(args)} escapes hidden characters`,
  async exec(t, args: (folders: Folders) => string[]) {
    const { out } = await run(args(await folders()))
    t.notRegex(out, hidden)
    t.true(JSON.stringify(JSON.parse(out)).includes(JSON.stringify(hostile).slice(1, -1)))
  },
})

test(escapes, ({ broken }) => ['check', broken, '--json'])
test(escapes, ({ fine }) => ['list', fine, '--json'])
test(escapes, ({ fine }) => ['test', fine, '--json'])
test(escapes, ({ fine, payload }) => ['try', payload, '--rules', fine, '--json'])

test('the schema of names with something hidden in them is printed with escapes', async t => {
  const names = 'callback: beforeSetGroupMemberInfo\nlists: { "n\\u202e": [a] }\nrules: []\n'
  const { out } = await run(['schema', await folderOf({ 'a.yaml': names }), '--stdout'])
  t.notRegex(out, hidden)
  t.notThrows(() => JSON.parse(out))
})

test('on a terminal, our own colours stay', async t => {
  const { out } = await run(['list', await folderOf({ [hostile]: good })], '', { isTerminal: true })
  t.true(out.includes(`\u001b[2m${spelt}:`))
})
