import test from 'ava'
import type { Pause } from '../../src/compile/pause.ts'
import { decide } from '../../src/decide/decide.ts'
import { callOf, noon, rules } from '../_rules.ts'

const rejecting = rules(`
rules:
${Array.from({ length: 100 }, (_, at) => `  - { rule: r${at}, when: { nickName: { contains: x } }, reject: 5001 }`).join('\n')}
`)

const rewriting = rules(`
rules:
${Array.from({ length: 100 }, (_, at) => `  - { rule: w${at}, when: { nickName: { contains: x } }, rewrite: { nickName: 'x{nickName}' } }`).join('\n')}
`)

const call = callOf({ nickName: 'axb' })

function counting(): { pause: Pause; asked: () => number } {
  let asked = 0
  const pause = async () => {
    asked += 1
    await new Promise(setImmediate)
  }
  return { pause, asked: () => asked }
}

for (const [what, ruleSet] of Object.entries({ rejecting, rewriting })) {
  test(`a call with many ${what} rules is decided with pauses, with the same result`, async t => {
    const { pause, asked } = counting()
    const decision = await decide(ruleSet, call, noon, { pause })
    t.true(asked() >= 6, `${asked()} pauses`)
    t.is(decision.matches.length, 100)
    t.deepEqual(decision, await decide(ruleSet, call, noon))
  })

  test(`a rejected pause ends the evaluation of ${what} rules`, async t => {
    const pause = () => Promise.reject(new Error('enough'))
    await t.throwsAsync(decide(ruleSet, call, noon, { pause }), { message: 'enough' })
  })
}

test('a call with few rules is decided without a pause', async t => {
  const few = rules('rules: [{ rule: r, when: { nickName: { contains: x } }, reject: 5001 }]')
  const { pause, asked } = counting()
  t.is((await decide(few, call, noon, { pause })).kind, 'reject')
  t.is(asked(), 0)
})
