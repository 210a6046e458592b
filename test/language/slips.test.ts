import test from 'ava'
import { eachFile } from './_each.ts'
import { mends } from './_mends.ts'

test(
  'a dash before each line of a rule or a test is told once',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: r
  - when: { nickName: present }
    ^^^^ stray-dash
  - reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule: r
    when: { nickName: present }
    reject: 5001
  - mode: shadow
    ^^^^ stray-dash

callback: beforeSetGroupMemberInfo
rules:
  - rule: r
    when: { nickName: present }
    reject: 5001
    tests:
      - given: { nickName: a }
      - expect: { reject: 5001 }
        ^^^^^^ stray-dash

callback: beforeSetGroupMemberInfo
rules:
  - rule: r
    when: { nickName: present }
    reject: 5001
  - when: { userID: u }
    ^^^^ missing-key
    reject: 5002
`,
)

const ann = { nickName: 'Ann' }
const admin = { nickName: 'an admin' }

test(
  mends,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: r
  - when: { nickName: { contains: admin } }
  - reject: 5001
`,
  'only the first line of a rule has a dash',
  ['Delete these dashes', [ann, 'yes'], [admin, 'no']],
)
