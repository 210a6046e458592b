import test from 'ava'
import { type Pattern, readPattern } from '../../src/language/pattern.ts'
import { everythingFoundBy } from '../../src/language/pattern-everything.ts'
import { decideBy, type Given, rules, told } from '../_rules.ts'
import { eachCondition } from './_each.ts'

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
