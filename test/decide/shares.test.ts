import { createHash } from 'node:crypto'
import test from 'ava'
import fc from 'fast-check'
import { withPaused } from '../../src/compile/paused.ts'
import { drawOf } from '../../src/compile/share.ts'
import { CallCounts, countedCall } from '../../src/count/call-counts.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { decide } from '../../src/decide/decide.ts'
import { report } from '../../src/protocol/report.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { counting, given } from '../_counting.ts'
import { calls, fileOf, ruleBodies } from '../_random.ts'
import { callOf, decideBy, type Given, noon, ruleSetOf, rules, told } from '../_rules.ts'
import { runs } from '../_runs.ts'

const refusing = (share: string, name = 'no-admins') =>
  rules(`rules:\n  - { rule: ${name}, when: { nickName: admin }, reject: 5001, mode: { enforce: ${share} } }\n`)

const users = Array.from({ length: 1_000 }, (_, at) => `u-${at}`)

async function refusedBy(ruleSet: ReturnType<typeof rules>): Promise<ReadonlySet<string>> {
  const refused = new Set<string>()
  for (const userID of users) {
    if ((await decideBy(ruleSet, { userID, nickName: 'admin' })).kind === 'reject') refused.add(userID)
  }
  return refused
}

test('a draw is the beginning of a hash that anybody can work out', t => {
  const hash = createHash('sha256').update('no-admins\nu-1').digest('hex').slice(0, 12)
  t.is(drawOf('no-admins', 'u-1'), (Number.parseInt(hash, 16) / 2 ** 48) * 100)
  // It is the same in every process and version: people stay in or out.
  t.is(drawOf('no-admins', 'u-1').toFixed(6), '34.137127')
})

test('a larger share has in it all of a smaller one, and about as many as it says', async t => {
  const [ten, twenty] = [await refusedBy(refusing('10 %, by: userID')), await refusedBy(refusing('20 %, by: userID'))]
  for (const user of ten) t.true(twenty.has(user), user)
  t.true(ten.size > 70 && ten.size < 130, `${ten.size}`)
  t.true(twenty.size > 160 && twenty.size < 240, `${twenty.size}`)
})

test('two rules draw independently', async t => {
  const half = '50 %, by: userID'
  const [one, other] = [await refusedBy(refusing(half)), await refusedBy(refusing(half, 'others'))]
  const both = [...one].filter(user => other.has(user)).length
  t.true(both > 200 && both < 300, `${both}`)
})

test('nobody is in 0 %, everybody with a value in 100 %', async t => {
  t.is((await refusedBy(refusing('0 %, by: userID'))).size, 0)
  const all = refusing('100 %, by: userID')
  t.is((await refusedBy(all)).size, users.length)
  for (const none of [{}, { userID: null }, { userID: '' }]) {
    const { kind, matches } = await decideBy(all, { ...none, nickName: 'admin' } as Given)
    t.is(kind, 'allow')
    t.deepEqual(matches, [{ rule: 'no-admins', stage: 'reject', mode: 'shadow', exempted: false }])
  }
})

test('texts draw as they are compared, ids by each character', async t => {
  const byName = refusing('50 %, by: nickName')
  const kinds = new Set<string>()
  for (const nickName of ['admin', ' ADMIN ', 'ａｄｍｉｎ']) kinds.add((await decideBy(byName, { nickName })).kind)
  t.is(kinds.size, 1)
  t.not(drawOf('r', 'u-1'), drawOf('r', 'U-1'))
})

test('a rewrite moves nobody in or out', async t => {
  const sets = '  - { rule: sets, when: { nickName: present }, rewrite: { nickName: { set: x } } }\n'
  const share = '  - { rule: r, when: { nickName: x }, reject: 5001, mode: { enforce: 50 %, by: nickName } }\n'
  const ruleSet = rules(`rules:\n${sets}${share}`)
  for (const nickName of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
    const { kind } = await decideBy(ruleSet, { nickName })
    t.is(kind, drawOf('r', nickName) < 50 ? 'reject' : 'allow', nickName)
  }
})

