import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { top, warns } from './_warns.ts'

const rules = `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: { has word in: words } }, reject: 5001 }
--- lists/words.txt
`

test(
  'several entries on one line are told',
  warns,
  `${rules}admin, mod
^^^^^^^^^^ warning odd-entry
admin, moderator, free money
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning odd-entry
Smith, John
Hey you, how are you
1,000
admin; mod
^^^^^^^^^^ warning odd-entry
R&amp;B
one\ttwo
^^^^^^^ warning odd-entry
admin | mod
^^^^^^^^^^^ warning odd-entry
admin|mod
^^^^^^^^^ warning odd-entry
k|ll
admin / mod
^^^^^^^^^^^ warning odd-entry
24/7
[root, boss]
^^^^^^^^^^^^ warning odd-entry
[MOD]
https://a.test/x,https://b.test/y
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning odd-entry
https://a.test/x,y
`,
)
test(
  'numbers before entries are told, and one name that begins with a number is not set',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { l: ["1) boss", root, "2) chief", 7. Himmel] }
             ^^^^^^^^^ warning odd-entry
                              ^^^^^^^^^^ warning odd-entry
rules:
  - { rule: a, when: { nickName: { has word in: words } }, reject: 5001 }
  - { rule: b, when: { nickName: { has word in: l } }, reject: 5001 }
--- lists/words.txt
1. FC Köln
24/7
10:30
9、管理员
^^^^^ warning odd-entry
10、客服
^^^^^ warning odd-entry
`,
)
test(
  'stars that stand for no ending are told, and stars between letters are left alone',
  warns,
  `${rules}ad*min
^^^^^^ warning odd-entry
f**
^^^ warning odd-entry
u-*-x
^^^^^ warning odd-entry
M*A*S*H
f\\*ck
shit\\**
adm.*
^^^^^ warning odd-entry
^admin
^^^^^^ warning odd-entry
[a-z]+x
^^^^^^^ warning odd-entry
c++
^_^
(c)
`,
)
test(
  'comments and bullets of other files are told',
  warns,
  `${rules}// staff
^^^^^^^^ warning odd-entry
-- bots
^^^^^^^ warning odd-entry
* admin
^^^^^^^ warning odd-entry
root;
^^^^^ warning odd-entry
;)
-5
`,
)
test(
  'hashtags that are read as comments are told',
  warns,
  `${rules}#metoo
^^^^^^ warning odd-entry
\\#me too
# staff
#staff of this year
admin # the boss
we are #1
       ^^ warning odd-entry
c# d#
#a #b
^^^^^ warning odd-entry
#TODO: more
`,
)
test(
  'lists in tests and steps are looked through, too',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: { has word in: [a; b; c, d] } }, reject: 5001 }
                                                 ^^^^^^^ warning odd-entry
  - { rule: b, when: { groupID: ["g-1,g-2"] }, reject: 5001 }
                                  ^^^^^^^ warning odd-entry
  - { rule: c, when: { nickName: { has word: "ad*min" } }, reject: 5001 }
                                              ^^^^^^ warning odd-entry
  - { rule: d, when: { nickName: present }, rewrite: { nickName: { mask words in: [damn, "hell;fool"] } } }
                                                                                          ^^^^^^^^^ warning odd-entry
  - { rule: e, when: { ex: { contains any: ['"a":1,"b":2'] } }, reject: 5001 }
--- b.yaml
callback: beforeMembersJoinGroup
rules:
  - { rule: f, when: { memberList: { any item: { userID: { in list: ["1) x", "2) y"] } } } }, reject: 5001 }
                                                                      ^^^^ warning odd-entry
                                                                              ^^^^ warning odd-entry
`,
)
test(
  'characters that no id has are told where ids are compared, and only there',
  warns,
  String.raw`
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { names: ["a\u200bb"] }
rules:
  - { rule: a, when: { userID: { in list: ids } }, reject: 5001 }
  - { rule: b, when: { groupID: "g-1\u00a0" }, reject: 5001 }
                       ^^^^^^^^^^^^^^^^^^^^ warning never-found
  - { rule: c, when: { userID: { starts with: " u-" } }, reject: 5001 }
                                               ^^^ warning never-found
  - { rule: d, when: { faceURL: { contains any: [x, "​y"] } }, reject: 5001 }
                                                     ^^ warning never-found
  - { rule: e, when: { nickName: { in list: names } }, reject: 5001 }
  - { rule: f, when: { ex.a: { is: "x\u200b" } }, reject: 5001 }
--- lists/ids.txt
u-1
u-​2
^^^^ warning never-found
`,
)

