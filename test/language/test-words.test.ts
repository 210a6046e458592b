import test from 'ava'
import { eachCondition, eachFile, eachRule } from './_each.ts'

test(
  'a test word that is misspelt is pointed at',
  eachCondition,
  `
nickName: { contain: admin }
            ^^^^^^^ unknown-word

nickName: { startsWith: admin }
            ^^^^^^^^^^ unknown-word

nickName: { starts_with: admin }
            ^^^^^^^^^^^ unknown-word

nickName: { longer: 20 }
            ^^^^^^ unknown-word

nickName: { has: x }
            ^^^ unknown-word

nickName: { is empty: true }
            ^^^^^^^^ unknown-word
`,
)

test(
  'a test word of other languages is told ours',
  eachCondition,
  `
nickName: { equals: admin }
            ^^^^^^ unknown-word

nickName: { regex: admin }
            ^^^^^ unknown-word

groupID: { in: [a, b] }
           ^^ unknown-word

groupID: { not_in: [a, b] }
           ^^^^^^ unknown-word

roleLevel: { greaterThan: 20 }
             ^^^^^^^^^^^ unknown-word

roleLevel: { ">=": 20 }
             ^^^^ unknown-word

nickName: { min length: 20 }
            ^^^^^^^^^^ unknown-word

nickName: { exists: true }
            ^^^^^^ unknown-word
`,
)

test(
  'a part written as a test word is told so',
  eachCondition,
  `
nickName: { length: 20 }
            ^^^^^^ unknown-word
`,
)

test(
  'a test word with is or not before it is told ours',
  eachCondition,
  `
nickName: { not present: true }
            ^^^^^^^^^^^ unknown-word

nickName: { does not contain: admin }
            ^^^^^^^^^^^^^^^^ unknown-word

nickName: { not starts with: admin }
            ^^^^^^^^^^^^^^^ unknown-word

nickName: { is longer than: 5 }
            ^^^^^^^^^^^^^^ unknown-word

nickName: { is one of: [a, b] }
            ^^^^^^^^^ unknown-word
`,
)

test(
  'values under any are told of one of',
  eachCondition,
  `
nickName: { any: [a, b] }
            ^^^ unknown-word
`,
)

test(
  'a test word on the wrong kind of field is pointed at',
  eachCondition,
  `
roleLevel: { contains: admin }
             ^^^^^^^^ wrong-kind

nickName: { at least: 3 }
            ^^^^^^^^ wrong-kind

nickName: { hosted on: example.com }
            ^^^^^^^^^ wrong-kind

nickName: { is json: true }
            ^^^^^^^ wrong-kind

userID: { contains any: [admin], is json: true }
                                 ^^^^^^^ wrong-kind

nickName: { any item: { is: x } }
            ^^^^^^^^ wrong-kind

nickName.length: { longer than: 5 }
                   ^^^^^^^^^^^ wrong-kind

roleLevel: { exactly: { is: admin } }
             ^^^^^^^ wrong-kind
`,
)

test(
  'a list after a word that takes one text is told the word for lists',
  eachCondition,
  `
nickName: { contains: [a, b] }
                      ^^^^^^ wrong-shape

nickName: { contains: { any: [a, b] } }
                      ^^^^^^^^^^^^^^^ wrong-shape

nickName: { matches: [a, b] }
                     ^^^^^^ wrong-shape

nickName: { is: { contains: a } }
                ^^^^^^^^^^^^^^^ wrong-shape
`,
)

test(
  'numbers that YAML makes of ids and names are told to be quoted',
  eachCondition,
  `
nickName: { contains: 123 }
                      ^^^ unquoted-number

groupID: 12345
         ^^^^^ unquoted-number

groupID: 0123
         ^^^^ unquoted-number

userID: 12345678901234567890
        ^^^^^^^^^^^^^^^^^^^^ unquoted-number

userID: [u-1, 0123, u-2]
              ^^^^ unquoted-number

userID: [u-1, "0123", 99]
                      ^^ unquoted-number

groupID: 0x1F
         ^^^^ unquoted-number

nickName: 1.10
          ^^^^ unquoted-number

groupID: 1e5
         ^^^ unquoted-number

ex.name: { contains: 5 }
                     ^ unquoted-number

nickName: { matches: 123 }
                     ^^^ unquoted-number
`,
)

