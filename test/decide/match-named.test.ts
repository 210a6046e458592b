import { Writable } from 'node:stream'
import test from 'ava'
import { pino } from 'pino'
import { decisionLog } from '../../src/serve/decision-log.ts'
import { callOf, decideBy, type Given, ruleSetOf, rules } from '../_rules.ts'
import { eachFile, eachRule } from '../language/_each.ts'

const says = test.macro({
  async exec(t, when: string, given: Given, message: string) {
    const ruleSet = rules(`lists: { rude: [Damn, "hell*", 坏蛋], hosts: ["*.bad.example"] }
rules:
  - { rule: r, when: ${when}, reject: { code: 5001, message: "<{match}|{match.1}>" } }
  - { rule: p, when: { nickName: { matches: '(never) found' } }, reject: 5002 }
`)
    const decision = await decideBy(ruleSet, given)
    t.is(decision.kind === 'reject' && decision.message, message)
    t.is(decision.kind === 'reject' && decision.detail, '')
  },
  title: (_, when, given) => `what is found first by ${when} in ${JSON.stringify(given)} is named`,
})

/** A second way to hold, whose pattern has a group. */
const or = (condition: string) => `{ any: [${condition}, { userID: { matches: 'x(y)' } }] }`

test(says, "{ nickName: { matches: '([a-z]+)[0-9]+' } }", { nickName: 'no ab12' }, '<ab12|ab>')
test(says, "{ nickName: { matches: '([a-z]+)[0-9]+' } }", { nickName: 'ａｂ１２' }, '<ab12|ab>')
test(says, "{ nickName: { matches: 'a(b)?' } }", { nickName: 'ca' }, '<a|>')
test(says, or('{ nickName: { has word in: rude } }'), { nickName: 'you DAMN fool' }, '<Damn|>')
test(says, or('{ nickName: { has word in: rude } }'), { nickName: 'hellish' }, '<hell*|>')
test(says, or('{ nickName: { looks like a word in: rude } }'), { nickName: 'd.4.m.n' }, '<Damn|>')
test(says, or('{ nickName: { contains any: [x, admn] } }'), { nickName: 'ADMN' }, '<admn|>')
test(says, or('{ userID: { in list: [u-1, u-2] } }'), { userID: 'u-2' }, '<u-2|>')
test(says, or('{ faceURL: { hosted on: [bad.example] } }'), { faceURL: 'https://a.bad.example/x' }, '<bad.example|>')
test(says, or('{ nickName: { has phone number: true } }'), { nickName: 'tel １３８-1234-5678' }, '<１３８-1234-5678|>')
test(says, or('{ nickName: { has word in: rude } }'), { nickName: 'a', userID: 'xy' }, '<xy|y>')
test(says, "{ nickName: { not: { not in list: rude }, matches: '(a)' } }", { nickName: 'damn' }, '<Damn|>')
test(says, or('{ not: { none: [{ nickName: { has word: damn } }] } }'), { nickName: 'damn' }, '<damn|>')
test(says, "{ nickName: { not: { has word: damn }, matches: '(b)' } }", { nickName: 'ab' }, '<b|b>')

test('of the items of a list, the first one that passes is named', async t => {
  const ruleSet = ruleSetOf(`callback: beforeMembersJoinGroup
rules:
  - rule: r
    when: { memberList: { any item: { userID: { matches: 'bot-([0-9]+)' } } } }
    reject: { code: 5001, message: "{match.1}", detail: "{match}" }
`)
  const memberList = [{ userID: 'u-1' }, { userID: 'bot-7' }, { userID: 'bot-8' }]
  t.like(await decideBy(ruleSet, { memberList }), { message: '7', detail: 'bot-7' })
})

test('what a message says of a match is read once', async t => {
  const ruleSet = rules(`rules:
  - { rule: r, when: { nickName: { matches: '.+!' } }, reject: { code: 5001, message: "{match} {userID} {{match}}" } }
`)
  t.like(await decideBy(ruleSet, { nickName: '{userID}!', userID: 'u' }), { message: '{userID}! u {match}' })
})

test('the log names entries, and never what a user wrote', async t => {
  const ruleSet = rules(`rules:
  - { rule: w, when: { nickName: { has word in: [damn] } }, reject: { code: 5001, message: "no {match}" } }
  - { rule: p, when: { nickName: { matches: 'secret[0-9]+' } }, reject: { code: 5002, message: "no {match}" } }
  - { rule: e, when: { nickName: { has email: true } }, reject: { code: 5003, message: "no {match}" } }
`)
  const lines: string[] = []
  const stream = new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) })
  const { decided } = decisionLog(pino(stream))
  for (const nickName of ['DAMN', 'secret123', 'me@x.cn']) {
    const decision = await decideBy(ruleSet, { nickName })
    decided({
      ...{ requestId: 'r', operationId: '', call: callOf({ nickName }), decision },
      received: { text: '', body: null },
      version: 'v',
      at: 0,
      tookMs: 1,
    })
  }
  t.deepEqual(
    lines.map(line => JSON.parse(line).entry),
    ['damn', undefined, undefined],
  )
  t.false(/secret|me@x|DAMN/.test(lines.join('')))
})

test(
  'a message that names what nothing finds is pointed at',
  eachRule,
  `
when: { nickName: present }
reject: { code: 5001, message: "no {match}" }
                                   ^^^^^^^ bad-template

when: { nickName: { not: { has word: damn } } }
reject: { code: 5001, message: "no {match}" }
                                   ^^^^^^^ bad-template

when: { nickName: { has word: damn } }
reject: { code: 5001, message: "no {match.1}" }
                                   ^^^^^^^^^ bad-template

when: { nickName: { matches: '(a)b' } }
reject: { code: 5001, message: "no {match.2}" }
                                   ^^^^^^^^^ bad-template

when: { nickName: { matches: '(a)b' } }
reject: { code: 5001, message: "no {match.1}", detail: "{match}" }

when: { nickName: { matches: '(a)b' } }
rewrite: { nickName: { set: "{match}" } }
                             ^^^^^^^ unknown-field
`,
)

test(
  'a code that names what is found is for rules that find something',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
codes: { rude: { code: 5001, message: "{match} is rude" } }
rules:
  - rule: a
    when: { nickName: { has word in: [damn] } }
    reject: rude
    tests: [{ given: { nickName: DAMN }, expect: { reject: rude, message: damn is rude } }]
  - rule: b
    when: { userID: u }
    reject: rude
            ^^^^ bad-template
`,
)
