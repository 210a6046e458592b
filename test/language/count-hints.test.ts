import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { eachFile, mistakesIn, type TextFile } from './_each.ts'
import { fixed } from './_fixed.ts'

const file = (when: string, more = '') => `callback: beforeSendGroupMsg
counters:
  sent: { callback: beforeSendGroupMsg, same: sendID }
  pairs: { callback: beforeSendGroupMsg, same: [sendID, message text] }
rules:
  - { rule: r, when: { ${when} }, reject: 5001 }
  - { rule: s, when: { how often: { of: pairs, same: [sendID, message text], in: 1 day, is: 2 } }, reject: 5002 }
  - { rule: t, when: { how often: { of: sent, same: sendID, in: 1 day, is: 2 } }, reject: 5003 }
${more}`

const folder = (content: string): TextFile[] => [{ file: 'a.yaml', content }]

/** One mistake in a condition, its fixes by what they write, after each of which nothing is left to say. */
const leads = test.macro<[string, ...string[]]>({
  exec(t, when, ...labels) {
    const content = file(when)
    const [mistake, ...others] = mistakesIn(check(folder(content)).diagnostics)
    t.deepEqual(others, [])
    t.deepEqual(
      mistake?.fixes?.map(({ label }) => label.replace(/^Write /, '')),
      labels,
      mistake?.hint,
    )
    for (const fix of mistake?.fixes ?? []) {
      const after = fixed(folder(content), fix)
      t.deepEqual(mistakesIn(check(after).diagnostics), [], after[0]?.content)
    }
  },
  title: (_, when, ...labels) => `${when} leads to ${labels.join(' or ')}`,
})

/** A word that limiters have, in place of one of ours. */
const often = (words: string) => `how often: { ${words} }`

// How long calls count.
for (const word of [
  'per',
  'within',
  'window',
  'period',
  'interval',
  'during',
  'time',
  'duration',
  'timeframe',
  'every',
])
  test(leads, often(`same: sendID, ${word}: 10s, more than: 5`), 'in: 10 seconds')
test(leads, often('same: sendID, in the last: 1 min, more than: 5'), 'in: 1 minute')
test(leads, often('same: sendID, per: minute, more than: 5'), 'in: 1 minute')
test(leads, often('same: sendID, seconds: 90, more than: 5'), 'in: 90 seconds')
test(leads, often('same: sendID, minutes: 5, more than: 5'), 'in: 5 minutes')
test(leads, often('same: sendID, in: 10 seconds, more than: 5, max: 9'), 'Remove "max"')
test(leads, often('same: sendID, window: 10, more than: 5'), 'in: 10 seconds')

// By what they count.
for (const word of ['by', 'per', 'for each', 'key', 'group by', 'user', 'per user', 'sender', 'from', 'who'])
  test(leads, often(`${word}: sendID, in: 10 seconds, more than: 5`), 'same: sendID')
test(leads, often('by: user, in: 10 seconds, more than: 5'), 'same: sendID')
test(leads, often('by: ip, in: 10 seconds, more than: 5'), 'same: sendID')
test(leads, often('per: each atUserList, in: 10 seconds, more than: 5'), 'same: each atUserList')
test(leads, often('by: [sendID, groupID], in: 10 seconds, more than: 5'), 'same: [sendID, groupID]')
test(leads, often('same: user, in: 10 seconds, more than: 5'), 'sendID')
test(leads, often('same: sender, in: 10 seconds, more than: 5'), 'sendID')
test(leads, often('same: group, in: 10 seconds, more than: 5'), 'groupID')
test(leads, often('same: sendId, in: 10 seconds, more than: 5'), 'sendID')
test(leads, often('same: text, in: 10 seconds, more than: 5'), 'message text')
test(leads, often('same: "sendID, message text", in: 10 seconds, more than: 5'), '[sendID, message text]')
test(leads, often('same: [sendID, "groupID, message text"], in: 1 day, more than: 5'), 'groupID, message text')
test(leads, often('same: sendID + groupID, in: 10 seconds, more than: 5'), '[sendID, groupID]')
test(leads, often('same: sendID, distinct: groupID, in: 10 seconds, more than: 5'), 'different: groupID')
test(leads, often('same: sendID, unique: group, in: 10 seconds, more than: 5'), 'different: groupID')

// From which number on.
for (const word of ['limit', 'max', 'maximum', 'over', 'above', 'exceeds', 'rate', 'cap', 'quota', 'burst'])
  test(leads, often(`same: sendID, in: 10 seconds, ${word}: 5`), 'more than: 5')
