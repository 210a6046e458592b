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
