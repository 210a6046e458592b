import test from 'ava'
import { rulesOf } from '../../src/cases/run-cases.ts'
import { decide } from '../../src/decide/decide.ts'
import { phrase } from '../../src/language/show/phrase.ts'
import { callOf, decideBy, noon, rules, told } from '../_rules.ts'
import { eachCondition, eachRule } from './_each.ts'

test(
  'what stands after a kind is true, or the countries of telephone numbers',
  eachCondition,
  `
nickName: { has phone number: true }

nickName: { has phone number: CN }

nickName: { has phone number: [cn, no] }

ex.bio: { has email: true }

nickName: { has phone number: false }
                              ^^^^^ wrong-value

nickName: { has phone number: china }
                              ^^^^^ wrong-value

nickName: { has phone number: [cn, xx] }
                                   ^^ wrong-value

nickName: { has phone number: [] }
                              ^^ empty

nickName: { has phone number: 86 }
                              ^^ wrong-value

nickName: { has email: [gmail.com] }
                       ^^^^^^^^^^^ wrong-value

userID: { has email: true }
          ^^^^^^^^^ wrong-kind
`,
)

test(
  'a step that masks a kind stands alone, or with a sign',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickName: [mask emails, mask phone numbers] }

when: { nickName: present }
rewrite: { nickName: { mask phone numbers: [cn, us], with: "#" } }

when: { nickName: present }
rewrite: { nickName: { mask emails: true, with: "" } }
                                                ^^ wrong-value

when: { nickName: present }
rewrite: { nickName: { mask emails: yes } }
                                    ^^^ wrong-value

when: { nickName: present }
rewrite: { nickName: { mask phone numbers: uk } }
                                           ^^ wrong-value

when: { nickName: present }
rewrite: { roleLevel: mask emails }
                      ^^^^^^^^^^^ wrong-kind

when: { nickName: present }
rewrite: { nickName: { mask emails: true, wiht: "#" } }
                                          ^^^^ unknown-key
`,
)

test('a condition with kinds reads as a sentence', t => {
  const when = '{ nickName: { has phone number: [cn, us], not: { has email: true } } }'
  const [rule] = rulesOf(rules(`rules: [{ rule: r, when: ${when}, reject: 5001 }]\n`))
  t.is(rule && phrase(rule.when.condition), 'nickName has a phone number of cn, us and nickName has no email address')
})

test('inside JSON, kinds are found in texts alone', async t => {
  const ruleSet = rules('rules:\n  - { rule: r, when: { ex.phone: { has phone number: cn } }, reject: 5001 }\n')
  t.is(told(await decideBy(ruleSet, { ex: '{"phone":"138 1234 5678"}' })), 'reject 5001 by r')
  t.is(told(await decideBy(ruleSet, { ex: '{"phone":13812345678}' })), 'allow')
})

test('a long text is looked through with pauses, by tests and by steps', async t => {
  const nickName = '999-999-9999 '.repeat(5_000)
  for (const rule of [
    '{ rule: r, when: { nickName: { has phone number: [us, de] } }, reject: 5001 }',
    '{ rule: r, when: { nickName: present }, rewrite: { nickName: mask phone numbers } }',
  ]) {
    let pauses = 0
    const pause = async () => void pauses++
    t.is(told(await decide(rules(`rules: [${rule}]\n`), callOf({ nickName }), noon, { pause })), 'allow')
    t.true(pauses > 10, rule)
  }
})
