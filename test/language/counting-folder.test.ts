import test from 'ava'
import fc from 'fast-check'
import type { Callback, Field } from '../../src/callbacks/callback.ts'
import { compile } from '../../src/compile/compile.ts'
import { durationMeant } from '../../src/language/advice/meant-duration.ts'
import { durationText, longestMs, readDurationText, shortestMs } from '../../src/language/duration.ts'
import { fieldIn } from '../../src/language/field.ts'
import { readFolder } from '../../src/language/folder/folder.ts'
import { FolderLimits } from '../../src/language/folder/folder-limits.ts'
import { namesIn } from '../../src/language/folder/names-defined.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { runs } from '../_runs.ts'
import { reportsOf } from './_reports.ts'

const example = `callback: beforeSendGroupMsg
lists: { staff: [u-9], rude-words: [rude] }
counters:
  joins: { callback: beforeMembersJoinGroup, same: [groupID, each memberList.userID] }    # invited and approved members too
  said in group: { callback: beforeSendGroupMsg, when: { msgFrom: user }, same: [groupID, sendID] }
  bad words: { callback: beforeSendGroupMsg, when: { message text: { has word in: rude-words } }, same: sendID, counting: all }
rules:
  - rule: flood
    when: { msgFrom: user, how often: { same: sendID, in: 10 seconds, more than: 5 } }
    unless: { sendID: { in list: staff } }
    reject: { code: 5301, message: "Too fast: wait {wait} s" }
    tests:
      - { after: [{ times: 5, ago: 9 seconds }], given: { sendID: u-1, msgFrom: user }, expect: { reject: 5301 } }
      - { after: [{ times: 5, ago: 10 seconds }], given: { sendID: u-1, msgFrom: user }, expect: allow }
      - { after: [{ times: 5, ago: 9 seconds, given: { sendID: u-2 } }], given: { sendID: u-1, msgFrom: user }, expect: allow }
  - rule: links-an-hour             # counts messages with links only, since that stands beside it
    when: { message text.links: present, how often: { same: sendID, in: 1 hour, more than: 3 } }
    reject: 5304
  - rule: copies-everywhere         # one sender, the same text in more than 3 groups
    when: { message text: { longer than: 10 }, how often: { same: [sendID, message text], different: groupID, in: 5 minutes, more than: 3 } }
    reject: 5303
  - rule: flood-then-quiet          # a minute of silence once over
    when: { msgFrom: user, how often: { same: [groupID, sendID], in: 10 seconds, more than: 8, then for: 1 minute } }
    reject: 5302
  - rule: first-words-with-link     # the first message after joining
    when:
      message text.links: present
      all: [{ how long since: { of: joins, same: [groupID, sendID], less than: 10 minutes } },
            { how often: { of: said in group, same: [groupID, sendID], in: 1 day, at most: 1 } }]
    reject: 5307
  - rule: rude-again                # a ladder without any action
    when: { how often: { of: bad words, same: sendID, in: 1 day, at least: 3 } }
    reject: { code: 5308, message: Please come back tomorrow }
  - rule: three-names-a-day
    callback: beforeSetGroupMemberInfo
    when: { nickName: present, how often: { same: [groupID, userID], in: 1 day, more than: 3 } }
    reject: { code: 5310, message: Three name changes a day }
  - rule: raid                      # ten different people join one group in a minute; a new group brings its first members in one call
    callback: beforeMembersJoinGroup
    when: { memberList: { how many: { at most: 3 } }, how often: { same: groupID, different: memberList.userID, in: 1 minute, at least: 10 } }
    reject: 5311
    mode: shadow
`

test('eight rules and three counters load', t => {
  const { diagnostics, ruleSet } = compile([{ file: 'a.yaml', content: example }])
  t.deepEqual(diagnostics, [])
  t.truthy(ruleSet)
})

test('counters are read with their fields and conditions', t => {
  const { folder } = atOnce(readFolder([{ file: 'a.yaml', content: example }]))
  const told = folder?.counters.map(({ name, callbacks, same, counting, when }) => [
    name,
    callbacks.map(callback => callback.name),
    same.map(({ text }) => text),
    counting,
    when?.text,
  ])
  t.deepEqual(told, [
    ['joins', ['beforeMembersJoinGroup'], ['groupID', 'each memberList.userID'], 'let through', undefined],
    ['said in group', ['beforeSendGroupMsg'], ['groupID', 'sendID'], 'let through', 'msgFrom is "user"'],
    ['bad words', ['beforeSendGroupMsg'], ['sendID'], 'all', 'message text has word in rude-words'],
  ])
  const [, each] = folder?.counters[0]?.same ?? []
  const { list, item } = each as Extract<typeof each, { list: unknown }>
  t.is(list.field, fieldIn(folder?.counters[0]?.callbacks[0] as Callback, 'memberList') as Field)
  t.deepEqual([list.text, item?.text, item?.ofItem], ['memberList', 'userID', 'field'])
})

