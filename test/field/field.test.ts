/** The rules beside this file are wishes of moderators from public sources, each as an author would write it. */
import test from 'ava'
import { coverageOf } from '../../src/cases/coverage.ts'
import { runCases } from '../../src/cases/run-cases.ts'
import { load } from '../../src/cli/load.ts'
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
