import test from 'ava'
import fc from 'fast-check'
import type { Compiled } from '../../src/compile/compile.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { explain } from '../../src/decide/explain.ts'
import { check } from '../../src/lint/check.ts'
import { calls, ruleBodies } from '../_random.ts'
import { callOf, noon } from '../_rules.ts'
import { isExhaustive, runs } from '../_runs.ts'

/** A folder by the paths of its files; where a file is undefined, there is none. */
type Folder = Record<string, string | undefined>

const lists = fc.constantFrom('u-1\n', 'u-1\nU-1 # known\n', 'admin\n', '# none\n')

/** What stands above or below the rules of a file: mostly nothing to matter, or names that other files use. */
const harmless = fc.constantFrom('', '# a comment\n', 'when: { groupID: present }\n')
const meddling = fc.constantFrom(
  'conditions: { named: { userID: { in list: friends } } }\n',
  'conditions: { named: { nickName: admin } }\n',
  'conditions: { other: { use: named }, named: { roleLevel: admin } }\n',
  'conditions: { other: { use: other } }\n',
  'codes: { own: { code: 5002, message: "No, {nickName}" } }\n',
  'codes: { own: 5003 }\n',
  'lists: { friends: [u-1, u-10] }\n',
  'tests: [{ given: { nickName: admin }, expect: { reject: 5001, by: a0 } }]\n',
  'tests: [{ given: { nickName: admin }, expect: allow }]\n',
  'lists: [broken\n',
)

const sections = fc.oneof({ weight: 9, arbitrary: harmless }, { weight: 1, arbitrary: meddling })

const bodies = fc.oneof(
  { weight: 3, arbitrary: ruleBodies },
  {
    weight: 4,
    arbitrary: fc.constantFrom<object>(
      { when: { use: 'named' }, reject: 5001 },
      { when: { not: { use: 'named' } }, reject: 'own' },
      { when: { use: 'other', groupID: 'u-1' }, reject: 5001, tests: [{ given: { groupID: 'u-1' }, expect: 'allow' }] },
      { when: { userID: { 'in list': 'friends' } }, allow: ['a0'] },
      { when: { userID: { 'in list': 'friends' } }, unless: { use: 'named' }, allow: ['b1'] },
      { when: { nickName: { 'contains any': 'friends' } }, rewrite: { nickName: { 'mask words in': 'friends' } } },
      { when: { nickName: 'present' }, rewrite: { nickName: { 'replace words in': 'pairs' } } },
      { when: { nickName: 'admin' }, reject: 5001, order: 10 },
      { when: { nicName: 'admin' }, reject: 5001 },
    ),
  },
)

const rules = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), bodies), { maxLength: 4 })

/** A file of rules. Its names are its own, so that most folders are right. */
const files = (name: string, above: fc.Arbitrary<string> = sections) =>
  fc.tuple(above, rules, sections).map(([above, some, below]) => {
    const named = new Map(some.map(([at, body]) => [`${name}${at}`, body]))
    const written = [...named].map(([rule, body]) => `  - ${JSON.stringify({ rule, ...body })}\n`).join('')
    return `callback: beforeSetGroupMemberInfo\nzone: UTC\n${above}rules:${written === '' ? ' []' : ''}\n${written}${below}`
  })

const names = `conditions: { named: { userID: { in list: friends } }, other: { use: named } }
codes: { own: { code: 5002, message: "No, {nickName}" } }
`
const first = {
  'a.yaml': 'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: a0, when: { nickName: x }, reject: 5001 }\n',
  'b.yaml': `callback: beforeSetGroupMemberInfo\n${names}rules:\n  - { rule: b1, when: { use: other }, reject: own }\n`,
  'lists/friends.txt': 'u-1\nu-10\n',
  'lists/excepted.txt': 'admin\nc\n!root admin\n',
  'lists/excepted-ids.txt': 'u-1\nu-10\n!u-10\n',
  'lists/pairs.txt': 'admin = boss\n',
  'lists/excepted-hosts.txt': 'example.com\n!cdn.example.com\n',
}

const orNone = (texts: fc.Arbitrary<string>) => fc.option(texts, { nil: undefined, freq: 12 })

const edits = fc.oneof(
  ...['a', 'c'].map(name => orNone(files(name)).map((text): Folder => ({ [`${name}.yaml`]: text }))),
  orNone(files('b', fc.constant(names))).map((text): Folder => ({ 'b.yaml': text })),
  orNone(lists).map((text): Folder => ({ 'lists/friends.txt': text })),
  fc
    .constantFrom('admin\nc\n', 'admin\nc\n!c++\n', 'adm*\n!root admin\n')
    .map(text => ({ 'lists/excepted.txt': text })),
  fc.constantFrom('admin = chief\n', 'admin = boss\n!admin c\n').map(text => ({ 'lists/pairs.txt': text })),
  fc.constantFrom('u-1\nu-10\n', 'u-1\nu-10\n!u-1\n').map(text => ({ 'lists/excepted-ids.txt': text })),
)

test('a folder that was edited is what it would be if it were read for the first time', async t => {
  let kept = 0
  const history = fc.array(edits, { minLength: 2, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(history, fc.array(calls, { minLength: 4, maxLength: 4 }), async (changes, givens) => {
      let folder: Folder = first
      let before: RuleSet | null = null
      for (const change of changes) {
        folder = { ...folder, ...change }
        const sources = Object.entries(folder).flatMap(([file, content = '']) =>
          folder[file] === undefined ? [] : [{ file, content }],
        )
        const edited: Compiled = check(sources, { before })
        const fresh = check(sources)
        t.deepEqual(edited.diagnostics, fresh.diagnostics)
        t.deepEqual(edited.ruleSet?.version, fresh.ruleSet?.version)
        t.deepEqual(edited.ruleSet?.counts, fresh.ruleSet?.counts)
        if (edited.ruleSet === null || fresh.ruleSet === null) continue
        t.deepEqual(edited.ruleSet.cases, fresh.ruleSet.cases)
        for (const given of givens) t.deepEqual(await said(edited.ruleSet, given), await said(fresh.ruleSet, given))
        kept += keptOf(before, edited.ruleSet)
        before = edited.ruleSet
      }
    }),
    { numRuns: Math.max(60, runs(300)) },
  )
  t.true(kept > (isExhaustive ? 300 : 0), `${kept} rules were kept`)
})

/** Everything that is to be known of a decision, the engine's own word included. */
async function said(ruleSet: RuleSet, given: Parameters<typeof callOf>[0]): Promise<unknown> {
  return explain(ruleSet, callOf(given), noon, { engine: true })
}

/** How many rules of a file have stayed the very same. */
function keptOf(before: RuleSet | null, { kept }: RuleSet): number {
  const known = new Set([...(before?.kept.files.values() ?? [])].flatMap(({ rules }) => rules))
  return [...kept.files.values()].flatMap(({ rules }) => rules).filter(rule => known.has(rule)).length
}
