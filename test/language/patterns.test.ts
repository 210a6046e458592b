import test from 'ava'
import { decide } from '../../src/decide/decide.ts'
import { type Pattern, readPattern } from '../../src/language/pattern.ts'
import { everythingFoundBy } from '../../src/language/pattern-everything.ts'
import { callOf, decideBy, type Given, noon, rules, told } from '../_rules.ts'
import { eachCondition, eachRule } from './_each.ts'

const matches = test.macro({
  async exec(t, condition: string, given: Given, isMatch: boolean) {
    const ruleSet = rules(`rules:\n  - { rule: r, when: ${condition}, reject: 5001 }\n`)
    t.is(told(await decideBy(ruleSet, given)), isMatch ? 'reject 5001 by r' : 'allow')
  },
  title: (_, condition, given, isMatch) =>
    `${condition} ${isMatch ? 'finds' : 'does not find'} ${JSON.stringify(given)}`,
})

test(matches, "{ nickName: { matches: 'admin' } }", { nickName: 'ａｄｍｉｎ' }, true)
test(matches, "{ nickName: { matches: 'admin' } }", { nickName: 'a\u200bd\u2060min' }, true)
test(matches, "{ nickName: { matches: 'admin' } }", { nickName: '𝓪𝓭𝓶𝓲𝓷' }, true)
test(matches, "{ nickName: { matches: 'admin' } }", { nickName: 'ａＤｍｉｎ' }, false)
test(matches, "{ nickName: { matches: '(?i)admin' } }", { nickName: 'ａＤｍｉｎ' }, true)
test(matches, "{ nickName: { matches: '[０-９]' } }", { nickName: '１' }, true)
test(matches, "{ nickName: { matches: '\\x{200b}' } }", { nickName: 'a\u200bb' }, true)
test(matches, "{ nickName: { matches: '^.{3}$' } }", { nickName: 'a\u200bbc' }, true)
test(matches, "{ nickName: { matches: 'a  b' } }", { nickName: 'ａ  ｂ' }, true)
test(matches, "{ nickName: { matches: '^a b$' } }", { nickName: 'a  b' }, false)
test(matches, "{ nickName: { exactly: { matches: 'admin' } } }", { nickName: 'ａｄｍｉｎ' }, false)
test(matches, "{ nickName: { exactly: { matches: 'admin' } } }", { nickName: 'an admin' }, true)
test(matches, "{ nickName: { not: { matches: 'admin' } } }", { nickName: 'ａｄｍｉｎ' }, false)
test(matches, "{ userID: { matches: '^u1$' } }", { userID: 'ｕ1' }, false)
test(matches, "{ ex.name: { matches: 'admin' } }", { ex: '{"name":"ａdmin"}' }, true)
test(matches, "{ nickName: { matches: '[!]{2,}' } }", { nickName: '！！' }, true)

test(
  'a pattern that is found in everything is refused',
  eachCondition,
  `
nickName: { matches: '[0-9]*' }
                     ^^^^^^^^ bad-pattern

nickName: { matches: '.*' }
                     ^^^^ bad-pattern

nickName: { matches: '.' }
                     ^^^ bad-pattern

nickName: { matches: '.+' }
                     ^^^^ bad-pattern

nickName: { matches: 'spam|' }
                     ^^^^^^^ bad-pattern

nickName: { matches: '(ad||spam)' }
                     ^^^^^^^^^^^^ bad-pattern

nickName: { not: { matches: '(?s).' } }
                            ^^^^^^^ bad-pattern

nickName: { matches: '^[a-z]*$' }

nickName: { matches: '^.{0,20}$' }

nickName: { matches: '^$' }

nickName: { matches: '[^a]' }

nickName: { matches: 'a\\|' }
`,
)

