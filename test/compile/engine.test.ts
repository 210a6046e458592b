import test from 'ava'
import fc from 'fast-check'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { View } from '../../src/compile/view.ts'
import { run } from '../../src/decide/judge.ts'
import { fileOf, joining, setting } from '../_random.ts'
import { callOf, noon, ruleSetOf } from '../_rules.ts'
import { isExhaustive, runs } from '../_runs.ts'

for (const { callback, conditions, calls } of [setting, joining]) {
  test(`a rule fires in the engine exactly when the evaluator says true: ${callback}`, async t => {
    const { command = '' } = findCallback(callback) ?? {}
    let fires = 0
    await fc.assert(
      fc.asyncProperty(conditions, fc.option(conditions, { nil: undefined }), calls, async (when, unless, given) => {
        const ruleSet = ruleSetOf(fileOf([{ rule: 'r', when, ...(unless && { unless }), reject: 5001 }], callback))
        const rules = ruleSet.stages.get(command)?.reject.rules ?? []
        const view = new View(callOf(given).values, noon)
        const fired = await run(rules, view)
        const [rule] = rules
        if (fired.has('r')) fires += 1
        return fired.has('r') === (rule?.when.judge(view) === true && rule.unless?.judge(view) !== true)
      }),
      { numRuns: runs(3_000) },
    )
    t.true(fires > (isExhaustive ? 100 : 0), `${fires} rules fired`)
  })
}
