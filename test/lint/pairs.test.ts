import test from 'ava'
import { warns } from './_warns.ts'

test(
  'a replacement that is replaced again is told',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { own: { pairs: { 失业: 灵活失業, a: b, b: c, d: dd, e: the e }, except: [the e] } }
                         ^^ warning not-idempotent
                                   ^ warning not-idempotent
rules:
  - { rule: a, when: { userID: a }, rewrite: { nickName: { replace words in: own } } }
  - { rule: b, when: { userID: b }, rewrite: { nickName: { replace words in: { damn: "oh, Damn" } } } }
                                                                               ^^^^ warning not-idempotent
  - { rule: c, when: { userID: c }, rewrite: { nickName: { replace words in: pairs } } }
--- lists/pairs.txt
x = q
y* = zed
z = yes
^ warning not-idempotent
`,
)
