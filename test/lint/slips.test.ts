import test from 'ava'
import { warns } from './_warns.ts'

const message = `--- a.yaml
callback: beforeSendGroupMsg
rules:
  - rule: r
`

test(
  'the JSON of a message is not its text',
  warns,
  `${message}    when: { content: { contains: damn } }
                       ^^^^^^^^^^^^^^ warning meant-otherwise
    reject: 5001
`,
)

test(
  'every text has a number of emoji',
  warns,
  `${message}    when: { any: [{ message text.emoji: present }, { message text.words: absent }, { message text.capitals: present }] }
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
    reject: 5001
`,
)

test(
  'a link is a complete address, and no host',
  warns,
  `${message}    when: { message text.links: { any item: [bit.ly, "https://a.test/x"], not: { every item: { is: a.test/x } } } }
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
                                                                                               ^^^^^^^^^^^^ warning meant-otherwise
    reject: 5001
`,
)

test(
  'links are compared as they are written',
  warns,
  `${message}    when: { message text.links: { any item: ["https://a.test", "tg://resolve?domain=x", "https://a.test/x?y=1"] } }
    reject: 5001
`,
)

test(
  'what is written as JSON means the JSON',
  warns,
  `${message}    when: { content: { contains: '"damn"' } }\n    reject: 5001\n`,
)

test(
  'a kind of message without a text has no message text',
  warns,
  `${message}    when: { contentType: file, message text: damn }
                               ^^^^^^^^^^^^^^^^^^ warning never-fires
    reject: 5001
`,
)

test(
  'a role in unless is the role that is set',
  warns,
  `
  - rule: r
    when: { nickName: x }
    unless: { roleLevel: { at least: admin } }
                           ^^^^^^^^^^^^^^^ warning meant-otherwise
    reject: 5001
`,
)

test(
  'a rule about roles may except one',
  warns,
  `
  - rule: r
    when: { roleLevel: present }
    unless: { roleLevel: admin }
    reject: 5001
`,
)

for (const written of ['%nickName%', '$nickName', '<nickname>', '[nickName]']) {
  test(
    `users would read ${written}`,
    warns,
    `
  - rule: r
          ^ warning meant-otherwise
    when: { nickName: x }
    reject: { code: 5001, message: "Not ${written}" }
`,
  )
}

test(
  'other signs in a message are read as they are meant',
  warns,
  `
  - rule: r
    when: { nickName: x }
    reject: { code: 5001, message: "100% of $5 <b> [sic] {nickName}" }
`,
)

test(
  'every word that looks for a text is told of the JSON of a message',
  warns,
  `--- a.yaml
callback: beforeSendGroupMsg
rules:
  - { rule: a, when: { content: { starts with any: [damn] } }, reject: 5001 }
                                  ^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: b, when: { content: { matches: '(?i)hell' } }, reject: 5001 }
                                  ^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: c, when: { content: { matches: '"url":' } }, reject: 5001 }
  - { rule: d, when: { content: { longer than: 9000 } }, reject: 5001 }
`,
)

test(
  'steps on the JSON of a message are told what they do to it',
  warns,
  `--- a.yaml
callback: beforeMsgModify
rules:
  - { rule: a, when: { content: present, contentType: text }, rewrite: { content: { mask words in: [damn] } } }
                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: b, when: { content: present, contentType: quote }, rewrite: { content: "hello {sendID}" } }
                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: c, when: { contentType: custom }, rewrite: { content: { mask words in: [damn] } } }
  - { rule: d, when: { contentType: markdown }, rewrite: { content: { set: '{{"content":"x"}}' } } }
  - { rule: e, when: { contentType: file }, rewrite: { message text: trim } }
                                                       ^^^^^^^^^^^^^^^^^^ warning meant-otherwise
`,
)

test(
  'a message without a text has none in any of several ways',
  warns,
  `--- a.yaml
callback: beforeSendGroupMsg
rules:
  - { rule: a, when: { contentType: file, any: [{ message text: x }, { message text.links: present }] }, reject: 5001 }
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: b, when: { contentType: { not one of: [text, at text, quote, advanced text, markdown] }, message text: y }, reject: 5001 }
                                                                                                     ^^^^^^^^^^^^^^^ warning never-fires
  - { rule: c, when: { contentType: file, any: [{ message text: z }, { sendID: u-1 }] }, reject: 5001 }
  - { rule: d, when: { contentType: card, message text: absent }, reject: 5001 }
`,
)

test(
  'a role among several exceptions, and in an exemption, is the role that is set',
  warns,
  `
  - rule: a
    when: { nickName: x }
    unless: { any: [{ roleLevel: admin }, { userID: boss }] }
                      ^^^^^^^^^^^^^^^^ warning meant-otherwise
    reject: 5001
  - rule: b
    when: { nickName: y }
    unless: { roleLevel: { not one of: [member] } }
                           ^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
    reject: 5002
  - { rule: admins, when: { roleLevel: { at least: admin } }, allow: [a] }
                                         ^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: role, when: { roleLevel: { more than: member } }, reject: 5003 }
  - { rule: owners, when: { roleLevel: owner }, allow: [role] }
`,
)

test(
  'a name that is set has placeholders, too, and all of a text are told at once',
  warns,
  `
  - rule: r
    when: { nickName: x }
    rewrite: { nickName: { set: "Guest $userID of %groupID%" } }
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
`,
)
