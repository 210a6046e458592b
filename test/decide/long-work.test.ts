import test from 'ava'
import type { Pause } from '../../src/compile/pause.ts'
import { decide } from '../../src/decide/decide.ts'
import { explain } from '../../src/decide/explain.ts'
import { callOf, noon, ruleSetOf, rules } from '../_rules.ts'

/** Without a period, or its states would be known after a few letters. */
function mixed(letters: string, length: number): string {
  let seed = 1
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return letters[seed % letters.length]
  }
  return Array.from({ length }, next).join('')
}

const digits = mixed('0123456789 -', 4_800)

const phone = String.raw`'\d[\d -]{9,60}\d$'`

/** Rules whose tests take long, and a call that they take long for. The text ends so that none of it is found. */
const cases = {
  'a pattern and a long text': {
    files: `rules: [{ rule: r, when: { nickName: { matches: ${phone} } }, reject: 5001 }]`,
    values: { nickName: `${digits}x` },
    kind: 'allow',
  },
  'a pattern that the index does not ask about': {
    files: `rules: [{ rule: r, when: { userID: u1, nickName: { not: { matches: ${phone} } } }, reject: 5001 }]`,
    values: { userID: 'u1', nickName: `${digits}x` },
    kind: 'reject',
  },
  'thirty patterns and a short text': {
    files: `rules:\n${Array.from({ length: 30 }, (_, at) => `  - { rule: r${at}, when: { nickName: { matches: 'a[ab]{${900 + at}}c' } }, reject: 5001 }`).join('\n')}`,
    values: { nickName: mixed('ab', 200) },
    kind: 'allow',
  },
  'an exception with a pattern': {
    files: `rules: [{ rule: r, when: { userID: u1 }, unless: { nickName: { matches: ${phone} } }, reject: 5001 }]`,
    values: { userID: 'u1', nickName: `${digits}7` },
    kind: 'allow',
  },
} as const

function counting(): { pause: Pause; asked: () => number } {
  let asked = 0
  const pause = async () => {
    asked += 1
    await new Promise(setImmediate)
  }
  return { pause, asked: () => asked }
}

for (const [what, { files, values, kind }] of Object.entries(cases)) {
  test(`${what} are decided with pauses, with the same result`, async t => {
    const ruleSet = rules(files)
    const { pause, asked } = counting()
    const decision = await decide(ruleSet, callOf(values), noon, { pause })
    t.true(asked() >= 3, `${asked()} pauses`)
    t.is(decision.kind, kind)
    t.deepEqual(decision, await decide(ruleSet, callOf(values), noon))
    t.deepEqual((await explain(ruleSet, callOf(values), noon, { pause })).decision, decision)
  })

  test(`${what} are given up when a pause is rejected`, async t => {
    const pause = () => Promise.reject(new Error('enough'))
    await t.throwsAsync(decide(rules(files), callOf(values), noon, { pause }), { message: 'enough' })
  })
}

test('a pattern is not looked for where the rest of its rule does not hold', async t => {
  const ruleSet = rules(
    `rules: [{ rule: r, when: { userID: u1, groupID: g2, nickName: { not: { matches: ${phone} } } }, reject: 5001 }]`,
  )
  const { pause, asked } = counting()
  await decide(ruleSet, callOf({ userID: 'u1', groupID: 'g1', nickName: `${digits}x` }), noon, { pause })
  t.is(asked(), 0)
})

const members = Array.from({ length: 2_000 }, (_, at) => ({ userID: `u${at}`, nickname: mixed('abcdef ghi', 60) }))

for (const [what, rule] of Object.entries({
  'a test of every item':
    '{ rule: r, when: { memberList: { any item: { nickname: { has word: zebra } } } }, reject: 5001 }',
  'a pattern for every item': `{ rule: r, when: { memberList: { any item: { nickname: { matches: 'a[a-i ]{40,90}z' } } } }, reject: 5001 }`,
  'a rewrite of each item':
    '{ rule: r, when: { memberList: present }, rewrite: { memberList: { each item: { nickname: upper case } } } }',
})) {
  test(`a long list and ${what} are decided with pauses, with the same result`, async t => {
    const ruleSet = ruleSetOf(`callback: beforeMembersJoinGroup\nrules:\n  - ${rule}\n`)
    const { pause, asked } = counting()
    const decision = await decide(ruleSet, callOf({ memberList: members }), noon, { pause })
    t.true(asked() >= 5, `${asked()} pauses`)
    t.is(decision.matches.length, what.startsWith('a rewrite') ? 1 : 0)
    t.deepEqual(decision, await decide(ruleSet, callOf({ memberList: members }), noon))
  })
}
