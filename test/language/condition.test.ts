import test from 'ava'
import { eachCondition, eachRule } from './_each.ts'

test(
  'a field that there is not is pointed at',
  eachCondition,
  `
nickname: { contains: admin }
^^^^^^^^ unknown-field

nick_name: { contains: admin }
^^^^^^^^^ unknown-field

avatar: { contains: admin }
^^^^^^ unknown-field

role: admin
^^^^ unknown-field

group: g-1
^^^^^ unknown-field

faceUrl: { hosted on: example.com }
^^^^^^^ unknown-field

sender.nickName: { contains: admin }
^^^^^^^^^^^^^^^ unknown-field

nick name: { is: a }
^^^^^^^^^ unknown-field

ex[level]: 3
^^^^^^^^^ unknown-field

$.ex.level: 3
^^^^^^^^^^ unknown-field

nickName, groupID: x
^^^^^^^^^^^^^^^^^ unknown-field

" nickName": x
^^^^^^^^^^^ unknown-field

"!nickName": x
^^^^^^^^^^^ unknown-field
`,
)

test(
  'a part that a field does not have is pointed at',
  eachCondition,
  `
nickName.size: { more than: 3 }
^^^^^^^^^^^^^ unknown-field

nickName.lenght: { more than: 3 }
^^^^^^^^^^^^^^^ unknown-field

faceURL.domain: { is: example.com }
^^^^^^^^^^^^^^ unknown-field

roleLevel.name: admin
^^^^^^^^^^^^^^ unknown-field

faceURL.length: { more than: 3 }
^^^^^^^^^^^^^^ unknown-field

nickName.length.x: { more than: 3 }
^^^^^^^^^^^^^^^^^ unknown-field

nickName.: { contains: a }
^^^^^^^^^ unknown-field

ex..a: { is: a }
^^^^^ unknown-field

"ex.": 3
^^^^^ unknown-field
`,
)

test(
  'original stands before a field',
  eachCondition,
  `
original.: { contains: a }
^^^^^^^^^ unknown-field

original: { nickName: a }
^^^^^^^^ unknown-field

original.nickname: { is: a }
^^^^^^^^^^^^^^^^^ unknown-field

Original.nickName: { is: a }
^^^^^^^^^^^^^^^^^ unknown-field

orignal.nickName: { is: a }
^^^^^^^^^^^^^^^^ unknown-field
`,
)

test(
  'a group is a list of conditions',
  eachCondition,
  `
any:
  nickName: { contains: a }
  ^^^^^^^^ wrong-shape
  groupID: b

all: nickName
     ^^^^^^^^ wrong-shape

any: []
     ^^ empty

none: []
      ^^ empty

any: [ {} ]
       ^^ empty

any: [admin, root]
     ^^^^^^^^^^^^^ wrong-shape
`,
)

test(
  'not takes one condition',
  eachCondition,
  `
not:
  - nickName: a
  ^^^^^^^^^^^^^ wrong-shape

not: nickName
     ^^^^^^^^ wrong-shape
`,
)

test(
  'keys of other rule languages are told ours',
  eachCondition,
  `
or:
^^ unknown-key
  - nickName: a
  - nickName: b

and:
^^^ unknown-key
  - nickName: a
  - nickName: b

uses: quiet
^^^^ unknown-key
`,
)

test(
  'keys of a rule inside a condition are sent out of it',
  eachCondition,
  `
nickName: a
unless: { groupID: b }
^^^^^^ unknown-key

when: { nickName: a }
^^^^ unknown-key
`,
)

test(
  'use names one condition',
  eachCondition,
  `
use: quiet
     ^^^^^ unknown-condition

use: [a, b]
     ^^^^^^ wrong-shape
`,
)

test(
  'groups and fields inside a field are sent out of it',
  eachCondition,
  `
nickName:
  any:
  ^^^ unknown-word
    - contains: a
    - contains: b

nickName:
  all: [ { contains: a } ]
  ^^^ unknown-word

nickName:
  nickName: { contains: a }
  ^^^^^^^^ unknown-word

groupID:
  nickName: { contains: a }
  ^^^^^^^^ unknown-word
`,
)

test(
  'a test word without a field is sent into one',
  eachCondition,
  `
contains: admin
^^^^^^^^ unknown-field

nickName: present
contains: admin
^^^^^^^^ unknown-field
`,
)

test(
  'test words after dashes are told of any',
  eachCondition,
  `
nickName:
  - contains: admin
  ^... wrong-shape
  - starts with: a
`,
)

test(
  'a list in place of a condition is told of all and any',
  eachCondition,
  `
- nickName: a
^^^^^^^^^^^^^ wrong-shape
`,
)

test(
  'a group with nothing after it is one mistake',
  eachRule,
  `
when:
  any:
  ^^^ empty-value
  nickName: { contains: a }
  groupID: b
reject: 5001
`,
)
