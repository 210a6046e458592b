import test from 'ava'
import { eachFile, eachRule } from './_each.ts'

test(
  'a code is a number from 5000 to 9999',
  eachRule,
  `
when: { nickName: present }
reject: 500
        ^^^ bad-code

when: { nickName: present }
reject: 10001
        ^^^^^ bad-code

when: { nickName: present }
reject: "5001"
        ^^^^^^ bad-code

when: { nickName: present }
reject: 5001.5
        ^^^^^^ bad-code

when: { nickName: present }
reject: true
        ^^^^ bad-code

when: { nickName: present }
reject: [5001]
        ^^^^^^ bad-code

when: { nickName: x }
reject: null
        ^^^^ bad-code
`,
)

test(
  'a code that there is not is pointed at',
  eachRule,
  `
when: { nickName: present }
reject: Links are not allowed here
        ^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown-code

when: { nickName: present }
reject: staff-name
        ^^^^^^^^^^ unknown-code

when: { nickName: x }
reject: |
        ^... unknown-code
  You cannot do this
  really
`,
)

test(
  'a refusal has a code, and texts',
  eachRule,
  `
when: { nickName: present }
reject: { message: No }
        ^^^^^^^^^^^^^^^ missing-key

when: { nickName: present }
reject: { code: 5001, msg: No }
                      ^^^ unknown-key

when: { nickName: present }
reject: { errCode: 5001, errMsg: No }
          ^^^^^^^ unknown-key
                         ^^^^^^ unknown-key

when: { nickName: present }
reject: { code: 5001, message: 12 }
                               ^^ unquoted-number

when: { nickName: present }
reject: { code: 5001, message: [a, b] }
                               ^^^^^^ wrong-shape

when: { nickName: present }
reject: { code: 5001, message: { en: No, zh: 不 } }
                               ^^^^^^^^^^^^^^^^^ wrong-shape
`,
)

test(
  'a template names fields in braces',
  eachRule,
  String.raw`
when: { nickName: present }
reject: { code: 5001, message: "Not {nickname}" }
                                    ^^^^^^^^^^ unknown-field

when: { nickName: present }
reject: { code: 5001, message: "Not {nickName" }
                                    ^ bad-template

when: { nickName: present }
reject: { code: 5001, message: "Not {}" }
                                    ^^ bad-template

when: { nickName: present }
reject: { code: 5001, message: "Not {nickName | upper}" }
                                    ^^^^^^^^^^^^^^^^^^ bad-template

when: { nickName: present }
rewrite: { ex: '{"a": 1}' }
                ^^^^^^^^ bad-template

when: { nickName: present }
reject: { code: 5001, detail: "Not {nickName.size}" }
                                   ^^^^^^^^^^^^^^^ unknown-field

when: { nickName: present }
reject: { code: 5001, detail: "Not {time}" }
                                   ^^^^^^ unknown-field

when: { nickName: present }
reject: { code: 5001, detail: "Not {0}" }
                                   ^^^ bad-template

when: { nickName: x }
reject: { code: 5001, message: "{orginal.nickName}" }
                                ^^^^^^^^^^^^^^^^^^ unknown-field

when: { nickName: x }
reject: { code: 5001, message: "{ nickname }" }
                                ^^^^^^^^^^^^ unknown-field

when: { nickName: x }
reject: { code: 5001, message: "a\tb {nickname}" }
                                     ^^^^^^^^^^ unknown-field

when: { nickName: x }
reject:
  code: 5001
  message: >
    Hello {nickname}
          ^^^^^^^^^^ unknown-field
    there

when: { nickName: x }
reject: { code: 5001, message: "{nickname} {groupid}" }
                                ^^^^^^^^^^ unknown-field
                                           ^^^^^^^^^ unknown-field
`,
)

test(
  'a field is pointed at also in a text of several lines, or with escapes',
  eachRule,
  `
when: { nickName: present }
reject:
  code: 5001
  message: |
    {nickName} is taken,
    {nickname} too
    ^^^^^^^^^^ unknown-field

when: { nickName: present }
reject: { code: 5001, message: "\\u201c{nickName}\\u201d {" }
                                                       ^ bad-template

when: { nickName: present }
reject: { code: 5001, message: 'It''s {nick}' }
                                      ^^^^^^ unknown-field
`,
)

test(
  'two braces around a field are a warning',
  eachRule,
  `
when: { nickName: present }
reject: { code: 5001, message: "Not {{nickName}" }
                                    ^^^^^^^^^^^ warning bad-template
`,
)

test(
  'only fields that can be rewritten are',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickname: trim }
           ^^^^^^^^ unknown-field

when: { nickName: present }
rewrite: { groupID: trim }
           ^^^^^^^ not-rewritable

when: { nickName: present }
rewrite: { nickName.length: 3 }
           ^^^^^^^^^^^^^^^ not-rewritable

when: { nickName: present }
rewrite: { original.nickName: trim }
           ^^^^^^^^^^^^^^^^^ not-rewritable
`,
)

test(
  'rewrite holds fields and steps',
  eachRule,
  `
when: { nickName: present }
rewrite: trim
         ^^^^ wrong-shape

when: { nickName: present }
rewrite: [ { nickName: trim } ]
         ^^^^^^^^^^^^^^^^^^^^^^ wrong-shape

when: { nickName: present }
rewrite: {}
         ^^ empty

when: { nickName: present }
rewrite: { nickName: [] }
                     ^^ empty

when: { nickName: x }
rewrite: { nickName: [{}] }
                      ^^ empty
