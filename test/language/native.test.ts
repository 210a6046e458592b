import test from 'ava'
import { eachCondition, eachFile, eachRule } from './_each.ts'

test(
  'a native condition has its three keys',
  eachCondition,
  `
{ fact: nickName, value: a }
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-key

{ fact: nickName, operator: equal }
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-key

{ operator: equal, value: a }
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-key

{ fact: ex, operator: equal, value: a, path: $.a }
                                       ^^^^ unknown-key

{ fact: nickName, operator: equal, value: a, priority: 3 }
                                             ^^^^^^^^ unknown-key

{ fact: nickName, operator: equal, value: a, params: {} }
                                             ^^^^^^ unknown-key

{ fact: nickName, opertor: equal, value: a }
                  ^^^^^^^ unknown-key

{ facts: nickName, operator: equal, value: a }
  ^^^^^ unknown-key

{ fact: nickName, operator: equal, value: a, groupID: b }
                                             ^^^^^^^ unknown-key

{ fact: nickName }
^^^^^^^^^^^^^^^^^^ missing-key
`,
)

test(
  'an operator that there is not is pointed at',
  eachCondition,
  `
{ fact: nickName, operator: startsWith, value: a }
                            ^^^^^^^^^^ unknown-word

{ fact: nickName, operator: equals, value: a }
                            ^^^^^^ unknown-word

{ fact: roleLevel, operator: ">=", value: 60 }
                             ^^^^ unknown-word

{ fact: nickName, operator: not_equal, value: a }
                            ^^^^^^^^^ unknown-word

{ fact: nickName, operator: 5, value: a }
                            ^ unquoted-number
`,
)

test(
  'what a native condition compares with is typed',
  eachCondition,
  `
{ fact: nickName, operator: equal, value: null }
                                          ^^^^ wrong-value

{ fact: nickName, operator: equal, value: 5 }
                                          ^ unquoted-number

{ fact: roleLevel, operator: greaterThan, value: "20" }
                                                 ^^^^ wrong-value

{ fact: nickName, operator: in, value: abc }
                                       ^^^ unknown-list

{ fact: nickName, operator: in, value: [] }
                                       ^^ empty

{ fact: nickName, operator: equal, value: { fact: userID } }
                                          ^^^^^^^^^^^^^^^^ wrong-shape

{ fact: nickName, operator: equal, value: [a, b] }
                                          ^^^^^^ wrong-shape

{ fact: nickName, operator: equal, value: { a: b } }
                                          ^^^^^^^^ wrong-shape
`,
)

test(
  'a fact is a field',
  eachCondition,
  `
{ fact: nickname, operator: equal, value: a }
        ^^^^^^^^ unknown-field

{ fact: $.nickName, operator: equal, value: a }
        ^^^^^^^^^^ unknown-field

{ fact: "", operator: equal, value: a }
        ^^ unknown-field
`,
)

test(
  'an operator on the wrong kind of field is pointed at',
  eachCondition,
  `
{ fact: roleLevel, operator: contains, value: 20 }
                             ^^^^^^^^ wrong-kind

{ fact: nickName, operator: greaterThan, value: 20 }
                            ^^^^^^^^^^^ wrong-kind
`,
)

test(
  'a group beside a native one is checked too',
  eachCondition,
  `
all: [ { fact: nickName, operator: equal, value: a } ]
any: []
     ^^ empty
`,
)

test(
  'conditions and when are one thing',
  eachRule,
  `
when: { nickName: a }
conditions: { all: [ { fact: nickName, operator: equal, value: a } ] }
^^^^^^^^^^ duplicate-key
reject: 5001

condition: { all: [ { fact: nickName, operator: equal, value: a } ] }
^^^^^^^^^ unknown-key
event: { type: reject, params: { code: 5001 } }
`,
)

test(
  'an event has a type and params',
  eachRule,
  `
conditions: { all: [ { fact: nickName, operator: equal, value: a } ] }
event: { type: reject }
       ^^^^^^^^^^^^^^^^ missing-key

conditions: { all: [ { fact: nickName, operator: equal, value: a } ] }
event: { params: { code: 5001 } }
       ^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-key

conditions: { all: [ { fact: nickName, operator: equal, value: a } ] }
event: { type: deny, params: { code: 5001 } }
               ^^^^ wrong-value

conditions: { all: [ { fact: nickName, operator: equal, value: a } ] }
event: reject
       ^^^^^^ wrong-shape

conditions: { all: [ { fact: nickName, operator: equal, value: a } ] }
event: { type: reject, params: { code: 5001 }, priority: 1 }
                                               ^^^^^^^^ unknown-key
`,
)

test(
  'an event is an outcome',
  eachRule,
  `
conditions: { all: [ { fact: nickName, operator: equal, value: a } ] }
event: { type: reject, params: { code: 5001 } }
reject: 5001
^^^^^^ two-outcomes
`,
)

test(
  'native keys that are misspelt are pointed at',
  eachRule,
  `
conditons:
^^^^^^^^^ unknown-key
  all: [ { fact: nickName, operator: equal, value: a } ]
event: { type: reject, params: { code: 5001 } }

conditions:
  all: [ { fact: nickName, operator: equal, value: a } ]
events: { type: reject, params: { code: 5001 } }
^^^^^^ unknown-key

conditions:
  all: [ { fact: nickName, operator: equal, value: a } ]
event: { type: reject, param: { code: 5001 } }
                       ^^^^^ unknown-key

callback: beforeSetGroupMemberInfo
rules:
  - name: r
    ^^^^ unknown-key
    conditions:
      all: [ { fact: nickName, operator: equal, value: a } ]
    event: { type: reject, params: { code: 5001 } }

conditions:
  all: [ { fact: nickName, operator: equal, value: a } ]
event: { type: reject, params: { message: no } }
                               ^^^^^^^^^^^^^^^ missing-key
`,
)

test(
  'a reference to a condition is told of use',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
conditions: { q: { nickName: x } }
rules:
  - rule: r
    conditions: { all: [ { condition: q } ] }
                           ^^^^^^^^^ unknown-key
    event: { type: reject, params: { code: 5001 } }
`,
)
