import test from 'ava'
import fc from 'fast-check'
import type { Compiled } from '../../src/compile/compile.ts'
import { check } from '../../src/lint/check.ts'
import type { SourceFile } from '../../src/yaml/source.ts'
import { joining, ruleFiles } from '../_random.ts'
import { runs } from '../_runs.ts'
import { mistakesIn } from './_each.ts'

const seed = `callback: beforeSetGroupMemberInfo
when: { groupID: { starts with: school- } }
zone: Asia/Shanghai
codes:
  staff-name: { code: 5001, message: "“{nickName}” is reserved", detail: "{{x}}" }
lists: { vips: [u-100, u-101] }
conditions:
  promotes: { roleLevel: { at least: admin } }
  at night: { time: { within: "22:00-07:00", days: [mon-fri, sun] }, not: { use: promotes } }
rules:
  - rule: no-staff
    why: People pretend
    when:
      any:
        - nickName: { contains any: [admin, 管理员], longer than: 2 }
        - { fact: nickName, operator: equal, value: root }
      faceURL.host: { not: { one of: [a.com, b.com] } }
    unless: { userID: { in list: vips }, use: at night }
    reject: staff-name
    mode: shadow
    order: 5
    from: 2026-03-01
    until: 2026-04-01T00:00:00+08:00
    tests:
      - { given: { groupID: school-1, nickName: "аdmin" }, at: "2026-03-05 10:00", expect: { reject: staff-name } }
  - rule: tidy
    when: { ex.level: { between: [1, 3] }, nickName: present }
    rewrite: { nickName: [trim, { cut to: 24 }, { replace: { text: a, with: b } }], roleLevel: member }
  - rule: guests
    callback: beforeMembersJoinGroup
    when:
      memberList: { any item: { userID: { in list: vips }, not: { ex.a: 3 } }, how many: { more than: 2 } }
      groupEx.tags: { every item: { is: vip } }
    rewrite:
      memberList: { each item: { when: { userID: u-1 }, nickname: "{userID} {groupID}", ex: [trim] } }
    tests:
      - { given: { memberList: [{ userID: u-1 }] }, expect: { rewrite: { memberList: [{ userID: u-1, ex: x }] } } }
  - rule: vip
    conditions: { all: [{ fact: roleLevel, operator: in, value: [20, 60] }] }
    event: { type: allow, params: [no-staff] }
tests:
  - { name: x, given: { nickName: Alice }, expect: allow }
`

/** The same with everything that counts. */
const countingSeed = `callback: beforeSendGroupMsg
codes: { slow: { code: 5301, message: "Too fast: wait {wait} s" } }
counters:
  joins: { callback: beforeMembersJoinGroup, same: [groupID, each memberList.userID] }
  said: { callback: [beforeSendGroupMsg, afterSendGroupMsg], when: { msgFrom: user, use: long }, same: [groupID, sendID], counting: all }
  raids: { callback: beforeMembersJoinGroup, same: groupID, different: memberList.userID }
conditions:
  long: { message text: { longer than: 10 } }
  new: { how long since: { of: joins, same: [groupID, sendID], less than: 10 minutes } }
rules:
  - rule: flood
    when: { msgFrom: user, how often: { same: sendID, in: 10 seconds, more than: 5, then for: 1 minute } }
    unless: { not: { how often: { of: said, same: [groupID, sendID], in: 1 day, between: [1, 3] } } }
    reject: slow
    if unsure: fire
    tests:
      - { after: [{ times: 5, ago: 9 seconds, given: { groupID: g } }], given: { sendID: u-1 }, expect: { reject: slow } }
      - { after: [{ ago: 1 hour, callback: beforeMembersJoinGroup }], given: { message text: a }, expect: allow }
  - rule: copies
    when: { use: new, how often: { same: [sendID, message text], different: groupID, in: 5 minutes, is: 3 } }
    reject: 5303
  - rule: mentions
    when:
      how often: { same: each atUserList, counting: refused, in: 30 days, at least: 10 }
      any: [{ how often: { of: raids, same: groupID, in: 1 minute, at most: 1000 } }, { use: new }]
    reject: { code: 5304, detail: "{wait}" }
`

