import test from 'ava'
import { readFolder } from '../../src/language/folder/folder.ts'
import { demand } from '../../src/language/show/phrase.ts'
import { sentencesOf } from '../../src/language/show/sentence.ts'
import { atOnce } from '../../src/yaml/steps.ts'

const file = (rule: string, callback = 'beforeSendGroupMsg') => `callback: ${callback}
lists: { rude-words: [rude] }
counters:
  joins: { callback: beforeMembersJoinGroup, same: [groupID, each memberList.userID] }
  bad words: { callback: beforeSendGroupMsg, when: { message text: { has word in: rude-words } }, same: sendID, counting: all }
  groups: { callback: afterSendGroupMsg, same: sendID, different: groupID }
  mentioned: { callback: beforeSendGroupMsg, same: each atUserList }
rules:
  - { rule: r, ${rule} }
`

function rulesIn(content: string) {
  const { folder, diagnostics } = atOnce(readFolder([{ file: 'a.yaml', content }]))
  return (
    folder?.rules ??
    diagnostics.map(({ message }) => {
      throw new Error(message)
    })
  )
}

/** What explain says of the condition of a rule, between `when` and what it does. */
const says = test.macro<[string, string, string?]>({
  exec(t, when, clause, callback) {
    const [rule] = rulesIn(file(`when: { ${when} }, reject: 5001`, callback))
    const [sentence = ''] = rule === undefined ? [] : sentencesOf(rule)
    t.is(/, when (.*): reject with 5001\.$/.exec(sentence)?.[1], clause)
  },
  title: (_, when) => `explained: ${when}`,
})

test(
  says,
  'how often: { same: sendID, in: 10 seconds, more than: 5 }',
  'the same sendID sends more than 5 of these in 10 seconds, this one included (refused ones do not count)',
)
test(
  says,
  'msgFrom: user, how often: { same: [groupID, sendID], in: 24 hours, at least: 8, counting: all, then for: 60 seconds }',
  'msgFrom is user and there are at least 8 of these with the same groupID and sendID in 1 day, this one included (refused ones count, too), and for 1 minute from then on',
)
test(
  says,
  'how often: { same: sendID, in: 1 hour, at least: 3, counting: refused }',
  'the same sendID sends at least 3 of these in 1 hour (only refused ones count)',
)
test(
  says,
  'how often: { same: [sendID, message text], different: groupID, in: 5 minutes, more than: 3 }',
  'there are more than 3 different values of groupID in these with the same sendID and message text in 5 minutes, this one included (refused ones do not count)',
)
test(
  says,
  'how often: { in: 1 minute, between: [100, 200] }',
  'there are between 100 and 200 of these from all calls together in 1 minute, this one included (refused ones do not count)',
)
test(
  says,
  'how often: { same: each atUserList, in: 1 minute, is: 10 }',
  'there are exactly 10 of these with the same entry of atUserList in 1 minute, this one included (refused ones do not count)',
)
test(
  says,
  'how often: { same: groupID, different: memberList.userID, in: 1 minute, at least: 10 }',
  'there are at least 10 different values of userID in memberList in these with the same groupID in 1 minute, this one included (refused ones do not count)',
  'beforeMembersJoinGroup',
)
test(
  says,
  'how often: { same: [groupID, sendID], in: 1 day, at most: 1 }',
  'there is at most 1 of these with the same groupID and sendID in 1 day, this one included (refused ones do not count)',
)
test(
  says,
  'how often: { of: bad words, same: sendID, in: 1 day, is: 1 }',
  '“bad words” came exactly 1 time in 1 day for this sendID (refused ones count, too)',
)
test(
  says,
  'how often: { of: bad words, same: sendID, in: 1 day, at least: 3 }',
  '“bad words” came at least 3 times in 1 day for this sendID (refused ones count, too)',
)
test(
  says,
  'not: { how often: { of: bad words, same: sendID, in: 1 day, more than: 3 } }',
  '“bad words” came at most 3 times in 1 day for this sendID (refused ones count, too)',
)
test(
  says,
  'none: [{ how often: { of: bad words, same: sendID, in: 1 day, between: [2, 3] } }, { msgFrom: user }]',
  '“bad words” came not between 2 and 3 times in 1 day for this sendID (refused ones count, too) and msgFrom is not user',
)
test(
  says,
  'any: [{ how often: { of: groups, same: sendID, in: 1 day, less than: 3 } }, { how long since: { of: joins, same: [groupID, sendID], less than: 10 minutes } }]',
  '“groups” came with fewer than 3 different values of groupID in 1 day for this sendID or the last “joins” for this groupID and sendID was less than 10 minutes ago',
)
test(
  says,
  'not: { any: [{ how long since: { of: joins, same: [groupID, sendID], less than: 10 minutes } }, { how long since: { of: bad words, same: sendID, more than: 7 days } }] }',
  'the last “joins” for this groupID and sendID was 10 minutes or more ago and the last “bad words” for this sendID was 7 days or less ago',
)
test(
  says,
  'not: { how often: { of: mentioned, same: each atUserList, in: 1 day, at least: 3 } }',
  '“mentioned” came fewer than 3 times in 1 day for every entry of atUserList (refused ones do not count)',
)

test('a rule explains the counters that it asks, each once', t => {
  const often = 'how often: { of: bad words, same: sendID, in: 1 day, at least: 3 }'
  const since = 'how long since: { of: bad words, same: sendID, less than: 1 hour }'
  const [rule] = rulesIn(
    file(
      `when: { ${often} }, unless: { any: [{ ${since} }, { how often: { of: groups, same: sendID, in: 1 day, is: 1 } }] }, reject: { code: 5001, message: "{sendID}" }, if unsure: fire`,
    ),
  )
  t.deepEqual(rule && sentencesOf(rule).slice(1), [
    'While the shared counts cannot be reached, it takes unsure counts for true.',
    '“bad words” counts beforeSendGroupMsg when message text has a word of rude-words, for each sendID (refused ones count, too).',
    '“groups” counts afterSendGroupMsg, for each sendID, and of those the different values of groupID.',
  ])
})

test('a refusal shows {wait} as it is written', t => {
  const [rule] = rulesIn(
    file(
      'when: { how often: { same: sendID, in: 1 day, more than: 3 } }, reject: { code: 5001, message: "Wait {wait} s" }',
    ),
  )
  t.regex(rule === undefined ? '' : (sentencesOf(rule)[0] ?? ''), /saying “Wait \{wait\} s”/)
})

test('what a near miss needs is said of a count as of a group', t => {
  const [rule] = rulesIn(file('when: { how often: { same: sendID, in: 10 seconds, more than: 5 } }, reject: 5001'))
  t.is(
    rule && demand(rule.when),
    'it must be that the same sendID sends more than 5 of these in 10 seconds, this one included (refused ones do not count)',
  )
})
