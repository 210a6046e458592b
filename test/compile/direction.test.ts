import test from 'ava'
import fc from 'fast-check'
import { directionOf, turned } from '../../src/compile/direction.ts'
import type { Direction } from '../../src/compile/operand-direction.ts'
import { View } from '../../src/compile/view.ts'
import { calls, conditions, fileOf } from '../_random.ts'
import { noon, ruleSetOf } from '../_rules.ts'

/** The compiled condition of a rule that refuses when it holds. */
function compiled(when: string) {
  const [rule] = ruleSetOf(`callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
lists: { few: [a, b], many: [a, b, c], fewer: { words: [a, b], except: [b c] } }
conditions: { staff: { userID: { starts with: s- } } }
rules: [{ rule: r, when: ${when}, reject: 5001 }]
`).compiled.values()
  return (rule as NonNullable<typeof rule>).when
}

const goes = test.macro({
  title: (_, before: string, after: string, direction: Direction) => `from ${before} to ${after} is ${direction}`,
  exec(t, before: string, after: string, direction: Direction) {
    const [a, b] = [compiled(before).condition, compiled(after).condition]
    t.is(directionOf(a, b), direction)
    t.is(directionOf(b, a), turned(direction))
  },
})

test(goes, '{ nickName: a }', '{ nickName: a }', 'same')
test(goes, '{ nickName: a }', '{ nickName: { one of: [A] } }', 'same')
test(goes, '{ nickName: { one of: [a, b] } }', '{ nickName: { in list: few } }', 'same')
test(goes, '{ nickName: { in list: few } }', '{ nickName: { in list: many } }', 'wider')
test(goes, '{ nickName: { has word in: fewer } }', '{ nickName: { has word in: few } }', 'wider')
test(goes, '{ nickName: { contains any: fewer } }', '{ nickName: { contains any: many } }', 'wider')
test(goes, '{ nickName: { not in list: few } }', '{ nickName: { not in list: many } }', 'narrower')
test(goes, '{ nickName: a, userID: u }', '{ nickName: a }', 'wider')
test(goes, '{ any: [{ nickName: a }, { userID: u }] }', '{ nickName: a }', 'narrower')
test(goes, '{ none: [{ nickName: a }, { userID: u }] }', '{ none: [{ nickName: a }] }', 'wider')
test(goes, '{ not: { nickName: { contains: a } } }', '{ nickName: { not: { contains: abc } } }', 'wider')
test(goes, '{ nickName: { is: admin } }', '{ nickName: { starts with: adm } }', 'wider')
test(goes, '{ nickName: { starts with: admin } }', '{ nickName: { contains: adm } }', 'wider')
test(goes, '{ nickName: { contains: admin } }', '{ nickName: { starts with: admin } }', 'narrower')
test(goes, '{ nickName: { starts with: a } }', '{ nickName: { ends with: a } }', 'other')
test(goes, '{ nickName: { longer than: 24 } }', '{ nickName: { longer than: 20 } }', 'wider')
test(goes, '{ nickName: { shorter than: 4 } }', '{ nickName: { shorter than: 2 } }', 'narrower')
test(goes, '{ nickName.length: { between: [2, 9] } }', '{ nickName.length: { between: [1, 9] } }', 'wider')
test(goes, '{ nickName.length: { between: [2, 9] } }', '{ nickName.length: { between: [1, 8] } }', 'other')
test(goes, '{ roleLevel: { at least: member } }', '{ roleLevel: { at least: admin } }', 'narrower')
test(goes, '{ nickName: { starts with: a } }', '{ nickName: present }', 'wider')
test(goes, '{ nickName: absent }', '{ nickName: present }', 'other')
test(goes, '{ nickName: absent }', '{ nickName: { not: { contains: a } } }', 'other')
test(goes, '{ nickName: { has all words in: few } }', '{ nickName: { has all words in: many } }', 'narrower')
test(goes, '{ nickName: { only words in: few } }', '{ nickName: { only words in: many } }', 'wider')
test(goes, '{ nickName: { starts with: a } }', '{ nickName: { starts with any: few } }', 'wider')
test(goes, '{ faceURL: { hosted on: [a.example] } }', '{ faceURL: { hosted on: [a.example, b.example] } }', 'wider')
test(goes, "{ nickName: { matches: 'a' } }", "{ nickName: { matches: 'a+' } }", 'other')
test(goes, '{ nickName: a }', '{ userID: a }', 'other')
test(goes, '{ nickName: { exactly: { is: a } } }', '{ nickName: a }', 'other')
test(goes, '{ use: staff }', '{ userID: { starts with: s- } }', 'same')
test(goes, '{ time: { within: "22:00-07:00" } }', '{ time: { within: "21:00-07:00" } }', 'wider')
test(goes, '{ time: { within: "22:00-07:00", days: [sat] } }', '{ time: { within: "22:00-07:00" } }', 'wider')
test(goes, '{ time: { within: "22:00-07:00" } }', '{ time: { within: "22:00-07:00", zone: UTC } }', 'other')
test(goes, '{ any: [{ nickName: a, userID: u }, { ex: x }] }', '{ any: [{ nickName: a }, { ex: x }] }', 'wider')

const pairs = fc
  .tuple(conditions, conditions, conditions)
  .chain(([a, b, c]) =>
    fc.constantFrom<readonly [object, object]>(
      [{ all: [a, b] }, a],
      [a, { any: [a, b] }],
      [{ none: [a, b] }, { none: [a] }],
      [{ not: { all: [a, b] } }, { not: a }],
      [{ any: [a, { all: [b, c] }] }, { any: [a, b] }],
      [a, b],
    ),
  )

test('a condition is wider only where it holds of every call that the other holds of', t => {
  fc.assert(
    fc.property(pairs, calls, ([before, after], call) => {
      const rules = ruleSetOf(
        fileOf([
          { rule: 'a', when: before, reject: 5001 },
          { rule: 'b', when: after, reject: 5002 },
        ]),
      )
      const [a, b] = [...rules.compiled.values()].map(({ when }) => when)
      if (a === undefined || b === undefined) return
      const view = new View(new Map(Object.entries(call).filter(([, value]) => value !== null)), noon)
      const [was, is] = [a.judge(view) === true, b.judge(view) === true]
      const direction = directionOf(a.condition, b.condition)
      if (direction === 'wider' || direction === 'same') t.false(was && !is, JSON.stringify([before, after, call]))
      if (direction === 'narrower' || direction === 'same') t.false(is && !was, JSON.stringify([before, after, call]))
    }),
    { numRuns: 500 },
  )
  t.pass()
})