for (const word of ['count', 'times', 'threshold', 'messages', 'calls', 'number', 'attempts'])
  test(leads, often(`same: sendID, in: 10 seconds, ${word}: 5`), 'more than: 5', 'at least: 5')
test(leads, often('same: sendID, in: 10 seconds, min: 5'), 'at least: 5')
test(leads, often('same: sendID, min: 5, more than: 5'), 'in: 5 minutes')
test(leads, often('same: sendID, in: 10 seconds, exactly: 5'), 'is: 5')
test(leads, often('same: sendID, in: 10 seconds, more then: 5'), 'more than')
test(leads, often('same: sendID, in: 10 seconds, greater than: 5'), 'more than')
test(leads, often('same: sendID, in: 10 seconds, moreThan: 5'), 'more than')
test(leads, often('same: sendID, in: 10 seconds, more than: 5, at most: 9'), 'between: [6, 9]')
test(leads, often('same: sendID, in: 10 seconds, between: 5 and 9'), '[5, 9]')
test(leads, often('same: sendID, in: 10 seconds, more than: 5 times'), '5')
test(leads, often('same: sendID, in: 10 seconds, more than: 5000'), '1000')

// Lengths of time.
test(leads, often('same: sendID, in: 10, more than: 5'), '10 seconds', '10 minutes', '10 hours')
test(leads, often('same: sendID, in: 90, more than: 5'), '90 seconds', '90 minutes', '90 hours')
for (const [written, meant] of [
  ['10s', '10 seconds'],
  ['10 sec', '10 seconds'],
  ['10 Seconds', '10 seconds'],
  ['1h', '1 hour'],
  ['1h30m', '90 minutes'],
  ['1 hour and 30 minutes', '90 minutes'],
  ['1 week', '7 days'],
  ['one minute', '1 minute'],
  ['half an hour', '30 minutes'],
  ['hour', '1 hour'],
  ['1 hours', '1 hour'],
  ['24h', '1 day'],
  ['PT1M', '1 minute'],
  ['00:00:10', '10 seconds'],
  ['10 分钟', '10 minutes'],
  ['5 Minuten', '5 minutes'],
  ['10_seconds', '10 seconds'],
  ['500 ms', '1 second'],
  ['3 months', '30 days'],
] as const)
  test(leads, often(`same: sendID, in: ${written}, more than: 5`), meant)

// What becomes of calls.
for (const word of ['allowed', 'accepted', 'passed', 'sent'])
  test(leads, often(`same: sendID, in: 1 hour, more than: 5, counting: ${word}`), 'let through')
for (const word of ['rejected', 'blocked', 'denied'])
  test(leads, often(`same: sendID, in: 1 hour, more than: 5, counting: ${word}`), 'refused')
test(leads, often('same: sendID, in: 1 hour, more than: 5, counting: both'), 'all')
test(leads, often('same: sendID, in: 1 hour, more than: 5, counts: all'), 'counting: all')
for (const word of ['block for', 'mute', 'cooldown', 'then quiet', 'hold'])
  test(leads, often(`same: sendID, in: 1 hour, more than: 5, ${word}: 1 minute`), 'then for: 1 minute')
test(leads, often('same: sendID, in: 1 hour, more than: 5, thenFor: 1 minute'), 'then for: 1 minute')

// The count itself.
for (const word of [
  'howoften',
  'how_often',
  'rate limit',
  'rateLimit',
  'throttle',
  'flood',
  'frequency',
  'how many times',
])
  test(leads, `msgFrom: user, ${word}: { same: sendID, in: 10 seconds, more than: 5 }`, 'how often')
const whole = '{ same: sendID, in: 10 seconds, more than: 5 }'
for (const written of ['5 per 10 seconds', '5/10s', 'more than 5 in 10 seconds', '5 messages in 10s', '5'])
  test(leads, `how often: ${written}`, whole)
test(leads, 'msgFrom: user, rate limit: 5 per minute', 'how often: { same: sendID, in: 1 minute, more than: 5 }')
test(leads, 'msgFrom: user, rate: at least 3 per day', 'how often: { same: sendID, in: 1 day, at least: 3 }')
test(leads, 'msgFrom: user, how long ago: { of: sent, same: sendID, less than: 1 day }', 'how long since')

