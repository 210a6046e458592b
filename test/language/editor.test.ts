import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { schemaLine, schemaText } from '../../src/cli/schema.ts'
import { type Meaning, meanings } from '../../src/language/schema/meanings.ts'
import { type Step, steps, type Word, words } from '../../src/language/vocabulary.ts'
import type { SourceFile } from '../../src/yaml/source.ts'
import { filesOf, folderOf, type Part } from './_each.ts'
import { type Editor, openEditor } from './_editor.ts'

let editor: Editor
let dir: string
let opened = 0

/** A folder whose names are offered. */
const folder: SourceFile[] = [
  {
    file: 'shared.yaml',
    content: `callback: beforeSetGroupMemberInfo
codes: { staff-name: 5001 }
lists: { vips: [u-1] }
counters: { renames: { callback: beforeSetGroupMemberInfo, same: userID } }
conditions: { quiet hours: { time: { within: "22:00-07:00", zone: UTC } } }
rules:
  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: staff-name }
`,
  },
  { file: 'lists/staff.txt', content: 'a\n' },
]

test.before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  await writeFile(join(dir, 'rules.schema.json'), schemaText(folder))
  editor = await openEditor()
})

test.after.always(() => editor.close())

/** A file of its own for each text: the language server remembers what it has seen. */
function anew(): string {
  opened += 1
  return join(dir, `${opened}.yaml`)
}

/** A text with `|` for the cursor, without it, and where it was. */
function cursorIn(marked: string): { text: string; place: { line: number; character: number } } {
  const [before = '', after = ''] = `${schemaLine}\n${marked}`.split('|')
  const lines = before.split('\n')
  return { text: before + after, place: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } }
}

const rule = (lines: string) => `callback: beforeSetGroupMemberInfo\nrules:\n  - rule: r\n${lines}`

const offers = test.macro(async (t, marked: string, ...wanted: string[]) => {
  const { text, place } = cursorIn(marked)
  const labels = (await editor.complete(anew(), text, place)).map(({ label }) => label)
  for (const label of wanted) t.true(labels.includes(label), `${label} is not among ${labels.join(', ')}`)
})

test('keys of a file are offered', offers, '|', 'callback', 'when', 'codes', 'lists', 'conditions', 'rules', 'tests')
test('callbacks are offered', offers, 'callback: |', 'beforeSetGroupMemberInfo')
test('keys of a rule are offered', offers, rule('    |'), 'when', 'unless', 'reject', 'rewrite', 'allow', 'mode')
test(
  'fields and groups are offered',
  offers,
  rule('    when:\n      |'),
  'nickName',
  'nickName.length',
  'faceURL.host',
  'original.nickName',
  'all',
  'use',
)
test(
  'the words that fit a text are offered',
  offers,
  rule('    when: { nickName: { con| } }'),
  'contains',
  'has word in',
  'looks like',
)
test('the words that fit a role are offered', offers, rule('    when: { roleLevel: { a| } }'), 'at least', 'is not')
test('names of roles are offered', offers, rule('    when:\n      roleLevel:\n        at least: |'), 'admin', 'owner')
test('lists of the folder are offered', offers, rule('    when:\n      userID:\n        in list: |'), 'vips', 'staff')
test('conditions of the folder are offered', offers, rule('    when: { use: q| }'), 'quiet hours')
test(
  'keys of a count are offered',
  offers,
  rule('    when:\n      how often:\n        |'),
  'of',
  'same',
  'different',
  'in',
  'more than',
  'then for',
)
test(
  'fields that count together are offered',
  offers,
  rule('    when:\n      how often:\n        same: |'),
  'userID',
  'nickName.gist',
  'each memberList.userID',
  'each message text.links',
)
test(
  'what becomes of calls is offered',
  offers,
  rule('    when:\n      how often:\n        counting: |'),
  'let through',
)
test('counters of the folder are offered', offers, rule('    when:\n      how long since:\n        of: |'), 'renames')
test('keys of a counter are offered', offers, 'counters:\n  c:\n    |', 'callback', 'when', 'same', 'counting')
test(
  'keys of an earlier call are offered',
  offers,
  rule('    tests:\n      - after:\n          - |'),
  'ago',
  'times',
  'given',
  'callback',
)
test('what a rule does while counts are unsure is offered', offers, rule('    if unsure: |'), 'skip', 'fire')
test('codes of the folder are offered', offers, rule('    reject: |'), 'staff-name')
test('rules of the folder are offered', offers, rule('    allow: |'), 'everything', 'no-links')
test(
  'steps are offered',
  offers,
  rule('    rewrite:\n      nickName:\n        - |'),
  'trim',
  'remove invisible',
  'cut to',
)
test('modes are offered', offers, rule('    mode: |'), 'enforce', 'shadow', 'disabled')
test('days are offered', offers, rule('    when:\n      time:\n        days: |'), 'weekdays', 'mon')
test('fields of a test are offered', offers, rule('    tests:\n      - given:\n          |'), 'nickName', 'roleLevel')
test(
  'what a test expects is offered',
  offers,
  rule('    tests:\n      - given: { nickName: a }\n        expect: |'),
  'allow',
)

