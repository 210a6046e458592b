import test from 'ava'
import fc from 'fast-check'
import { View } from '../../src/compile/view.ts'
import { run } from '../../src/decide/judge.ts'
import { calls, conditions, fileOf } from '../_random.ts'
import { callOf, noon, ruleSetOf } from '../_rules.ts'

test('a rule fires in the engine exactly when the evaluator says true', async t => {
  await fc.assert(
    fc.asyncProperty(conditions, fc.option(conditions, { nil: undefined }), calls, async (when, unless, given) => {
      const ruleSet = ruleSetOf(fileOf([{ rule: 'r', when, ...(unless && { unless }), reject: 5001 }]))
      const rules = ruleSet.stages.get('callbackBeforeSetGroupMemberInfoCommand')?.reject.rules ?? []
      const view = new View(callOf(given).values, noon)
      const fired = await run(rules, ruleSet, view)
      const [rule] = rules
      return fired.has('r') === (rule?.when.judge(view) === true && rule.unless?.judge(view) !== true)
    }),
    { numRuns: 3_000 },
  )
  t.pass()
})