// What does not belong inside a count.
test(leads, often('same: sendID, in: 10 seconds, more than 5: true'), 'more than: 5')
test(leads, often('same: sendID, in: 10 seconds, not: { more than: 5 }'), 'at most: 5')
test(leads, often('same: sendID, in: 10 seconds, no more than: 5'), 'at most: 5', 'more than: 5')

// Counters.
test(leads, often('counter: sent, same: sendID, in: 1 day, more than: 5'), 'of: sent')
test(leads, often('of: send, same: sendID, in: 1 day, more than: 5'), 'sent')
test(leads, often('of: sent, same: [sendID, groupID], in: 1 day, more than: 5'), 'sendID')
test(leads, often('of: sent, in: 1 day, more than: 5'), 'same: sendID')
test(leads, often('of: pairs, same: [message text, sendID], in: 1 day, more than: 5'), '[sendID, message text]')
test(leads, often('of: sent, same: sendID, in: 1 day, more than: 5, then for: 1 minute'), 'Remove "then for"')
test(leads, often('of: sent, same: sendID, in: 1 day, more than: 5, counting: all'), 'Remove "counting"')
for (const word of ['within', 'in', 'under', 'at most', 'max'])
  test(leads, `how long since: { of: sent, same: sendID, ${word}: 10m }`, 'less than: 10 minutes')
for (const word of ['at least', 'min', 'after', 'over'])
  test(leads, `how long since: { of: sent, same: sendID, ${word}: 10m }`, 'more than: 10 minutes')

test(
  'what stands inside a count is sent out of it',
  eachFile,
  `
callback: beforeSendGroupMsg
rules:
  - rule: r
    when: { how often: { same: sendID, in: 10 seconds, more than: 5, message text: present } }
                                                                     ^^^^^^^^^^^^ unknown-key
    reject: 5001

callback: beforeSendGroupMsg
rules:
  - rule: r
    when: { how often: { same: sendID, in: 10 seconds, more than: 5, when: { msgFrom: user } } }
                                                                     ^^^^ unknown-key
    reject: 5001

callback: beforeSendGroupMsg
rules:
  - rule: r
    when:
      how often:
        same: sendID
        in: 10 seconds
        more than: 5
        unless: { sendID: u-1 }
        ^^^^^^ unknown-key
    reject: 5001

callback: beforeSendGroupMsg
rules:
  - rule: r
    when: { how often: { same: sendID, in: 1 day, more than: 5 }, how often: { same: sendID, in: 1 hour, more than: 3 } }
                                                                  ^^^^^^^^^ duplicate-key
    reject: 5001

callback: beforeSendGroupMsg
rules:
  - rule: r
    when: { how often: { same: sendID, in: 1 day, more than: 5 } }
    reject: { code: 5001, message: "\${wait} s" }
                                    ^^^^^^^ warning bad-template
`,
)

// Keys of a rule and of a file.
test(
  'keys of a rule and of a file by other names',
  eachFile,
  `
callback: beforeSendGroupMsg
rules:
  - { rule: r, when: { msgFrom: user }, reject: 5001, on error: skip }
                                                      ^^^^^^^^ unknown-key

callback: beforeSendGroupMsg
rules:
  - { rule: r, when: { msgFrom: user }, reject: 5001, if unsure: reject }
                                                                 ^^^^^^ wrong-value

callback: beforeSendGroupMsg
rate limits: { sent: { callback: beforeSendGroupMsg, same: sendID } }
^^^^^^^^^^^ unknown-key

callback: beforeSendGroupMsg
counter: { sent: { callback: beforeSendGroupMsg, same: sendID } }
^^^^^^^ unknown-key

callback: beforeSendGroupMsg
rules:
  - { rule: r, when: { msgFrom: user }, reject: 5001, rate limit: { same: sendID, in: 1 day, more than: 5 } }
                                                      ^^^^^^^^^^ unknown-key

callback: beforeSendGroupMsg
rules:
  - { rule: r, when: { msgFrom: user }, reject: 5001, howoften: { same: sendID, in: 1 day, more than: 5 } }
                                                      ^^^^^^^^ unknown-key

callback: beforeSendGroupMsg
rules:
  - { rule: r, when: { msgFrom: user }, reject: 5001, counters: { sent: { callback: beforeSendGroupMsg, same: sendID } } }
                                                      ^^^^^^^^ unknown-key

callback: beforeSendGroupMsg
rules:
  - { rule: r, reject: 5001, how often: { same: sendID, in: 1 day, more than: 5 } }
                             ^^^^^^^^^ unknown-key
`,
)