/** Every word, sign and run of blanks of a seed, to be shuffled. */
const tokensOf = (text: string) => text.split(/([ \n]+|[{}[\],:"]|- )/).filter(token => token !== '')
const tokens = tokensOf(seed)

const strange = [
  '',
  ':',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '\n',
  '\t',
  '~',
  'null',
  'true',
  '0123',
  '*x',
  '&x',
  '!t',
  '{{',
  '：',
  '__proto__',
  'constructor',
  '\u200b',
  '😀',
  '\ud800',
  '1e999',
  '-0',
  '|\n',
  '>\n',
  '#',
]

/** A seed with some of its tokens changed, moved, doubled or left out. */
function mutatedOf(of: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(
      fc.tuple(
        fc.nat(of.length - 1),
        fc.oneof(fc.constantFrom(...strange), fc.constantFrom(...of), fc.string({ unit: 'binary', maxLength: 4 })),
        fc.constantFrom('replace', 'insert', 'drop'),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map(changes => {
      const made = [...of]
      for (const [at, token, how] of changes)
        made.splice(at, how === 'insert' ? 0 : 1, ...(how === 'drop' ? [] : [token]))
      return made.join('')
    })
}

const mutated = mutatedOf(tokens)
const counting = mutatedOf(tokensOf(countingSeed))

const files = fc.record({
  'a.yaml': fc.oneof(mutated, mutated, mutated, ruleFiles, joining.ruleFiles, fc.string({ unit: 'binary' })),
  'b/b.yml': fc.option(mutated, { nil: '' }),
  'lists/words.txt': fc.string(),
})

/** Everything said is about a file that there is, at a place in it, in a few words. */
function isSound({ diagnostics, sources, ruleSet }: Compiled): boolean {
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error')
  return (
    (ruleSet === null) === hasErrors &&
    diagnostics.every(({ span, message, hint, code }) => {
      const text = sources.get(span.file)
      if (text === undefined) return code === 'no-rules'
      const isWithin = span.start >= 0 && span.start <= span.end && span.end <= text.length
      return isWithin && message !== '' && message.length < 1_000 && hint !== ''
    })
  )
}

function readAll(content: Record<string, string>): SourceFile[] {
  return Object.entries(content).map(([file, text]) => ({ file, content: text }))
}

test('whatever stands in the files, what is said lies within them', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(files, content => isSound(check(readAll(content)))),
      { numRuns: runs(500) },
    ),
  )
})

test('whatever stands in rules that count, what is said lies within them', t => {
  t.true(isSound(check([{ file: 'a.yaml', content: countingSeed }])))
  t.deepEqual(mistakesIn(check([{ file: 'a.yaml', content: countingSeed }]).diagnostics), [])
  const some = fc.record({ 'a.yaml': counting, 'b.yaml': fc.option(counting, { nil: '' }) })
  t.notThrows(() =>
    fc.assert(
      fc.property(some, content => isSound(check(readAll(content)))),
      { numRuns: runs(1_000) },
    ),
  )
})

test('bytes of any kind are read or refused', t => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  const property = fc.property(bytes, content => isSound(check([{ file: 'a.yaml', content }])))
  t.notThrows(() => fc.assert(property, { numRuns: runs(300) }))
})

test('the order in which files come does not matter', t => {
  const property = fc.property(files, content => {
    const [one, other] = [check(readAll(content)), check(readAll(content).reverse())]
    t.deepEqual(one.diagnostics, other.diagnostics)
  })
  t.notThrows(() => fc.assert(property, { numRuns: runs(100) }))
})

test('a file without mistakes stays so beside another that has some', t => {
  const good = 'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: good, when: { nickName: x }, reject: 5001 }\n'
  const property = fc.property(mutated, content => {
    const { diagnostics } = check(readAll({ 'a.yaml': content, 'z.yaml': good }))
    return mistakesIn(diagnostics).every(({ span, code }) => span.file !== 'z.yaml' || code === 'duplicate-rule')
  })
  t.notThrows(() => fc.assert(property, { numRuns: runs(300) }))
})
