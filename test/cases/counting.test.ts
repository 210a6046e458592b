import { readFile } from 'node:fs/promises'
import test from 'ava'
import { coverageOf } from '../../src/cases/coverage.ts'
import { runCases } from '../../src/cases/run-cases.ts'
import { check } from '../../src/lint/check.ts'

/** Rules that count over time, one of each kind, with what each of them refuses and lets through. */
const file = 'test/cases/counting.yaml'

test('rules that count can be tested beside them', async t => {
  const content = await readFile(file, 'utf8')
  const { ruleSet, diagnostics } = check([{ file, content }])
  t.deepEqual(diagnostics, [])
  if (ruleSet === null) return t.fail()
  const results = await runCases(ruleSet)
  const failed = results.filter(({ status }) => status !== 'passed')
  t.deepEqual(
    failed.map(({ rule, case: { span } }) => `${rule?.id} at ${span.start}`),
    [],
  )
  const { neverFired, neverHeld } = coverageOf(ruleSet, results)
  t.deepEqual({ neverFired, neverHeld }, { neverFired: [], neverHeld: [] })
})
