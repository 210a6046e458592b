import test from 'ava'
import { eachFile, eachRule } from './_each.ts'

test(
  'a section that is no mapping may define every name in it',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
codes:
  - staff-name: 5001
  ^^^^^^^^^^^^^^^^^^ wrong-shape
rules:
  - rule: a
    when: { nickName: present }
    reject: staff-name

callback: beforeSetGroupMemberInfo
lists:
  - vips: [u-1]
  ^^^^^^^^^^^^^ wrong-shape
rules:
  - rule: a
    when: { userID: { in list: vips } }
    reject: 5001

callback: beforeSetGroupMemberInfo
conditions:
  - quiet: { nickName: present }
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-shape
rules:
  - rule: a
    when: { use: quiet }
    reject: 5001

callback: beforeSetGroupMemberInfo
definitions:
^^^^^^^^^^^ unknown-key
  quiet: { nickName: present }
rules:
  - rule: a
    when: { use: quiet }
    reject: 5001

callback: beforeSetGroupMemberInfo
list:
^^^^ unknown-key
  vips: [u-1]
rules:
  - rule: a
    when: { userID: { in list: vips } }
    reject: 5001
`,
)

test(
  'a code is told once, however often it is used',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
codes:
  staff-name: 500
              ^^^ bad-code
rules:
  - rule: a
    when: { nickName: present }
    reject: staff-name
  - rule: b
    when: { nickName: present }
    reject: { code: staff-name, message: hi }
    tests:
      - { given: { nickName: a }, expect: { reject: staff-name } }

callback: beforeSetGroupMemberInfo
codes:
  a: 5001
  b: a
     ^ bad-code
rules:
  - rule: a
    when: { nickName: present }
    reject: b

callback: beforeSetGroupMemberInfo
codes: { a: {} }
            ^^ missing-key
rules:
  - rule: a
    when: { nickName: present }
    reject: a

callback: beforeSetGroupMemberInfo
codes: { a: { code: 5001, message: "Hi {nickName" } }
                                       ^ bad-template
rules:
  - rule: a
    when: { nickName: present }
    reject: a
  - rule: b
    when: { nickName: present }
    reject: a

callback: beforeSetGroupMemberInfo
codes: { a: { code: 5001, message: "Hi {nickname}" } }
                                       ^^^^^^^^^^ unknown-field
rules:
  - rule: a
    when: { nickName: present }
    reject: a
  - rule: b
    when: { nickName: present }
    reject: a
`,
)

test(
  'a code that nothing uses is checked',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
codes: { a: { code: 5001, message: "Hi {nickName" } }
                                       ^ bad-template
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001

callback: beforeSetGroupMemberInfo
codes: { a: { code: 5001, message: "Hi {nickname}" } }
                                       ^^^^^^^^^^ unknown-field
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001

callback: beforeSetGroupMemberInfo
codes: { a: { code: 5001, message: "{x}", detail: "{" } }
                                    ^^^ unknown-field
                                                   ^ bad-template
rules:
  - rule: r
    when: { nickName: present }
    reject: a
`,
)

test(
  'a name that is misspelt is pointed at',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
codes: { staff-name: 5001 }
rules:
  - rule: a
    when: { nickName: present }
    reject: staffname
            ^^^^^^^^^ unknown-code

callback: beforeSetGroupMemberInfo
conditions: { quiet hours: { nickName: present } }
rules:
  - rule: a
    when: { use: quiet-hours }
                 ^^^^^^^^^^^ unknown-condition
    reject: 5001

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { userID: { in list: staff } }
                               ^^^^^ unknown-list
    reject: 5001
--- lists/staff-names.txt
bob
--- lists/stuff.txt
alice
`,
)

