import test from 'ava'
import type { Answer } from '../../src/compile/question.ts'
import { decide } from '../../src/decide/decide.ts'
import type { Gather } from '../../src/decide/gather.ts'
import { asking } from '../_asked.ts'
import { callOf, noon, rules } from '../_rules.ts'

/** The role is asked for, so that decisions wait in their midst. */
const ruleSet = asking(
  rules(`
rules:
  - { rule: tidy, when: { nickName: present }, rewrite: { nickName: trim } }
  - { rule: vip, when: { userID: { ends with: vip } }, allow: [reserved] }
  - { rule: reserved, when: { nickName: { starts with: admin }, roleLevel: { at most: member } }, reject: 5001 }
  - { rule: blocked, when: { userID: { ends with: "7" }, roleLevel: present }, reject: { code: 5002, message: "{userID}" } }
`),
  { roleLevel: { by: ['userID'] } },
)

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    return ((mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed) >>> 0
  }
}

/** Answers that come in an order of their own, once all have been asked for. */
function lateAnswers(random: () => number) {
  const waiting: (() => void)[] = []
  const member: Answer = { kind: 'value', value: 20 }
  const gather: Gather = async questions => {
    await new Promise<void>(resolve => waiting.push(resolve))
    return new Map(questions.map(({ id }) => [id, member]))
  }
  return {
    gather,
    async answerAll(isDone: () => boolean) {
      while (!isDone()) {
        const order = waiting.splice(0).map(keep => ({ keep, at: random() }))
        // Each is given in a turn of its own, so that decisions go on in between.
        for (const { keep } of order.sort((a, b) => a.at - b.at)) {
          keep()
          await Promise.resolve()
        }
        await new Promise(setImmediate)
      }
    },
  }
}

/** What call number n must get: every seventh is reserved, unless a VIP asks; ids that end in 7 are blocked. */
function expected(n: number, userID: string): string {
  if (n % 3 === 0 && !userID.endsWith('vip')) return '5001'
  return userID.endsWith('7') ? `5002 ${userID}` : 'allow'
}

for (const seed of [1, 20, 300]) {
  test(`1,000 overlapping decisions lose no reject, seed ${seed}`, async t => {
    const { gather, answerAll } = lateAnswers(seeded(seed))
    let done = 0
    const asked = Array.from({ length: 1_000 }, (_, n) => {
      const userID = n % 5 === 0 ? `u-${n}-vip` : `u-${n}`
      const call = callOf({ userID, nickName: n % 3 === 0 ? ` admin ${n}` : `Ann ${n}` })
      const decision = decide(ruleSet, call, noon, { gather }).finally(() => done++)
      return { n, userID, decision }
    })
    await answerAll(() => done === asked.length)
    for (const { n, userID, decision } of asked) {
      const made = await decision
      const told = made.kind === 'allow' ? 'allow' : `${made.code} ${made.message}`.trim()
      t.is(told, expected(n, userID))
      if (made.kind === 'allow') t.is(made.rewrites.get('nickName'), n % 3 === 0 ? `admin ${n}` : undefined)
    }
  })
}

test('gathering that fails fails its own decision only', async t => {
  const gather = () => Promise.reject(new Error('no answer'))
  const failing = decide(ruleSet, callOf({ userID: 'u-7', nickName: 'x' }), noon, { gather })
  const fine = decide(ruleSet, callOf({ userID: 'u-1', nickName: 'x' }), noon, { gather })
  await t.throwsAsync(failing, { message: 'no answer' })
  t.is((await fine).kind, 'allow')
})