test(
  'true and false that YAML makes of texts are told to be quoted',
  eachCondition,
  `
nickName: true
          ^^^^ unquoted-truth

nickName: { contains: true }
                      ^^^^ unquoted-truth
`,
)

test(
  'nothing is no value',
  eachCondition,
  `
nickName: null
          ^^^^ wrong-value

nickName: ~
          ^ wrong-value

nickName: { is: null }
                ^^^^ wrong-value

ex.name: null
         ^^^^ wrong-value

nickName: { contains: null }
                      ^^^^ wrong-value

nickName: { one of: null }
                    ^^^^ wrong-value
`,
)

test(
  'words that take true take nothing else',
  eachCondition,
  `
nickName: { present: yes }
                     ^^^ wrong-value

nickName: { present: no }
                     ^^ wrong-value

nickName: { present: false }
                     ^^^^^ wrong-value

nickName: { is blank: "true" }
                      ^^^^^^ wrong-value

nickName: { is blank: 1 }
                      ^ wrong-value
`,
)

test(
  'a text that spells a test word is told of both',
  eachCondition,
  `
nickName: "present"
          ^^^^^^^^^ ambiguous-text

nickName: is blank
          ^^^^^^^^ ambiguous-text

faceURL: is a url
         ^^^^^^^^ ambiguous-text

nickName: contains
          ^^^^^^^^ ambiguous-text

nickName: not
          ^^^ ambiguous-text

nickName: Present
          ^^^^^^^ ambiguous-text

roleLevel: ABSENT
           ^^^^^^ ambiguous-text

nickName: Is blank
          ^^^^^^^^ ambiguous-text
`,
)

test(
  'not and exactly hold test words',
  eachCondition,
  `
nickName: { not: admin }
                 ^^^^^ wrong-shape

nickName: { not: [admin, root] }
                 ^^^^^^^^^^^^^ wrong-shape

nickName: { not: present }
                 ^^^^^^^ wrong-shape

nickName: { not: {} }
                 ^^ empty

nickName: { exactly: VIP }
                     ^^^ wrong-shape

nickName: { not: { not: admin } }
                        ^^^^^ wrong-shape
`,
)

test(
  'an empty test or list is pointed at',
  eachCondition,
  `
nickName: {}
          ^^ empty

nickName: []
          ^^ empty

nickName: { contains: "" }
                      ^^ empty

nickName: { contains any: [] }
                          ^^ empty
`,
)

test(
  'what every text contains is not searched for',
  eachCondition,
  `
nickName: { matches: "" }
                     ^^ empty
`,
)

test(
  'entries that every text contains are not searched for',
  eachRule,
  String.raw`
when: { nickName: { contains any: ["", a] } }
                                   ^^ empty
reject: 5001

when: { nickName: { contains: "\u200b" } }
                              ^^^^^^^^ empty
reject: 5001
`,
)

test(
  'a role is a name or a whole number',
  eachCondition,
  `
roleLevel: moderator
           ^^^^^^^^^ wrong-value

roleLevel: Admin
           ^^^^^ wrong-value

roleLevel: { at least: admim }
                       ^^^^^ wrong-value

roleLevel: { at least: "60" }
                       ^^^^ wrong-value

roleLevel: true
           ^^^^ wrong-value

roleLevel: [admin, boss]
                   ^^^^ wrong-value

roleLevel: { between: [member, boss] }
                               ^^^^ wrong-value
`,
)

test(
  'a number is a number',
  eachCondition,
  `
nickName: { longer than: long }
                         ^^^^ wrong-value

nickName: { longer than: "24" }
                         ^^^^ wrong-value

nickName: { longer than: -1 }
                         ^^ wrong-value

nickName: { longer than: 1.5 }
                         ^^^ wrong-value

nickName.length: { at least: two }
                             ^^^ wrong-value

ex.level: { at least: high }
                      ^^^^ wrong-value
`,
)