const saidOf = (entries: readonly string[]) => {
  const files = [
    { file: 'a.yaml', content: `${top}rules:\n  - { rule: r, when: { userID: { in list: l } }, reject: 5001 }\n` },
    { file: 'lists/l.txt', content: entries.join('\n') },
  ]
  return check(files).diagnostics.filter(({ span }) => span.file === 'lists/l.txt')
}

test('of many entries of a kind the first is told, and how many there are', t => {
  const said = saidOf(Array.from({ length: 300 }, (_, at) => `a${at},b${at}`))
  t.deepEqual(
    said.map(({ hint, span }) => [span.start, hint]),
    [[0, 'Write each entry on its own line. There are 299 more like this in the list, the next at lists/l.txt:2:1']],
  )
  t.is(saidOf(Array.from({ length: 100_000 }, (_, at) => `word-${at % 10}`)).length, 1)
  t.is(saidOf(Array.from({ length: 300 }, (_, at) => `u-${at}\u200b`)).length, 1)
  t.is(saidOf(Array.from({ length: 300 }, (_, at) => `#tag${at}`)).filter(({ code }) => code === 'odd-entry').length, 1)
  t.is(saidOf(['a,b', 'c,d', 'e,f', '1. x', '2. y']).length, 5)
})

test('what is said of an entry says what is looked for', t => {
  const messageOf = (...entries: string[]) => saidOf(entries)[0]?.message
  t.is(messageOf('*bot', '*ma*'), undefined)
  t.is(messageOf('f**'), 'Only the last star means any ending: this matches f* with any ending')
  t.is(messageOf('1. a*', '2. b'), 'List entries are not numbered: this matches 1. a with any ending')
  t.is(messageOf('we-are #1'), '#1 is read as a comment, so the entry is just we-are')
  t.is(messageOf('a', '#1 fan'), '#1 fan is read as a comment, so the list has no such entry')
  t.is(messageOf('u\u00a01'), '"u<U+00A0>1" has a non-standard space, U+00A0, so it is unlikely to match any id')
})

test(
  'without any Chinese there is nothing to sound like',
  warns,
  `
  - rule: r
    when: { nickName: { sounds like a word in: [admin, 信] } }
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-found
    reject: 5001
  - rule: s
    when: { nickName: { sounds like a word in: [admin, 微信] } }
    reject: 5002
`,
)

test(
  'an id with a space in it is told to be several, or to have a note',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { userID: { in list: [u-1 u-2, u-3] } }, reject: 5001 }
                                           ^^^^^^^ warning never-found
  - { rule: b, when: { userID: "u-4 u-5" }, reject: 5002 }
                                ^^^^^^^ warning never-found
  - { rule: c, when: { userID: { in list: bosses } }, reject: 5003 }
  - { rule: d, when: { userID: { contains: "u 6" } }, reject: 5004 }
  - { rule: e, when: { nickName: { in list: [Anna Maria] } }, reject: 5005 }
--- lists/bosses.txt
u-7 (the boss)
^^^^^^^^^^^^^^ warning never-found
u-8
`,
)

test('a single word that is several needs another test word', t => {
  const content = `callback: beforeSendGroupMsg\nrules: [{ rule: r, when: { message text: { has word: "a;b" } }, reject: 5001 }]\n`
  const { diagnostics } = check([{ file: 'a.yaml', content }])
  t.is(diagnostics.find(({ code }) => code === 'odd-entry')?.hint, 'Write has word in: [a, b]')
  const named = content.replace('message text', 'senderNickname')
  const hints = check([{ file: 'a.yaml', content: named }]).diagnostics.filter(({ code }) => code !== 'no-test')
  t.deepEqual(
    hints.map(({ code }) => code),
    ['meant-otherwise'],
  )
})
