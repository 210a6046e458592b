import test from 'ava'
import { eachCondition, eachFile, eachRule } from './_each.ts'

test(
  'time says what it is within',
  eachCondition,
  `
time: "22:00-07:00"
      ^^^^^^^^^^^^^ wrong-shape

time: 22:00-07:00
      ^^^^^^^^^^^ wrong-shape

time: { zone: UTC }
      ^^^^^^^^^^^^^ empty

time: { witin: "22:00-07:00", zone: UTC }
        ^^^^^ unknown-key

time: { hours: "22:00-07:00", zone: UTC }
        ^^^^^ unknown-key

time: [ { within: "22:00-07:00" } ]
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-shape

time: { after: "22:00", zone: UTC }
        ^^^^^ unknown-key

time: { at least: "22:00" }
        ^^^^^^^^ unknown-key

time: always
      ^^^^^^ wrong-shape

time: weekends
      ^^^^^^^^ wrong-shape

time: 22
      ^^ wrong-shape

time: null
      ^^^^ wrong-shape
`,
)

test(
  'a time without a zone is told so',
  eachCondition,
  `
time: { within: "22:00-07:00" }
^^^^ missing-zone
`,
)

test(
  'a time span is two times',
  eachCondition,
  `
time: { within: "22-07", zone: UTC }
                ^^^^^^^ bad-time

time: { within: "9:00-17:00", zone: UTC }
                ^^^^^^^^^^^^ bad-time

time: { within: "22:00-25:00", zone: UTC }
                ^^^^^^^^^^^^^ bad-time

time: { within: "22:00-22:00", zone: UTC }
                ^^^^^^^^^^^^^ bad-time

time: { within: "24:00-07:00", zone: UTC }
                ^^^^^^^^^^^^^ bad-time

time: { within: ["22:00", "07:00"], zone: UTC }
                ^^^^^^^^^^^^^^^^^^ wrong-shape

time: { within: "22:00 to 07:00", zone: UTC }
                ^^^^^^^^^^^^^^^^ bad-time

time: { within: "22:00–07:00", zone: UTC }
                ^^^^^^^^^^^^^ bad-time

time: { within: "10pm-7am", zone: UTC }
                ^^^^^^^^^^ bad-time
`,
)

test(
  'a day is one of seven, or some of them',
  eachCondition,
  `
time: { days: [mon, tues], zone: UTC }
                    ^^^^ bad-time

time: { days: monday, zone: UTC }
              ^^^^^^ bad-time

time: { days: [Mon], zone: UTC }
               ^^^ bad-time

time: { days: [1, 2], zone: UTC }
               ^ bad-time
                  ^ bad-time

time: { days: workdays, zone: UTC }
              ^^^^^^^^ bad-time

time: { days: "mon, tue", zone: UTC }
              ^^^^^^^^^^ bad-time

time: { days: null, zone: UTC }
              ^^^^ wrong-value

time: { days: { mon: true }, zone: UTC }
              ^^^^^^^^^^^^^ wrong-shape

time: { days: monday-friday, zone: UTC }
              ^^^^^^^^^^^^^ bad-time

time: { days: [], zone: UTC }
              ^^ empty
`,
)

test(
  'a zone is named by its city',
  eachCondition,
  `
time: { within: "22:00-07:00", zone: Shanghai }
                                     ^^^^^^^^ bad-zone

time: { within: "22:00-07:00", zone: Asia/Peking }
                                     ^^^^^^^^^^^ bad-zone

time: { within: "22:00-07:00", zone: "+08:00" }
                                     ^^^^^^^^ bad-zone

time: { within: "22:00-07:00", zone: CST }
                                     ^^^ bad-zone

time: { days: mon, zone: [UTC] }
                         ^^^^^ wrong-shape

time: { days: mon, zone: GMT+8 }
                         ^^^^^ bad-zone

time: { days: mon, zone: EST }
                         ^^^ bad-zone

time: { days: mon, zone: utc }
                         ^^^ bad-zone

time: { days: mon, zone: America/New York }
                         ^^^^^^^^^^^^^^^^ bad-zone

time: { days: mon, zne: UTC }
                   ^^^ unknown-key
`,
)