`,
)

test(
  'a step that there is not is pointed at',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickName: [trimm, collapse spaces] }
                      ^^^^^ unknown-word

when: { nickName: present }
rewrite: { nickName: trimm }
                     ^^^^^ unknown-word

when: { nickName: present }
rewrite: { nickName: uppercase }
                     ^^^^^^^^^ unknown-word

when: { nickName: present }
rewrite: { nickName: { truncate: 24 } }
                       ^^^^^^^^ unknown-word

when: { nickName: x }
rewrite:
  nickName:
    - trim
    - cut to: 24
      lower case: true
      ^^^^^^^^^^ wrong-shape

when: { nickName: x }
rewrite: { nickName: { steps: [trim] } }
                       ^^^^^ unknown-word

when: { nickName: x }
rewrite: { nickName: { value: Alice } }
                       ^^^^^ unknown-word

when: { nickName: x }
rewrite: { nickName: set Alice }
                     ^^^^^^^^^ unknown-word

when: { nickName: x }
rewrite: { nickName: [Trim] }
                      ^^^^ unknown-word

when: { nickName: x }
rewrite: { nickName: [trim, 24] }
                            ^^ unknown-word

when: { nickName: x }
rewrite: { nickName: [trim, null] }
                            ^^^^ unknown-word
`,
)

test(
  'a step without its value is told so',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickName: cut to }
                     ^^^^^^ wrong-shape

when: { nickName: present }
rewrite: { nickName: cut to 24 }
                     ^^^^^^^^^ unknown-word

when: { nickName: present }
rewrite: { nickName: { trim: true } }
                       ^^^^ wrong-shape

when: { nickName: present }
rewrite: { nickName: { cut to: 24, replace: { text: a, with: b } } }
                                   ^^^^^^^ wrong-shape

when: { nickName: present }
rewrite: { nickName: { trim: true, cut to: 24 } }
                                   ^^^^^^ wrong-shape

when: { nickName: x }
rewrite:
  nickName: trim, lower case
            ^^^^^^^^^^^^^^^^ unknown-word
`,
)

test(
  'what a step takes is checked',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickName: { cut to: long } }
                               ^^^^ wrong-value

when: { nickName: present }
rewrite: { nickName: { replace: [a, b] } }
                                ^^^^^^ wrong-shape

when: { nickName: present }
rewrite: { nickName: { replace: { text: a } } }
                                ^^^^^^^^^^^ missing-key

when: { nickName: present }
rewrite: { nickName: { replace: { from: a, to: b } } }
                                  ^^^^ unknown-key
                                           ^^ unknown-key

when: { nickName: present }
rewrite: { nickName: { replace: { text: "", with: b } } }
                                        ^^ empty

when: { nickName: present }
rewrite: { nickName: { replace: { text: 0, with: b } } }
                                        ^ unquoted-number

when: { nickName: present }
rewrite: { nickName: { mask words in: [a], wiht: "#" } }
                                           ^^^^ unknown-key

when: { nickName: present }
rewrite: { nickName: [[trim]] }
                      ^^^^^^ wrong-shape

when: { nickName: x }
rewrite: { nickName: { cut to: -1 } }
                               ^^ wrong-value
`,
)

test(
  'a role is never rewritten to owner',
  eachRule,
  `
when: { nickName: present }
rewrite: { roleLevel: owner }
                      ^^^^^ not-rewritable

when: { nickName: present }
rewrite: { roleLevel: 100 }
                      ^^^ not-rewritable

when: { nickName: present }
rewrite: { roleLevel: { set: 30 } }
                             ^^ not-rewritable

when: { nickName: present }
rewrite: { roleLevel: boss }
                      ^^^^ wrong-value
`,
)

test(
  'steps for texts are for texts',
  eachRule,
  `
when: { nickName: present }
rewrite: { roleLevel: trim }
                      ^^^^ wrong-kind

when: { nickName: present }
rewrite: { roleLevel: { cut to: 3 } }
                        ^^^^^^ wrong-kind
`,
)

test(
  'a field is set to one value of its kind',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickName: 123 }
                     ^^^ unquoted-number

when: { nickName: present }
rewrite: { nickName: null }
                     ^^^^ wrong-value

when: { nickName: present }
rewrite: { nickName: { set: [a] } }
                            ^^^ wrong-shape

when: { nickName: present }
rewrite: { ex: { set: { a: 1 } } }
                      ^^^^^^^^ wrong-shape
`,
)

test(
  'allow names rules',
  eachRule,
  `
when: { nickName: present }
allow: no-such-rule
       ^^^^^^^^^^^^ unknown-rule

when: { nickName: present }
allow: all
       ^^^ unknown-rule

when: { nickName: present }
allow: true
       ^^^^ unknown-rule

when: { nickName: present }
allow: r
       ^ wrong-rule

when: { nickName: present }
allow: []
       ^^ empty

when: { nickName: present }
allow: { rule: x }
       ^^^^^^^^^^^ wrong-shape

when: { nickName: x }
allow: null
       ^^^^ wrong-value
`,
)

test(
  'allow names reject rules, or everything',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: tidy
    when: { nickName: present }
    rewrite: { nickName: trim }
  - rule: vip
    when: { userID: u-1 }
    allow: tidy
           ^^^^ wrong-rule

callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: present }
    reject: 5001
  - rule: vip
    when: { userID: u-1 }
    allow: [no-link]
            ^^^^^^^ unknown-rule

callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: present }
    reject: 5001
  - rule: vip
    when: { userID: u-1 }
    allow: [no-links, everything]
                      ^^^^^^^^^^ wrong-rule

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
  - rule: a
          ^ duplicate-rule
    when: { nickName: present }
    rewrite: { nickName: trim }
  - rule: b
    when: { nickName: present }
    allow: a
`,
)
