import test from 'ava'
import { decideBy, rules } from '../_rules.ts'

const ruleSet = rules(`
rules:
  - { rule: tidy, when: { nickName: present }, rewrite: { nickName: trim } }
  - { rule: vip, when: { userID: { ends with: vip } }, allow: [reserved] }
  - { rule: reserved, when: { nickName: { starts with: admin }, roleLevel: { at most: member } }, reject: 5001 }
  - { rule: blocked, when: { userID: { ends with: "7" } }, reject: { code: 5002, message: "{userID}" } }
`)

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    return ((mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed) >>> 0
  }
}

/** Promises that are kept in an order of their own, once all have been made. */
function lateValues(random: () => number) {
  const waiting: (() => void)[] = []
  return {
    later: <T>(value: T) => new Promise<T>(resolve => waiting.push(() => resolve(value))),
    async keepAll() {
      const order = waiting.map(keep => ({ keep, at: random() })).sort((a, b) => a.at - b.at)
      // Each is kept in a turn of its own, so that decisions go on in between.
      for (const { keep } of order) {
        keep()
        await Promise.resolve()
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
    const { later, keepAll } = lateValues(seeded(seed))
    const asked = Array.from({ length: 1_000 }, (_, n) => {
      const userID = n % 5 === 0 ? `u-${n}-vip` : `u-${n}`
      const nickName = n % 3 === 0 ? ` admin ${n}` : `Ann ${n}`
      const given = { userID: later(userID), nickName: later(nickName), roleLevel: later(20) }
      return { n, userID, decision: decideBy(ruleSet, given) }
    })
    await keepAll()
    for (const { n, userID, decision } of asked) {
      const made = await decision
      const told = made.kind === 'allow' ? 'allow' : `${made.code} ${made.message}`.trim()
      t.is(told, expected(n, userID))
      if (made.kind === 'allow') t.is(made.rewrites.get('nickName'), n % 3 === 0 ? `admin ${n}` : undefined)
    }
  })
}

test('a look-up that fails fails its own decision only', async t => {
  const failing = decideBy(ruleSet, { userID: Promise.reject(new Error('no answer')), nickName: 'x' })
  const fine = decideBy(ruleSet, { userID: Promise.resolve('u-7'), nickName: 'x' })
  await t.throwsAsync(failing, { message: 'no answer' })
  t.is((await fine).kind, 'reject')
})