test(
  'a condition is told once, however often it is used',
  eachRule,
  `
callback: beforeSetGroupMemberInfo
conditions:
  quiet: { nickname: present }
           ^^^^^^^^ unknown-field
  other: { use: quiet }
  another: { any: [ { use: other }, { use: quiet } ] }
rules:
  - rule: a
    when: { use: quiet }
    reject: 5001
  - rule: b
    when: { use: other }
    reject: 5001
  - rule: c
    when: { use: another }
    reject: 5001

callback: beforeSetGroupMemberInfo
conditions:
  another: { any: [ { use: other }, { use: quiet } ] }
  other: { use: quiet }
  quiet: { nickname: present }
           ^^^^^^^^ unknown-field
rules:
  - rule: a
    when: { use: another }
    reject: 5001

callback: beforeSetGroupMemberInfo
conditions:
  quiet: { nickName: @foo }
                     ^^^^ needs-quotes
rules:
  - rule: a
    when: { use: quiet }
    reject: 5001

when: { nickName: present }
when: { groupID: x }
^^^^ duplicate-key
reject: 5001

--- a.yaml
conditions: { c: { nickNames: x } }
                   ^^^^^^^^^ unknown-field
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { use: c }
    reject: 5001

--- a.yaml
conditions: { c: { nickName: { contain: x } } }
                               ^^^^^^^ unknown-word
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001

callback: beforeSetGroupMemberInfo
conditions: { c: { use: d } }
                        ^ unknown-condition
rules:
  - rule: a
    when: { use: c }
    reject: 5001

callback: beforeSetGroupMemberInfo
conditions: { c: nickName }
                 ^^^^^^^^ wrong-shape
rules:
  - rule: a
    when: { use: c }
    reject: 5001
`,
)

test(
  'conditions that mean each other are told of the circle',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
conditions:
  a: { use: a }
            ^ condition-circle
rules:
  - rule: a
    when: { use: a }
    reject: 5001

callback: beforeSetGroupMemberInfo
conditions:
  a: { use: b }
  b: { any: [ { nickName: present }, { use: c } ] }
  c: { not: { use: a } }
                   ^ condition-circle
  d: { use: b }
rules:
  - rule: a
    when: { use: d }
    reject: 5001

callback: beforeSetGroupMemberInfo
conditions:
  a: { use: b }
  b: { use: a }
            ^ condition-circle
  c: { use: d }
  d: { use: c }
            ^ condition-circle
rules:
  - rule: a
    when: { use: a, nickName: present }
    reject: 5001

--- a.yaml
callback: beforeSetGroupMemberInfo
conditions:
  a: { use: b }
--- b.yaml
callback: beforeSetGroupMemberInfo
conditions:
  b: { use: a }
            ^ condition-circle
rules:
  - rule: a
    when: { use: a, nickName: present }
    reject: 5001
`,
)

test(
  'a name given twice is told where the first is',
  eachFile,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { vips: [u-1] }
         ^^^^ duplicate-name
rules:
  - rule: a
    when: { userID: { in list: vips } }
    reject: 5001
--- lists/vips.txt
u-2

--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { vips: [u-1] }
rules:
  - rule: a
    when: { userID: { in list: vips } }
    reject: 5001
--- b.yaml
lists: { vips: [u-3] }
         ^^^^ duplicate-name

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { userID: { in list: vips } }
    reject: 5001
--- lists/x/vips.txt
u-2
--- lists/y/vips.txt
u-3
^^^ duplicate-name

--- a.yaml
callback: beforeSetGroupMemberInfo
codes: { c: 5001 }
rules:
  - rule: a
    when: { nickName: present }
    reject: c
--- b.yaml
codes: { c: 5002 }
         ^ duplicate-name

--- a.yaml
callback: beforeSetGroupMemberInfo
conditions: { c: { nickName: present } }
rules:
  - rule: a
    when: { use: c }
    reject: 5001
--- b.yaml
conditions: { c: { nickName: absent } }
              ^ duplicate-name

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
          ^ duplicate-rule
    when: { nickName: present }
    reject: 5001
`,
)

