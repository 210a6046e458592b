import test from 'ava'
import fc from 'fast-check'
import { runCases } from '../../src/cases/run-cases.ts'
import { dateText } from '../../src/language/clock.ts'
import { inOrder, isOnDates } from '../../src/language/dates.ts'
import { decideBy, ruleSetOf, told } from '../_rules.ts'

const fires = test.macro({
  title: (_, time: string, at: string, isFiring: boolean) => `${time} ${isFiring ? 'holds' : 'does not hold'} at ${at}`,
  async exec(t, time: string, at: string, isFiring: boolean) {
    const ruleSet = ruleSetOf(`callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
dates: { holidays: [2027-10-01 to 2027-10-07, 2027-12-25], others: [2027-11-01] }
rules: [{ rule: r, when: { nickName: x, time: ${time} }, reject: 5001 }]
`)
    const decision = await decideBy(ruleSet, { nickName: 'x' }, Date.parse(at))
    t.is(told(decision), isFiring ? 'reject 5001 by r' : 'allow')
  },
})

test(fires, '{ on: holidays }', '2027-09-30T23:59:59+08:00', false)
test(fires, '{ on: holidays }', '2027-10-01T00:00:00+08:00', true)
test(fires, '{ on: holidays }', '2027-10-07T23:59:59+08:00', true)
test(fires, '{ on: holidays }', '2027-10-08T00:00:00+08:00', false)
test(fires, '{ on: holidays }', '2027-12-25T12:00:00+08:00', true)
test(fires, '{ on: holidays }', '2027-12-25T00:00:00Z', true)
test(fires, '{ on: holidays }', '2027-12-25T17:00:00Z', false)
test(fires, '{ on: holidays, zone: UTC }', '2027-12-25T17:00:00Z', true)
test(fires, '{ not on: holidays }', '2027-10-03T12:00:00+08:00', false)
test(fires, '{ not on: holidays }', '2027-11-03T12:00:00+08:00', true)
test(fires, '{ on: [holidays, others] }', '2027-11-01T12:00:00+08:00', true)
test(fires, '{ on: [2027-11-02 to 2027-11-03] }', '2027-11-03T12:00:00+08:00', true)
test(fires, '{ on: holidays, not on: [2027-10-03] }', '2027-10-03T12:00:00+08:00', false)
test(fires, '{ days: weekdays, not on: holidays }', '2027-10-04T12:00:00+08:00', false)
test(fires, '{ within: "22:00-07:00", on: holidays }', '2027-10-08T06:00:00+08:00', true)
test(fires, '{ within: "22:00-07:00", on: holidays }', '2027-10-01T06:00:00+08:00', false)

test('the time of a test decides whether it is on dates', async t => {
  const ruleSet = ruleSetOf(`callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
dates: { holidays: [2027-10-01 to 2027-10-07] }
rules:
  - rule: r
    when: { nickName: x, time: { on: holidays } }
    reject: 5001
    tests:
      - { given: { nickName: x }, at: 2027-10-07 23:59, expect: { reject: 5001 } }
      - { given: { nickName: x }, at: 2027-10-08, expect: allow }
`)
  t.deepEqual(
    (await runCases(ruleSet)).map(({ status }) => status),
    ['passed', 'passed'],
  )
})

test('the trace of a test of dates shows the date', t => {
  t.is(dateText('Asia/Shanghai', Date.parse('2027-10-03T15:00:00Z')), '2027-10-03 Sun 23:00 Asia/Shanghai')
})

const range = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 }))

test('a day is on dates exactly when it is in one of the ranges as they were written', t => {
  fc.assert(
    fc.property(fc.array(range, { minLength: 1 }), fc.integer({ min: -2, max: 75 }), (written, day) => {
      const ranges = written.map(([first, length]) => ({ first, last: first + length }))
      const isIn = ranges.some(({ first, last }) => first <= day && day <= last)
      return isOnDates({ ranges: inOrder(ranges) }, day) === isIn
    }),
  )
  t.pass()
})