test('a word that is offered comes with its meaning', async t => {
  const { text, place } = cursorIn(rule('    when: { nickName: { con| } }'))
  const contains = (await editor.complete(anew(), text, place)).find(({ label }) => label === 'contains')
  t.regex(contains?.documentation ?? '', /It contains this text anywhere\.\n\n```yaml\n\{ nickName: /)
})

const explains = test.macro(async (t, marked: string, meaning: RegExp) => {
  const { text, place } = cursorIn(marked)
  t.regex(await editor.hover(anew(), text, place), meaning)
})

test(
  'a key is explained',
  explains,
  `${rule('    un|less: { userID: u-1 }')}`,
  /^An exception: the rule does not apply when/,
)
test('a field is explained', explains, rule('    when: { nick|Name: present }'), /^The nickname in the group/)
test(
  'a part is explained',
  explains,
  rule('    when: { faceURL.ho|st: a.test }'),
  /^Its host, in lower case, without a port \(faceURL\)/,
)
test('a value inside JSON is explained', explains, rule('    when: { ex.a.|b: 1 }'), /^A value inside the JSON of ex/)
test('a word is explained', explains, rule('    when: { nickName: { has wo|rd: a } }'), /^It contains this word/)
test('a step is explained', explains, rule('    rewrite: { nickName: tr|im }'), /`trim`: removes spaces at both ends/)
test('a mode is explained', explains, rule('    mode: sha|dow'), /`shadow`: the rule is evaluated and reported/)
test(
  'a count is explained',
  explains,
  rule('    when: { how of|ten: { same: userID, in: 1 day, more than: 3 } }'),
  /^How often it came to this: calls for which everything beside it holds/,
)
test('a callback is explained', explains, 'callback: before|SetGroupMemberInfo', /before the info of a group member/)

/** One mistake, with carets under what is underlined. */
const underlines = test.macro(async (t, marked: string) => {
  const lines = marked.split('\n')
  const at = lines.findIndex(line => /^\s*\^+$/.test(line))
  const carets = lines[at] as string
  const text = `${schemaLine}\n${lines.filter((_, line) => line !== at).join('\n')}\n`
  const seen = await editor.squiggles(anew(), text)
  t.deepEqual(
    seen.map(({ line, start, end }) => ({ line, start, end })),
    [{ line: at, start: carets.indexOf('^'), end: carets.length }],
    JSON.stringify(seen),
  )
})

const fine = '    reject: 5001'

test('a key that no file has is underlined', underlines, 'calback: beforeSetGroupMemberInfo\n^^^^^^^')
test('a callback that is none is underlined', underlines, 'callback: beforeSetGroup\n          ^^^^^^^^^^^^^^')
test(
  'a key that no rule has is underlined',
  underlines,
  rule(`    when: { nickName: x }\n${fine}\n    prioriy: 3\n    ^^^^^^^`),
)
test('a field that is none is underlined', underlines, rule(`    when: { nickname: x }\n            ^^^^^^^^\n${fine}`))
test(
  'a word that is none is underlined',
  underlines,
  rule(`    when: { nickName: { contain: x } }\n                        ^^^^^^^\n${fine}`),
)
test(
  'a word that does not fit is underlined',
  underlines,
  rule(`    when: { roleLevel: { contains: x } }\n                         ^^^^^^^^\n${fine}`),
)
test(
  'a role that is none is underlined',
  underlines,
  rule(`    when: { roleLevel: { at least: admn } }\n                                   ^^^^\n${fine}`),
)
test(
  'a number where a text belongs is underlined',
  underlines,
  rule(`    when: { groupID: { is: 123 } }\n                           ^^^\n${fine}`),
)
test(
  'a code out of range is underlined',
  underlines,
  rule('    when: { nickName: x }\n    reject: 500\n            ^^^'),
)
test(
  'a mode that is none is underlined',
  underlines,
  rule(`    when: { nickName: x }\n${fine}\n    mode: off\n          ^^^`),
)
test('an empty group is underlined', underlines, rule(`    when: { any: [] }\n                 ^^\n${fine}`))
test(
  'a step that is none is underlined',
  underlines,
  rule('    when: { nickName: x }\n    rewrite: { nickName: [trimm] }\n                          ^^^^^'),
)
test(
  'a field that cannot be rewritten is underlined',
  underlines,
  rule('    when: { nickName: x }\n    rewrite: { userID: x }\n               ^^^^^^'),
)
test(
  'a time span that is none is underlined',
  underlines,
  rule(`    when: { time: { within: "9-17" } }\n                            ^^^^^^\n${fine}`),
)
test(
  'a test without what it expects is underlined',
  underlines,
  rule(`    when: { nickName: x }\n${fine}\n    tests: [{ given: { nickName: x } }]\n            ^`),
)

test(
  'a length of time in another spelling is underlined',
  underlines,
  rule(
    `    when: { how often: { same: userID, in: 10s, more than: 3 } }\n                                           ^^^\n${fine}`,
  ),
)
test(
  'a count without a limit is underlined',
  underlines,
  rule(`    when: { how often: { same: userID, in: 1 day } }\n            ^^^^^^^^^\n${fine}`),
)
test(
  'a key that no count has is underlined',
  underlines,
  rule(
    `    when: { how often: { same: userID, in: 1 day, more then: 3, is: 3 } }\n                                                  ^^^^^^^^^\n${fine}`,
  ),
)
test(
  'an earlier call without its time is underlined',
  underlines,
  rule(
    `    when: { nickName: x }\n${fine}\n    tests: [{ after: [{ times: 3 }], given: { nickName: x }, expect: allow }]\n                      ^`,
  ),
)

test('rules that count have no line under them', async t => {
  const text = `callback: beforeSendGroupMsg
counters:
  joins: { callback: beforeMembersJoinGroup, same: [groupID, each memberList.userID] }
  words: { callback: [beforeSendGroupMsg], when: { msgFrom: user }, same: sendID, different: ex.level, counting: all }
rules:
  - rule: flood
    when:
      how often: { same: [sendID, ex.level], different: message text.links.host, in: 10 seconds, between: [5, 9], then for: 1 minute }
      any: [{ how long since: { of: joins, same: [groupID, sendID], less than: 30 days } }]
    unless: { how often: { of: words, same: sendID, in: 1 hour, is: 1 } }
    reject: { code: 5301, message: "{wait}" }
    if unsure: fire
    tests: [{ after: [{ times: 5, ago: 9 seconds, callback: beforeSendGroupMsg, given: { sendID: u } }], given: { sendID: u }, expect: allow }]
`
  t.deepEqual(await editor.squiggles(anew(), `${schemaLine}\n${text}`), [])
})

test('the rules that people start from have no line under them', async t => {
  const files = (await readdir('rules')).filter(file => file.endsWith('.yaml'))
  t.true(files.length > 0)
  for (const file of files) {
    const path = join('rules', file)
    t.deepEqual(await editor.squiggles(path, await readFile(path, 'utf8')), [], file)
  }
})

/** Policies that load, out of the tests that say so, as whole files. */
async function policies(): Promise<string[]> {
  const source = await readFile('test/language/policies.test.ts', 'utf8')
  const tables = [...source.matchAll(/(each|load)([A-Z][a-z]+|s),\n +(?:String\.raw)?`([^`]*)`/g)]
  return tables.flatMap(([, kind, part = '', text = '']) => {
    if (kind === 'load') return filesOf(text.replace(/^\n/, '')).map(({ content }) => content as string)
    const cases = text.replaceAll(/^\n+|\n+$/g, '').split(/\n\n+/)
    return cases.flatMap(each => folderOf(part.toLowerCase() as Part, each).map(({ content }) => content as string))
  })
}

test('what loads has no line under it', async t => {
  const texts = (await policies()).filter(text => !/^(?:nonsense|#|\{|hello|[a-z]+\n)/.test(text))
  t.true(texts.length > 80)
  await Promise.all(
    texts.map(async text => t.deepEqual(await editor.squiggles(anew(), `${schemaLine}\n${text}`), [], text)),
  )
})

test('examples of words, steps and keys have no line under them', async t => {
  const conditions = [...(words as readonly Word[]), ...Object.values(meanings.native)]
    .filter(({ example }) => !example.includes('memberList'))
    .map(({ example }) => rule(`    when: ${example}\n${fine}`))
  const rewrites = (steps as readonly Step[]).map(({ example }) =>
    rule(`    when: { userID: u }\n    rewrite: ${example}`),
  )
  const inFile = Object.values<Meaning>(meanings.file).map(({ example }) => example)
  const tests = Object.values<Meaning>(meanings.case).map(({ example }) => `tests: [${example}]`)
  const counts = Object.values<Meaning>(meanings['how often']).map(({ example }) =>
    rule(`    when: { how often: ${example} }\n${fine}`),
  )
  const times = Object.values<Meaning>(meanings['how long since']).map(({ example }) =>
    rule(`    when: { how long since: ${example} }\n${fine}`),
  )
  const counters = Object.values<Meaning>(meanings.counter).map(({ example }) => `counters: { c: ${example} }`)
  const earlier = Object.values<Meaning>(meanings.earlier).map(
    ({ example }) => `tests: [{ after: [${example}], given: {}, expect: allow }]`,
  )
  const codes = Object.values<Meaning>(meanings.code).map(({ example }) => `codes: { a: ${example} }`)
  const texts = [
    ...conditions,
    ...rewrites,
    ...inFile,
    ...tests,
    ...codes,
    ...counts,
    ...times,
    ...counters,
    ...earlier,
  ]
  await Promise.all(
    texts.map(async text => t.deepEqual(await editor.squiggles(anew(), `${schemaLine}\n${text}\n`), [], text)),
  )
})
