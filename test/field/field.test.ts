/** The rules beside this file are wishes of moderators from public sources, each as an author would write it. */
import test from 'ava'
import { coverageOf } from '../../src/cases/coverage.ts'
import { runCases } from '../../src/cases/run-cases.ts'
import { load } from '../../src/cli/load.ts'
import { check } from '../../src/lint/check.ts'
import { run } from '../cli/_run.ts'

test('the rules for wishes of moderators have no mistakes', async t => {
  const { diagnostics } = await load('test/field')
  t.deepEqual(diagnostics, [])
})

test('they are laid out as fmt does it', async t => {
  t.deepEqual(await run(['fmt', 'test/field', '--check']), { code: 0, out: '', err: '' })
})

test('they decide as moderators wish', async t => {
  const { code, out } = await run(['test', 'test/field'])
  t.is(code, 0, out)
})

test('each of them is seen to fire', async t => {
  const { ruleSet } = await load('test/field')
  if (ruleSet === null) return t.fail()
  t.deepEqual(coverageOf(ruleSet, await runCases(ruleSet)).neverFired, [])
})

const told = test.macro({
  exec(t, code: string, when: string, list: string) {
    const content = `callback: beforeSendGroupMsg\nlists:\n  bad: ${list}\nrules:\n  - { rule: r, when: ${when}, reject: 5001 }\n`
    const codes = check([{ file: 'a.yaml', content }]).diagnostics.map(diagnostic => diagnostic.code)
    t.true(codes.some(each => each === code))
  },
  title: (_, code, when) => `check tells ${code} of ${when}`,
})
const hasBad = '{ message text: { has word in: bad } }'
test(told, 'empty-list', hasBad, '[]')
test(told, 'empty-value', hasBad, '\n    - a\n    - # nothing')
test(told, 'bad-pattern', "{ message text: { matches: '.' } }", '[a]')
test(told, 'never-fires', '{ contentType: file, message text: { ends with: .exe } }', '[a]')