test('a count is read with its span and limit in numbers', t => {
  const { folder } = atOnce(readFolder([{ file: 'a.yaml', content: example }]))
  const rule = folder?.rules.find(({ id }) => id === 'flood-then-quiet')
  const often = rule?.when.kind === 'all' ? rule.when.parts[1] : undefined
  if (often?.kind !== 'often') return t.fail()
  t.like(often, { within: 10_000, limit: { word: 'more than', number: 8 }, thenFor: 60_000 })
  t.deepEqual(often.of, { kind: 'rule', counting: 'let through' })
  t.is(rule?.ifUnsure, 'skip')
})

test('what refers to a counter goes on referring to the one there is', t => {
  const counters = {
    file: 'counters.yaml',
    content: 'counters: { sent: { callback: beforeSendGroupMsg, when: { msgFrom: user }, same: sendID } }\n',
  }
  const rule = (code: number) => ({
    file: 'rules.yaml',
    content: `callback: beforeSendGroupMsg\nrules:\n  - { rule: r, when: { how often: { of: sent, same: sendID, in: 1 day, is: 2 } }, reject: ${code} }\n`,
  })
  const other = { file: 'x.yaml', content: rule(5001).content.replace('rule: r', 'rule: x') }
  const first = atOnce(readFolder([counters, rule(5001), other]))
  const before = { sources: first.sources, lists: new Map(), kept: first.kept as NonNullable<typeof first.kept> }
  const second = atOnce(readFolder([counters, rule(5002), other], { before }))
  t.is(second.folder?.counters[0], first.folder?.counters[0])
  t.deepEqual(
    second.folder?.rules.map(({ when }) => when.kind === 'often' && when.of.kind === 'named' && when.of.counter),
    [first.folder?.counters[0], first.folder?.counters[0]],
  )
  const changed = { ...counters, content: counters.content.replace('msgFrom: user', 'msgFrom: system') }
  const third = atOnce(readFolder([changed, rule(5002), other], { before }))
  t.not(third.folder?.counters[0], first.folder?.counters[0])
  t.deepEqual(
    third.folder?.rules.map(({ when }) => when.kind === 'often' && when.of.kind === 'named' && when.of.counter),
    [third.folder?.counters[0], third.folder?.counters[0]],
  )
})

test(
  'a counter that nothing asks is warned of, and what its condition names is used',
  reportsOf(({ text }) => compile([{ file: 'a.yaml', content: text }]).diagnostics),
  `
callback: beforeSendGroupMsg
lists: { rude: [a] }
conditions: { human: { msgFrom: user } }
counters: { sent: { callback: beforeSendGroupMsg, when: { use: human, message text: { has word in: rude } }, same: sendID } }
            ^^^^ warning unused-counter
rules:
  - { rule: r, when: { msgFrom: user }, reject: 5001 }
`,
)

test('names of counters are offered', t => {
  t.deepEqual(namesIn([{ file: 'a.yaml', content: example }]).counter, ['bad words', 'joins', 'said in group'])
})

test('the tests of counters count for the limit of the folder', t => {
  const names = (count: number) =>
    Array.from({ length: count }, (_, at) => `{ msgFrom: user, sendID: u-${at} }`).join(', ')
  const when = `{ any: [${names(1_001)}] }`
  const content = `counters: { c: { callback: beforeSendGroupMsg, same: sendID, when: ${when} } }\nrules: []\n`
  const { diagnostics } = atOnce(readFolder([{ file: 'a.yaml', content }]))
  t.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`),
    ['too-large This has more than 2000 tests when every "use" in it is expanded'],
  )
})

test('the tests of counters and rules are limited together', t => {
  const room = new FolderLimits()
  t.is(room.admitTests('a.yaml', 100_000), undefined)
  t.is(room.admitTests('a.yaml', 100_000), undefined)
  t.is(room.admitTests('a.yaml', 1)?.code, 'too-large')
})

test('a length of time is read as it is written', t => {
  const ms = fc.integer({ min: shortestMs / 1_000, max: longestMs / 1_000 }).map(seconds => seconds * 1_000)
  t.notThrows(() =>
    fc.assert(
      fc.property(ms, length => {
        const text = durationText(length)
        return readDurationText(text) === length && durationMeant(text) === length
      }),
      { numRuns: runs(20_000) },
    ),
  )
})

test('whatever is meant as a length of time, reading it ends', t => {
  const said = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-z .:,]{0,20}$/))
  t.notThrows(() =>
    fc.assert(
      fc.property(said, text => {
        const ms = durationMeant(text)
        return ms === undefined || (Number.isSafeInteger(ms) && ms >= 0)
      }),
      { numRuns: runs(20_000) },
    ),
  )
})