test(
  'between takes the lowest and the highest',
  eachCondition,
  `
nickName.length: { between: 2-24 }
                            ^^^^ wrong-shape

nickName.length: { between: [2, 3, 4] }
                            ^^^^^^^^^ wrong-shape

nickName.length: { between: [24, 2] }
                            ^^^^^^^ wrong-value

nickName.length: { between: { low: 2, high: 24 } }
                            ^^^^^^^^^^^^^^^^^^^^ wrong-shape

nickName.length: { between: [two, 24] }
                             ^^^ wrong-value
`,
)

test(
  'a list that there is not is pointed at',
  eachCondition,
  `
userID: { in list: vips }
                   ^^^^ unknown-list

userID: { in list: 12 }
                   ^^ unquoted-number

userID: { in list: { name: vips } }
                   ^^^^^^^^^^^^^^ wrong-shape

groupID: { one of: g-1 }
                   ^^^ unknown-list

userID: { in list: vips.txt }
                   ^^^^^^^^ unknown-list

userID: { in list: lists/vips.txt }
                   ^^^^^^^^^^^^^^ unknown-list

userID: { in list: "vips, staff" }
                   ^^^^^^^^^^^^^ unknown-list

nickName: { contains any: banned words }
                          ^^^^^^^^^^^^ unknown-list
`,
)

test(
  'a list is named without its folder and ending',
  eachFile,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { userID: { in list: vips.txt } }
                               ^^^^^^^^ unknown-list
    reject: 5001
--- lists/vips.txt
u-1

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { userID: { in list: [vips, u-2, 3] } }
                                           ^ unquoted-number
    reject: 5001
--- lists/vips.txt
u-1

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { userID: { in list: VIPs } }
                               ^^^^ unknown-list
    reject: 5001
--- lists/vips.txt
u-1

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: { in list: names } }
    reject: 5001
  - rule: b
    when: { nickName: { in list: nmaes } }
                                 ^^^^^ unknown-list
    reject: 5001
--- lists/names.txt
a

--- names.txt
a
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: { in list: names } }
                                 ^^^^^ unknown-list
    reject: 5001
`,
)

test(
  'test words in a list of JSON values are told so',
  eachCondition,
  `
ex.name: [ { a: 1 } ]
         ^^^^^^^^^^^^ wrong-shape
`,
)

test(
  'a pattern that cannot run is pointed at where it cannot',
  eachCondition,
  String.raw`
nickName: { matches: "^(?!guest)" }
                       ^^^ bad-pattern

nickName: { matches: '(a)\1' }
                         ^^ bad-pattern

nickName: { matches: "(abc" }
                     ^^^^^^ bad-pattern

nickName: { matches: "[z-a]" }
                       ^^^ bad-pattern

nickName: { matches: "*admin*" }
                      ^ bad-pattern

nickName: { matches: "((a{100}){100})" }
                         ^^^^^ bad-pattern

nickName: { matches: "a++" }
                       ^^ bad-pattern

nickName: { matches: "+86" }
                      ^ bad-pattern

nickName: { matches: '\p{Chinese}+' }
                      ^^^^^^^^^^^ bad-pattern

nickName: { matches: 'foo\Z' }
                         ^^ bad-pattern

nickName: { matches: '(?x)foo' }
                      ^^^ bad-pattern
`,
)

test(
  'slashes around a pattern are a warning',
  eachCondition,
  `
nickName: { matches: /abc/i }
                     ^^^^^^ warning bad-pattern
`,
)

test(
  'a host has neither scheme nor port nor path',
  eachCondition,
  `
faceURL: { hosted on: "https://cdn.example.com/x" }
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-value

faceURL: { hosted on: [cdn.example.com, "https://x.example.com"] }
                                        ^^^^^^^^^^^^^^^^^^^^^^^ wrong-value

faceURL: { hosted on: our-cdn }
                      ^^^^^^^ unknown-list

faceURL: { hosted on: "cdn.example.com:8080" }
                      ^^^^^^^^^^^^^^^^^^^^^^ wrong-value

faceURL: { hosted on: "cdn.example.com/avatars" }
                      ^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-value
`,
)
