import test from 'ava'
import { warns } from './_warns.ts'

test(
  'an exception that covers nothing is told',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { bad: { words: [hell, 黄片, "admin*"], except: [hell kitty, shell, kitty, 三黃片, he11o, hell, root admin] } }
                        ^^^^ warning idle-exception
                                                                         ^^^^^ warning idle-exception
                                                                                     ^^^^^ warning idle-exception
rules:
  - { rule: a, when: { nickName: { has word in: bad } }, reject: 5001 }
  - { rule: b, when: { userID: { in list: words } }, reject: 5001 }
--- lists/words.txt
a
!!!
 ^^ warning idle-exception
! an a
! b*
! an a
  ^^^^ warning duplicate-entry
`,
)

test(
  'a rule that a list with exceptions seems to contradict is left alone',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { bad: { words: [黄片], except: [三黄片] } }
rules:
  - { rule: a, when: { nickName: { contains: 黄片, not: { contains any: bad } } }, reject: 5001 }
  - { rule: b, when: { nickName: { contains any: bad } }, reject: 5001 }
  - { rule: c, when: { nickName: { contains: 黄片 } }, reject: 5001 }
`,
)
