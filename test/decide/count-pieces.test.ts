import test from 'ava'
import type { CountQuestion } from '../../src/compile/counter.ts'
import { decide } from '../../src/decide/decide.ts'
import { callOf, noon, ruleSetOf } from '../_rules.ts'

const rules = ruleSetOf(`callback: beforeMembersJoinGroup
rules:
  - { rule: often, when: { how often: { same: each memberList.userID, in: 1 hour, more than: 5 } }, reject: 5001 }
`)

test('a long list is counted in pieces, between which other calls may go', async t => {
  const memberList = Array.from({ length: 1_234 }, (_, at) => ({ userID: `u-${at}` }))
  const asked: CountQuestion[] = []
  let pauses = 0
  const ask = async (questions: readonly CountQuestion[]) => {
    asked.push(...questions)
    const isLast = (key: string) => key === JSON.stringify('u-1233')
    return new Map(
      questions.map(({ id, keys }) => [id, keys.map(({ key }) => ({ count: isLast(key) ? 6 : 1, isWhole: true }))]),
    )
  }
  const pause = () => {
    pauses += 1
    return undefined
  }
  const decision = await decide(rules, callOf({ memberList }), noon, { counts: { take: () => {}, ask }, pause })
  t.is(decision.kind, 'reject')
  t.deepEqual(
    asked.map(({ keys }) => keys.length),
    [500, 500, 234],
  )
  t.true(pauses >= 3)
})