/** A file with one mistake, a piece of its hint, and the file once the hint has been obeyed. */
const obeyed = test.macro<[string, string, (content: string) => string]>({
  exec(t, content, hint, obey) {
    const [mistake, ...others] = mistakesIn(check(folder(content)).diagnostics)
    t.deepEqual(others, [])
    t.true(mistake?.hint?.includes(hint), mistake?.hint)
    const after = obey(content)
    t.not(after, content)
    t.deepEqual(mistakesIn(check(folder(after)).diagnostics), [], after)
  },
  title: (_, content, hint) => `obeyed: ${hint.slice(0, 120)} (${content.length})`,
})

const own = 'how often: { same: sendID, in: 10 seconds, more than: 5 }'
const named = 'how often: { of: my calls, same: sendID, in: 10 seconds, more than: 5 }'
const counter = 'counters: { my calls: { callback: beforeSendGroupMsg, same: sendID } }'
for (const wrong of [
  `any: [{ ${own} }]`,
  `none: [{ ${own} }]`,
  `not: { ${own} }`,
  `msgFrom: user }, unless: { ${own}`,
]) {
  const content = `callback: beforeSendGroupMsg\nrules:\n  - { rule: r, when: { ${wrong} }, reject: 5001 }\n`
  test(
    obeyed,
    content,
    `Write ${counter} at the top of the file, and here ${named}`,
    text => `${counter}\n${text.replace(own, named)}`,
  )
}
test(
  obeyed,
  `callback: beforeSendGroupMsg\nrules:\n  - { rule: r, when: { all: [{ msgFrom: user }, { ${own} }] }, reject: 5001 }\n`,
  'Write it beside the group, directly under "when"',
  text => text.replace(`, { ${own} }]`, `], ${own}`),
)
test(
  obeyed,
  `callback: beforeSendGroupMsg\nrules:\n  - { rule: r, when: { msgFrom: user }, ${own}, reject: 5001 }\n`,
  'Write conditions under "when", indented deeper: when: { how often: … }',
  text => text.replace(`user }, ${own}`, `user, ${own} }`),
)
test(
  obeyed,
  file(often('same: sendID, more than: 5')),
  'Write in: 10 seconds (or how long calls count), as in { same: sendID, in: 10 seconds, more than: 5 }',
  text => text.replace('{ same: sendID, more than: 5 }', '{ same: sendID, in: 10 seconds, more than: 5 }'),
)
test(obeyed, file(often('same: sendID, in: 1 day')), 'Write more than: 5', text =>
  text.replace('sendID, in: 1 day }', 'sendID, in: 1 day, more than: 5 }'),
)
test(
  obeyed,
  file(often('same: atUserList, in: 1 day, more than: 5')),
  'Write each atUserList to count for each of them, or different: atUserList to count different ones',
  text => text.replace('same: atUserList', 'different: atUserList'),
)
test(
  obeyed,
  file('atUserList: { any item: { is: u-1, how often: { of: sent, same: sendID, in: 1 day, more than: 5 } } }'),
  'write it beside "atUserList", not inside it',
  text =>
    text.replace(
      ', how often: { of: sent, same: sendID, in: 1 day, more than: 5 } } }',
      ' } }, how often: { of: sent, same: sendID, in: 1 day, more than: 5 }',
    ),
)
test(
  obeyed,
  file(often('of: gone, same: sendID, in: 1 day, more than: 5')),
  'counters: { gone: { callback: beforeSendGroupMsg, same: sendID } }',
  text => text.replace('counters:', 'counters:\n  gone: { callback: beforeSendGroupMsg, same: sendID }'),
)
test(
  obeyed,
  file('how long since: { same: sendID, less than: 1 day }'),
  'Write { of: sent, same: sendID, less than: 10 minutes }',
  text => text.replace('{ same: sendID, less than: 1 day }', '{ of: sent, same: sendID, less than: 10 minutes }'),
)
test(
  obeyed,
  file(often('of: sent, same: sendID, more than: 5')),
  'as in { of: sent, same: sendID, in: 10 seconds, more than: 5 }',
  text =>
    text.replace(
      '{ of: sent, same: sendID, more than: 5 }',
      '{ of: sent, same: sendID, in: 10 seconds, more than: 5 }',
    ),
)
test(
  obeyed,
  file('how long since: { of: sent, same: sendID }'),
  'Write less than: 10 minutes, or more than: 10 minutes',
  text => text.replace('sendID } }, reject', 'sendID, less than: 10 minutes } }, reject'),
)
