import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { eachCondition, eachRule, loads, mistakesIn } from './_each.ts'

test(
  'parts of a text that tell its shape are read',
  loads,
  `
callback: beforeSendGroupMsg
rules:
  - rule: r
    when:
      message text.capitals: { at least: 70 }
      message text.emoji: { more than: 3 }
      message text.lines: { between: [2, 20] }
      message text.words: { less than: 200 }
      message text.longest run: { at least: 8 }
      message text.stacked marks: { at least: 3 }
      message text.scripts: { any item: cyrillic, how many: { more than: 2 } }
      message text.mentions: 5
      message text.gist: [Buy now, 加我微信]
      message text.gist.length: { more than: 3 }
      message text: { only emoji: true }
      original.senderNickname.emoji: 0
    reject: { code: 5001, message: "{message text.capitals} {message text.scripts} {original.senderNickname.longest run}" }
  - rule: item
    callback: beforeMembersJoinGroup
    when: { memberList: { any item: { nickname.emoji: { more than: 2 }, nickname.scripts: { every item: latin } } } }
    reject: 5002
`,
)

test(
  'a part that a text does not have is pointed at',
  eachCondition,
  `
nickName.caps: { at least: 70 }
^^^^^^^^^^^^^ unknown-field

nickName.longest_run: 8
^^^^^^^^^^^^^^^^^^^^ unknown-field

nickName.script: { any item: latin }
^^^^^^^^^^^^^^^ unknown-field

nickName.mentions: 5
^^^^^^^^^^^^^^^^^ unknown-field

nickName.gist.words: 5
^^^^^^^^^^^^^^^^^^^ unknown-field

userID.emoji: 5
^^^^^^^^^^^^ unknown-field
`,
)

test(
  'a word or a value that does not fit such a part is pointed at',
  eachCondition,
  `
nickName.emoji: { contains: x }
                  ^^^^^^^^ wrong-kind

nickName.capitals: many
                   ^^^^ wrong-value

nickName.scripts: latin
                  ^^^^^ wrong-kind

nickName.scripts: { contains: latin }
                    ^^^^^^^^ wrong-kind

nickName.scripts: { any item: cyrilic }
                              ^^^^^^^ wrong-value

nickName.scripts: { any item: [latin, russian] }
                                      ^^^^^^^ wrong-value

nickName.scripts: { any item: { not: { is: klingon } } }
                                           ^^^^^^^ wrong-value

nickName.gist: "123"
               ^^^^^ wrong-value

nickName.gist: { one of: [buy now, "+ 7"] }
                                   ^^^^^ wrong-value

nickName.gist: { contains: "!" }
                           ^^^ wrong-value

nickName: { only emoji: yes }
                        ^^^ wrong-value

userID: { only emoji: true }
          ^^^^^^^^^^ wrong-kind
`,
)

test(
  'a part in a text, or in several callbacks, is looked up as it is in one condition',
  eachRule,
  `
when: { nickName.emoji: 1 }
reject: { code: 5001, message: "{nickName.emojis}" }
                                ^^^^^^^^^^^^^^^^^ unknown-field

callback: [beforeSendGroupMsg, beforeGroupOnlinePush]
rules:
  - rule: r
    when: { message text.mentions: 3 }
            ^^^^^^^^^^^^^^^^^^^^^ wrong-kind
    reject: 5001

callback: [beforeSendGroupMsg, beforeSendSingleMsg]
rules: [{ rule: r, when: { message text.mentions: 3 }, reject: 5001 }]
`,
)

const hints = test.macro({
  title: (_, condition: string, hint: RegExp) => `${condition} is told ${hint.source}`,
  exec(t, condition: string, hint: RegExp) {
    const content = `callback: beforeSendGroupMsg\nrules:\n  - { rule: r, when: { ${condition} }, reject: 5001 }\n`
    const [first] = mistakesIn(check([{ file: 'a.yaml', content }]).diagnostics)
    t.regex(first?.hint ?? '', hint)
  },
})
test(hints, 'message text.caps: 70', /^Did you mean "message text\.capitals"\?/)
test(hints, 'message text.zalgo: 3', /^Did you mean "message text\.stacked marks"\?/)
test(hints, 'message text.repeats: 8', /^Did you mean "message text\.longest run"\?/)
test(hints, 'message text.skeleton: buy', /^Did you mean "message text\.gist"\?/)
test(hints, 'message text: { has emoji: true }', /^Write message text\.emoji: \{ more than: 0 \}$/)
test(hints, 'message text: { is upper case: true }', /^Write message text\.capitals: \{ at least: … \}$/)
test(hints, 'message text: { all caps: true }', /^Write message text\.capitals/)
test(hints, 'message text: { repeats: 8 }', /^Write message text\.longest run/)
test(hints, 'message text: { contains word: damn }', /^Did you mean "has word"\?/)
test(hints, 'message text: { has words: [damn] }', /^Did you mean "has word in"\?/)
test(hints, 'message text: { has bitcoin address: true }', /^Did you mean "has crypto address"\?/)
test(hints, 'message text.words: { fewer than: 3 }', /^Did you mean "less than"\?/)
test(hints, 'message text.length: { shorter than: 50 }', /^Write less than: 50 in place of shorter than$/)
test(hints, 'message text.capitals: 70%', /^Write 70$/)
test(hints, 'message text.capitals: { at least: 0.7 }', /^Write 70: it is in percent$/)
test(hints, 'content.fileSize: { more than: 10 MB }', /^Write 10485760, in bytes$/)
test(hints, 'content.fileSize: { more than: 1.5KB }', /^Write 1536, in bytes$/)
test(hints, 'file name: { ends with: .exe }', /^Did you mean "all text"\?/)
test(hints, 'message text: { emoji only: true }', /only emoji/)
test(hints, 'message text: { emoji: 3 }', /^Write message text\.emoji/)
test(hints, 'message text.scripts: latin', /any item/)
test(hints, 'message text.scripts: { any item: russian }', /^Did you mean "cyrillic"\? Scripts: latin, han, cyrillic/)
test(hints, 'message text.scripts: { any item: chinese }', /^Did you mean "han"\?/)
test(hints, 'message text.gist: "99"', /^Write what is said in it, or test message text itself$/)
