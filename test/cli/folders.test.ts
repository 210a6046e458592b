import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import test from 'ava'
import { folderOf, type Ran, run } from './_run.ts'

const rules = `callback: beforeAddFriend
rules: [{ rule: no-spam, when: { reqMsg: spam }, reject: 5010, tests: [{ given: { reqMsg: spam }, expect: { reject: 5010 } }] }]
`

/** Run the command as a process of its own, in a folder. */
async function runIn(cwd: string, ...argv: string[]): Promise<Ran> {
  const [tsx, cli] = [resolve('node_modules/tsx/dist/loader.mjs'), resolve('src/cli.ts')]
  const ended = promisify(execFile)(process.execPath, ['--import', tsx, cli, ...argv], { cwd })
  return ended.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  )
}

for (const [command, ...flags] of [
  ['check'],
  ['test'],
  ['list'],
  ['explain'],
  ['fmt', '--check'],
  ['schema', '--stdout'],
  ['dev'],
] as [string, ...string[]][]) {
  test(`hookwarden ${command} takes its folder either way`, async t => {
    const dir = await folderOf({ 'a.yaml': rules })
    const [argument, flag] = [await run([command, dir, ...flags]), await run([command, '--rules', dir, ...flags])]
    t.not(argument.code, 2, argument.err)
    t.deepEqual(flag, argument)
  })
}

test('a reader that stops reading early is no failure', async t => {
  const [tsx, cli] = [resolve('node_modules/tsx/dist/loader.mjs'), resolve('src/cli.ts')]
  const command = `"${process.execPath}" --import "${tsx}" "${cli}" schema rules --stdout | head -c 10`
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command])
  t.is(stdout.length, 10)
  t.is(stderr, '')
})

test('init makes the folder that --rules names', async t => {
  const dir = join(await folderOf({}), 'fresh')
  t.is((await run(['init', '--rules', dir])).code, 0)
  t.is((await run(['check', dir])).code, 0)
})

test('two folders are one too many', async t => {
  const [one, other] = [await folderOf({ 'a.yaml': rules }), await folderOf({ 'a.yaml': rules })]
  for (const argv of [
    ['check', one, '--rules', other],
    ['explain', one, 'no-spam', '--rules', other],
    ['serve', one, '--rules', other],
  ]) {
    const { code, err } = await run(argv)
    t.is(code, 2)
    t.true(err.includes(one) && err.includes(other), err)
  }
})

test('explain takes a rule of the folder that --rules names', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  t.regex((await run(['explain', '--rules', dir, 'no-spam'])).out, /^no-spam\n/)
  t.is((await run(['explain', '--rules', dir, 'no-ham'])).code, 2)
  t.is((await run(['explain', '--diff', dir, '--rules', dir])).out, 'The rules mean the same as before\n')
})

test('callbacks shows only those that the rules of a folder decide, when it is named', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  const { code, out } = await run(['callbacks', '--rules', dir])
  t.is(code, 0)
  t.regex(out, /\n {2}beforeAddFriend {2}before a friend request is sent \(1 rule\)\n/)
  t.false(out.includes('beforeAddBlack'))
  t.is((await run(['callbacks', 'beforeAddBlack', '--rules', dir])).code, 2)
  const wrong = await run(['callbacks', '--rules', await folderOf({ 'a.yaml': 'rules: [' })])
  t.is(wrong.code, 1)
})

test('a missing folder is reported with the rules folders nearby', async t => {
  const dir = await folderOf({ 'my-rules/a.yaml': rules, 'other/deep/b.yaml': rules, 'other/lists/x.txt': 'a' })
  const { code, err } = await run(['check', join(dir, 'my-ruls'), '--strict'])
  t.is(code, 2)
  t.is(
    err.replaceAll(dir, 'DIR'),
    `hookwarden: Cannot read DIR/my-ruls: it does not exist
Folders with rule files: DIR/my-rules, DIR/other. Try: hookwarden check DIR/my-rules --strict
`,
  )
})

test('a rule file given instead of its folder is reported', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  const { code, err } = await run(['list', join(dir, 'a.yaml')])
  t.is(code, 2)
  t.regex(err.replaceAll(dir, 'DIR'), /not a folder\nFolders with rule files: DIR\. Try: hookwarden list DIR\n/)
})

test('a missing default folder is reported with the rules folders nearby', async t => {
  const dir = await folderOf({ 'my-rules/a.yaml': rules, 'node_modules/x/a.yaml': rules, 'compose.yaml': 'a: 1' })
  const checked = await runIn(dir, 'check', '--strict')
  t.is(checked.code, 2)
  t.regex(checked.err, /\nFolders with rule files: my-rules\. Try: hookwarden check --strict --rules my-rules\n$/)
  const tried = await runIn(dir, 'try', 'beforeAddFriend', 'reqMsg=spam')
  t.regex(tried.err, /Try: hookwarden try beforeAddFriend reqMsg=spam --rules my-rules\n$/)
  const served = await runIn(dir, 'serve', '--port', '0')
  t.is(served.code, 2)
  t.regex(served.err, /Try: hookwarden serve --port 0 --rules my-rules\n$/)
  const inside = await runIn(join(dir, 'my-rules'), 'check')
  t.regex(inside.err, /Folders with rule files: this one \(\.\)\. Try: hookwarden check --rules \.\n$/)
})

test('without any rules folder, creating one is suggested', async t => {
  const { code, err } = await runIn(await folderOf({}), 'check')
  t.is(code, 2)
  t.regex(err, /\nCreate one: hookwarden init rules\n$/)
})

test('a folder without rules is reported with the rules folders nearby', async t => {
  const dir = await folderOf({ 'rules/notes.txt': 'x', 'rules/lists/a.txt': 'x' })
  await mkdir(join(dir, 'real'))
  await writeFile(join(dir, 'real/a.yaml'), rules)
  const { code, out } = await runIn(dir, 'check')
  t.is(code, 1)
  t.regex(out, /This folder has no rules\n.*\n {3}Folders with rule files: real\n/)
})

test('a problem inside a folder does not suggest another folder', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  const { symlink } = await import('node:fs/promises')
  await symlink('nowhere.yaml', join(dir, 'b.yaml'))
  const { code, err } = await run(['check', dir])
  t.is(code, 2)
  t.notRegex(err, /Folders with rule files/)
})

test('one argument of explain is a folder, or else a rule of the folder rules', async t => {
  const dir = await folderOf({ 'rules/a.yaml': rules })
  t.regex((await runIn(dir, 'explain', 'no-spam')).out, /^no-spam\n/)
  t.regex((await runIn(dir, 'explain', 'no-ham')).err, /There is no rule "no-ham"\. .*no-spam/)
  t.regex((await runIn(dir, 'explain', './rule')).err, /Try: hookwarden explain \.?\/?rules\n/)
})
