import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'ava'
import { coverageOf } from '../../src/cases/coverage.ts'
import { runCases } from '../../src/cases/run-cases.ts'
import { load } from '../../src/cli/load.ts'
import { schemaLine } from '../../src/cli/schema.ts'
import { newestLanguage } from '../../src/language/language-number.ts'
import { run } from '../cli/_run.ts'

test('the rules that people start from have no mistakes', async t => {
  const { ruleSet, diagnostics } = await load('rules')
  t.deepEqual(diagnostics, [])
  t.true((ruleSet?.counts.total ?? 0) >= 10)
  t.true((ruleSet?.counts.shadow ?? 0) >= 1)
})

test('they state the newest language, as a new folder does', async t => {
  const dir = join(await mkdtemp(join(tmpdir(), 'hookwarden-')), 'rules')
  t.teardown(() => rm(dirname(dir), { recursive: true }))
  await run(['init', dir])
  for (const folder of ['rules', dir]) {
    const text = await readFile(join(folder, 'names.yaml'), 'utf8')
    t.regex(text, new RegExp(`^language: ${newestLanguage}$`, 'm'))
  }
})

test('they are laid out as fmt does it', async t => {
  t.deepEqual(await run(['fmt', 'rules', '--check']), { code: 0, out: '', err: '' })
})

test('the tests beside them pass', async t => {
  const { code, out } = await run(['test', 'rules'])
  t.is(code, 0, out)
})

test('each of them is seen to fire and not to fire', async t => {
  const { ruleSet } = await load('rules')
  if (ruleSet === null) return t.fail()
  const { neverFired, neverHeld } = coverageOf(ruleSet, await runCases(ruleSet))
  t.deepEqual({ neverFired, neverHeld }, { neverFired: [], neverHeld: [] })
})

test('README names every file of them and its lists', async t => {
  const readme = await readFile('rules/README.md', 'utf8')
  for (const file of (await readdir('rules')).filter(name => name.endsWith('.yaml'))) {
    t.true(readme.includes(`| \`${file}\` |`), file)
  }
  for (const file of await readdir('rules/lists')) t.true(readme.includes(`\`${file.replace('.txt', '')}\``), file)
})

test('what is documented of a group member passes untouched', async t => {
  const { out } = await run(['try', 'rules/samples/documented.json', '--rules', 'rules', '--json'])
  const plain = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }
  t.deepEqual(JSON.parse(out).reply, plain)
})

/** What becomes of samples that do not pass untouched. */
const decisions: Record<string, string> = {
  'promote.json': 'Rejected with 5021 by no-guest-admins',
  'rename.json': 'Rejected with 5001 by no-staff-names',
}

test('each sample is decided as it should be', async t => {
  const samples = await readdir('rules/samples')
  t.true(Object.keys(decisions).every(sample => samples.includes(sample)))
  for (const sample of samples) {
    t.is(typeof JSON.parse(await readFile(`rules/samples/${sample}`, 'utf8')), 'object')
    const { out } = await run([
      'try',
      `rules/samples/${sample}`,
      '--rules',
      'rules',
      '--at',
      '2026-03-04T12:00:00+08:00',
    ])
    t.is(out.split('\n')[0], decisions[sample] ?? 'Allowed, nothing changed', sample)
  }
})

test('editors know the words and names that there are', async t => {
  const { out } = await run(['schema', 'rules', '--stdout'])
  t.is(await readFile('rules/rules.schema.json', 'utf8'), out, 'hookwarden schema rules makes it anew')
  for (const file of (await readdir('rules')).filter(name => name.endsWith('.yaml'))) {
    t.is((await readFile(`rules/${file}`, 'utf8')).split('\n')[0], schemaLine, file)
  }
})