test(
  'two mistakes in one time are two',
  eachCondition,
  `
time: { within: "9-17", days: [monday] , zone: UTC }
                ^^^^^^ bad-time
                               ^^^^^^ bad-time
`,
)

test(
  'a zone is missed once a file',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { time: { within: "22:00-07:00" } }
            ^^^^ missing-zone
    reject: 5001
  - rule: b
    when: { time: { within: "22:00-07:00" } }
    reject: 5001
    from: 2026-03-01
  - rule: c
    when: { nickName: present }
    reject: 5001
    tests:
      - { given: { nickName: a }, at: "2026-03-01 10:00", expect: { reject: 5001 } }
`,
)

test(
  'a zone stands at the top of a file or in time',
  eachRule,
  `
when: { nickName: present }
reject: 5001
from: 2026-03-02
^^^^ missing-zone
until: 2026-03-05

callback: beforeSetGroupMemberInfo
zone: Asia/Shangai
      ^^^^^^^^^^^^ bad-zone
rules:
  - rule: r
    when: { nickName: present, time: { within: "22:00-07:00" } }
    reject: 5001
    from: 2026-03-02
    until: 2026-03-05

callback: beforeSetGroupMemberInfo
timezone: Asia/Shanghai
^^^^^^^^ unknown-key
rules:
  - rule: r
    when: { nickName: present, time: { within: "22:00-07:00" } }
    reject: 5001

callback: beforeSetGroupMemberInfo
zone: 8
      ^ bad-zone
rules:
  - rule: r
    when: { nickName: present, time: { within: "22:00-07:00" } }
    reject: 5001

zone: UTC
^^^^ unknown-key
when: { nickName: present, time: { within: "22:00-07:00" } }
reject: 5001

--- a.yaml
conditions: { night: { time: { within: "22:00-07:00" } } }
                       ^^^^ missing-zone
--- b.yaml
callback: beforeSetGroupMemberInfo
zone: UTC
rules:
  - rule: a
    when: { use: night }
    reject: 5001
`,
)

test(
  'from and until are days or instants',
  eachRule,
  `
when: { nickName: present }
reject: 5001
from: 2026-03-01
^^^^ missing-zone

when: { nickName: present }
reject: 5001
from: 01.03.2026
      ^^^^^^^^^^ bad-date

when: { nickName: present }
reject: 5001
from: 2026-02-30
      ^^^^^^^^^^ bad-date

when: { nickName: present }
reject: 5001
from: 2026-3-1
      ^^^^^^^^ bad-date

when: { nickName: present }
reject: 5001
from: 2026
      ^^^^ bad-date

when: { nickName: present }
reject: 5001
from: 2026-03-01T08:00:00
      ^^^^^^^^^^^^^^^^^^^ bad-date

when: { nickName: present }
reject: 5001
until: tomorrow
       ^^^^^^^^ bad-date

when: { nickName: present }
reject: 5001
from: 2026-03-01T08:00:00Z
until: 2026-02-01T08:00:00Z
       ^^^^^^^^^^^^^^^^^^^^ until-before-from

callback: beforeSetGroupMemberInfo
zone: UTC
rules:
  - rule: r
    when: { nickName: present }
    reject: 5001
    from: 2026-03-02
    until: 2026-03-01
           ^^^^^^^^^^ until-before-from

when: { nickName: x }
reject: 5001
from: [2026-03-01]
      ^^^^^^^^^^^^ wrong-shape

when: { nickName: x }
reject: 5001
start: 2026-03-01T00:00:00Z
^^^^^ unknown-key

when: { nickName: x }
reject: 5001
from: 2026-03-01T00:00:00+25:00
      ^^^^^^^^^^^^^^^^^^^^^^^^^ bad-date

when: { nickName: x }
reject: 5001
from: 2026-13-01
      ^^^^^^^^^^ bad-date

when: { nickName: x }
reject: 5001
from: 2026-03-01T24:00:00Z
      ^^^^^^^^^^^^^^^^^^^^ bad-date
`,
)