test('why a pattern is found in everything is told', t => {
  const why = (source: string) => everythingFoundBy(readPattern(source) as Pattern)?.problem
  t.is(why('a|'), 'a| is found in every text, since one side of | is empty and so always found')
  t.is(why('a*'), 'a* is found in every text, even an empty one: nothing in it must be there')
  t.is(why('.'), '. is found in every text that is not empty: it asks only for any character')
  t.is(why('a\\||b*'), 'a\\||b* is found in every text, even an empty one: nothing in it must be there')
  t.is(why('a|b'), undefined)
})

const rewrites = test.macro({
  async exec(t, step: string, from: string, to: string) {
    const ruleSet = rules(`rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: ${step} } }\n`)
    t.is(told(await decideBy(ruleSet, { nickName: from })), from === to ? 'allow' : `allow nickName=${to}`)
  },
  title: (_, step, from, to) => `${step} makes ${JSON.stringify(from)} ${JSON.stringify(to)}`,
})

test(rewrites, "{ replace pattern: { find: '!+', with: '!' } }", 'hi!!! yes!', 'hi! yes!')
test(rewrites, "{ replace pattern: { find: '!{2,}', with: '' } }", 'hi！！！', 'hi')
test(rewrites, "{ replace pattern: { find: '(\\w+)@(\\w+)', with: '{match.2} at {match.1}' } }", 'a@b', 'b at a')
test(rewrites, "{ replace pattern: { find: '\\d+', with: '<{match}>' } }", 'a1b22', 'a<1>b<22>')
test(rewrites, "{ replace pattern: { find: '(a)|b', with: '{{{match.1}}}' } }", 'ab', '{a}{}')
test(rewrites, "{ replace pattern: { find: 'a.*b|a', with: x } }", 'aab aa', 'x xx')
test(rewrites, "{ replace pattern: { find: '\\bx*', with: y } }", 'xx a', 'y a')
test(rewrites, "{ replace pattern: { find: 'a|ａ', with: aa } }", 'aａa', 'aaaaaa')
test(rewrites, "{ mask pattern: '[0-9]{6,}' }", 'qq 1２3\u200b456 ok', 'qq ******* ok')
test(rewrites, "{ mask pattern: '[0-9]{6,}', with: '#' }", '１２３４５６', '######')
test(rewrites, "{ mask pattern: '(?i)damn' }", 'DAMN 12345', '**** 12345')

test(
  'what is wrong with a step that takes a pattern is pointed at',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickName: { mask pattern: '(' } }
                                     ^^^ bad-pattern

when: { nickName: present }
rewrite: { nickName: { mask pattern: '.*' } }
                                     ^^^^ bad-pattern

when: { nickName: present }
rewrite: { nickName: { replace pattern: { find: 'a*', with: b } } }
                                                ^^^^ bad-pattern

when: { nickName: present }
rewrite: { nickName: { replace pattern: { find: 'a', with: '{match.1}' } } }
                                                            ^^^^^^^^^ bad-template

when: { nickName: present }
rewrite: { nickName: { replace pattern: { find: 'a', with: '{userID}' } } }
                                                            ^^^^^^^^ bad-template

when: { nickName: present }
rewrite: { nickName: { replace pattern: { find: 'a' } } }
                                        ^^^^^^^^^^^^^ missing-key

when: { nickName: present }
rewrite: { nickName: { mask pattern: '[0-9]+', with: '' } }
                                                     ^^ wrong-value

when: { nickName: present }
rewrite: { nickName: mask pattern }
                     ^^^^^^^^^^^^ wrong-shape
`,
)

test('a long text is replaced in, in linear time and with pauses, and grows no further than there is room', async t => {
  const step = "{ replace pattern: { find: 'a.*b|a', with: '{match}{match}{match}' } }"
  const ruleSet = rules(`rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: ${step} } }\n`)
  let pauses = 0
  const began = performance.now()
  const pause = async () => void pauses++
  const decision = await decide(ruleSet, callOf({ nickName: 'a'.repeat(60_000) }), noon, { pause })
  t.true(performance.now() - began < 5_000)
  t.true(pauses > 10)
  t.is(decision.kind === 'allow' && (decision.rewrites.get('nickName') as string).length, 65_536)
})