test(
  'a rule with mistakes exists',
  eachFile,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 50
            ^^ bad-code
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: b
    when: { nickName: present }
    allow: a

callback: beforeSetGroupMemberInfo
rules:
  - id: no-links
    ^^ unknown-key
    when: { nickName: present }
    reject: 5001
  - rule: vip
    when: { userID: u-1 }
    allow: no-links

callback: beforeSetGroupMemberInfo
rules:
  - rule: No Links
          ^^^^^^^^ bad-name
    when: { nickName: present }
    reject: 5001
  - rule: vip
    when: { userID: u-1 }
    allow: No Links

callback: beforeSetGroupMemberInfo
rules:
  - rule: 12
          ^^ unquoted-number
    when: { nickName: x }
    reject: 5001
  - rule: vip
    when: { userID: u-1 }
    allow: no-links
`,
)

test(
  'a file that YAML cannot read may define every name in it',
  eachRule,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
codes: { c: 5001 }
lists: { l: [a] }
conditions: { x: { nickName: present } }
rules:
  - rule: no-links
    when: { nickName: "unclosed }
                      ^ unclosed-quote
    reject: 5001
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { use: x, nickName: { in list: l } }
    reject: c
  - rule: b
    when: { nickName: present }
    allow: no-links

--- a.yaml
callback: beforeSetGroupMemberInfo
codes: { c: 5001 }
codes: { d: 5002 }
^^^^^ duplicate-key
rules:
  - rule: no-links
    when: { nickName: present }
    reject: d

callback: beforeSetGroupMemberInfo
rules:
  - rule: vip
    when: { userID: u-1 }
    allow: no-links
rules:
^^^^^ duplicate-key
  - rule: no-links
    when: { nickName: present }
    reject: 5001

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  no-links:
  ^^^^^^^^ wrong-shape
    when: { nickName: present }
    reject: 5001
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: vip
    when: { userID: u-1 }
    allow: no-links

when: { userID: u-1 }
allow: no-links
rule: no-links
^^^^ missing-dash
when: { nickName: present }
reject: 5001
`,
)

test(
  'a list in a file of rules is a list of texts',
  eachFile,
  String.raw`
callback: beforeSetGroupMemberInfo
lists: { vips: u-1 }
               ^^^ wrong-shape
rules:
  - rule: a
    when: { userID: { in list: vips } }
    reject: 5001

callback: beforeSetGroupMemberInfo
lists: { vips: [123] }
                ^^^ unquoted-number
rules:
  - rule: a
    when: { userID: { in list: vips } }
    reject: 5001

callback: beforeSetGroupMemberInfo
lists: { vips: ["", a] }
                ^^ empty
rules:
  - rule: a
    when: { nickName: { contains any: vips } }
    reject: 5001

callback: beforeSetGroupMemberInfo
lists: { vips: [ { name: a } ] }
                 ^^^^^^^^^^^ wrong-shape
rules:
  - rule: a
    when: { nickName: { contains any: vips } }
    reject: 5001

callback: beforeSetGroupMemberInfo
lists: { inv: ["\u200b", x] }
               ^^^^^^^^ empty
rules:
  - rule: a
    when: { nickName: { contains any: inv } }
    reject: 5001
`,
)

test(
  'an entry of a list is told in its own file',
  eachFile,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { faceURL: { hosted on: cdn } }
    reject: 5001
  - rule: b
    when: { faceURL: { hosted on: cdn } }
    reject: 5001
--- lists/cdn.txt
example.com
https://img.example.com/
^^^^^^^^^^^^^^^^^^^^^^^^ wrong-value

callback: beforeSetGroupMemberInfo
lists: { staff: [admin, boss] }
                        ^^^^ wrong-value
rules:
  - rule: a
    when: { roleLevel: { in list: staff } }
    reject: 5001
`,
)

test(
  'mistakes in several places are all told',
  eachRule,
  `
when: { nickname: present }
        ^^^^^^^^ unknown-field
reject: 500
        ^^^ bad-code

callback: beforeSetGroupMemberInfo
rules:
  - rule: A b
          ^^^ bad-name
    when: { nickName: { contain: x } }
                        ^^^^^^^ unknown-word
    unless: { use: nothing }
                   ^^^^^^^ unknown-condition
    rewrite: { groupID: trim }
               ^^^^^^^ not-rewritable

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickname: present }
            ^^^^^^^^ unknown-field
    reject: 5001
  - rule: b
    when: { nickName: present }
    reject: 50011
            ^^^^^ bad-code
  - rule: c
    when: { nickName: present }
    reject: 5001
    mode: test
          ^^^^ wrong-value

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickname: present }
            ^^^^^^^^ unknown-field
    reject: 5001
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: b
    when: { nickName: present }
    reject: x
            ^ unknown-code
--- c.yaml
callback: beforeSetGroupMemberInf
          ^^^^^^^^^^^^^^^^^^^^^^^ unknown-callback
rules:
  - rule: c
    when: { nickName: present }
    reject: 5001
`,
)