test('a paused rule is in shadow for its share, too', async t => {
  const paused = atOnce(withPaused(refusing('100 %, by: userID'), new Set(['no-admins'])))
  t.is(told(await decideBy(paused, { userID: 'u-1', nickName: 'admin' })), 'allow')
})

test('a rule with a share decides as it would in force or in shadow', async t => {
  const drawn = { mode: { enforce: '50 %', by: 'nickName' } }
  const cases = fc.tuple(fc.array(ruleBodies, { minLength: 1, maxLength: 5 }), calls)
  await fc.assert(
    fc.asyncProperty(cases, async ([bodies, call]) => {
      const named = bodies.map((body, at) => ({ rule: `r${at}`, ...body, ...(at % 2 === 0 && drawn) }))
      const written = ruleSetOf(fileOf(named))
      const plain = named.map(rule => {
        const share = [...written.compiled.values()].find(({ id }) => id === rule.rule)?.share
        if (share === undefined) return rule
        // A text that nobody sees is as good as none.
        const value = String(share.slot.derive(call[share.by.text] ?? ''))
        const drawn = value === '' ? 100 : drawOf(rule.rule, value)
        return { ...rule, mode: drawn < 50 ? 'enforce' : 'shadow' }
      })
      t.deepEqual(await decideBy(written, call), await decideBy(ruleSetOf(fileOf(plain)), call))
    }),
    { numRuns: runs(1_000) },
  )
})

test('what a rule refuses outside its share counts as refused there, as in shadow', async t => {
  const count = 'how often: { same: sendID, in: 1 minute, more than: 2 }'
  const ruleSet = counting(
    `callback: beforeSendGroupMsg\nrules:\n  - { rule: r, when: { ${count} }, reject: 5001, mode: { enforce: 50 %, by: sendID } }\n`,
  )
  const [counter] = [...ruleSet.compiled.values()].flatMap(rule => rule.count?.counter ?? [])
  for (const drawing of ['in', 'out'] as const) {
    const store = new MemoryCounts({ secret: '', since: Number.NEGATIVE_INFINITY })
    store.use([...ruleSet.counters.values()], noon)
    const signs: string[] = []
    for (let at = 0; at < 4; at += 1) {
      const call = given('sendID=u')
      const counts = new CallCounts(store, ruleSet.counters, countedCall(call, noon + at))
      const { kind, effects } = await decide(ruleSet, call, noon + at, { counts, drawing })
      signs.push(effects?.wouldRefuse.includes(counter ?? '') ? 'shadow' : kind)
      counts.settle(kind === 'reject' ? 'refused' : 'let through', effects)
    }
    t.deepEqual(signs, ['allow', 'allow', ...(drawing === 'in' ? ['reject', 'reject'] : ['shadow', 'shadow'])])
  }
})

test('a report says whether the call is in the share, and by what', async t => {
  const ruleSet = refusing('10 %, by: userID')
  const shown = async (call: Given) => {
    const { rules: all, nearMisses } = await report(ruleSet, callOf(call), noon)
    return { ...all.map(({ mode, share }) => ({ mode, ...share }))[0], near: nearMisses.length }
  }
  const [inside, outside] = [users.find(user => drawOf('no-admins', user) < 10), 'u-1'] as [string, string]
  const share = { percent: 10, by: 'userID', near: 0 }
  t.deepEqual(await shown({ userID: inside, nickName: 'admin' }), {
    ...share,
    mode: 'enforce',
    value: inside,
    isIn: true,
  })
  t.deepEqual(await shown({ userID: outside, nickName: 'x' }), { ...share, mode: 'shadow', value: 'u-1', isIn: false })
  t.deepEqual(await shown({ nickName: 'x' }), { ...share, mode: 'shadow', value: null, isIn: false })
})
