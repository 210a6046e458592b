import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { top, warns } from './_warns.ts'

test(
  'a star is told where it is only a star',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { ids: [bot-*, u-7] }
rules:
  - { rule: a, when: { userID: { one of: [u-1, bot-*] } }, reject: 5001 }
                                               ^^^^^ warning literal-star
  - { rule: b, when: { userID: guest* }, reject: 5001 }
                               ^^^^^^ warning literal-star
  - { rule: c, when: { groupID: [school-*, x] }, reject: 5001 }
                                 ^^^^^^^^ warning literal-star
  - { rule: d, when: { nickName: { starts with: mod* } }, reject: 5001 }
                                                ^^^^ warning literal-star
  - { rule: e, when: { nickName: { ends with: "*bot" } }, reject: 5001 }
                                               ^^^^ warning literal-star
  - { rule: f, when: { nickName: { contains: "*spam*" } }, reject: 5001 }
                                              ^^^^^^ warning literal-star
  - { rule: g, when: { faceURL: "*.png" }, reject: 5001 }
                                 ^^^^^ warning literal-star
  - { rule: h, when: { nickName: { looks like: chief* } }, reject: 5001 }
                                               ^^^^^^ warning literal-star
  - { rule: i, when: { userID: { one of: ids } }, reject: 5001 }
                                 ^^^^^^^^^^^ warning literal-star
  - { rule: j, when: { ex.tags: { any item: vip* } }, reject: 5001 }
                                            ^^^^ warning literal-star
  - { rule: k, when: { nickName: bo*s }, reject: 5001 }
                                 ^^^^ warning literal-star
  - { rule: l, when: { userID: u }, unless: { groupID: { not one of: [g*] } }, reject: 5001 }
                                                                      ^^ warning literal-star
  - { rule: m, when: { userID: u }, rewrite: { nickName: { replace: { text: rude*, with: x } } } }
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning literal-star
  - { rule: n, when: { userID: "*", groupID: n }, reject: 5001 }
                                ^ warning literal-star
  - { rule: o, when: { userID: { in list: ["*-bot", u-7] } }, reject: 5001 }
                                            ^^^^^ warning literal-star
  - { rule: p, when: { userID: { not in list: ["*bot*"] }, groupID: p }, reject: 5001 }
                                                ^^^^^ warning literal-star
`,
)
test(
  'a star is not set where it is any ending, or meant',
  warns,
  `
  - { rule: a, when: { userID: { in list: [bot-*] } }, reject: 5001 }
  - { rule: b, when: { userID: { not in list: [u-*] }, groupID: g }, reject: 5001 }
  - { rule: c, when: { nickName: { contains any: [spam*] } }, reject: 5001 }
  - { rule: d, when: { nickName: { has word: admin* } }, reject: 5001 }
  - { rule: e, when: { nickName: { has word in: [mod*, "*coin", "*arsch*"] } }, reject: 5001 }
  - { rule: o, when: { nickName: { contains any: ["*coin"] } }, reject: 5001 }
  - { rule: p, when: { nickName: { has word: "*coin" } }, reject: 5001 }
  - { rule: f, when: { nickName: { looks like a word in: [boss*] } }, reject: 5001 }
  - { rule: g, when: { faceURL: { hosted on: "*.example.com" } }, reject: 5001 }
  - { rule: h, when: { nickName: { exactly: { is: "chief*" } } }, reject: 5001 }
  - { rule: i, when: { nickName: { contains: "**" } }, reject: 5001 }
  - { rule: n, when: { nickName: { contains any: ["*", "~"] }, groupID: n }, reject: 5001 }
  - { rule: j, when: { nickName: M*A*S*H }, reject: 5001 }
  - { rule: k, when: { nickName: { matches: '^x.*y$' } }, reject: 5001 }
  - { rule: l, when: { userID: u }, rewrite: { nickName: { mask words in: [rude*, "*coin"] } } }
`,
)

/** What to write in the place of a condition; undefined where nothing is said. */
function adviceFor(condition: string): string | undefined {
  const content = `${top}rules:\n  - { rule: r, when: { ${condition} }, reject: 5001 }\n`
  return check([{ file: 'a.yaml', content }]).diagnostics.find(({ code }) => code === 'literal-star')?.hint
}

const advises = test.macro<[condition: string, instead: string]>({
  exec: (t, condition, instead) => {
    const [field = ''] = condition.split(':')
    t.true(adviceFor(condition)?.startsWith(`Write ${instead}`), adviceFor(condition))
    t.is(adviceFor(`${field}: { ${instead} }`), undefined)
  },
  title: (_, condition, instead) => `${condition} is told to be ${instead}`,
})

test(advises, 'nickName: admin*', 'starts with: admin')
test(advises, 'nickName: "*admin"', 'ends with: admin')
test(advises, 'nickName: "*admin*"', 'contains: admin')
test(advises, 'nickName: ad*min', "matches: '(?i)^ad.*min$'")
test(advises, 'userID: u.*-x', "matches: '^u\\..*-x$'")
test(advises, 'nickName: { is not: admin* }', 'not: { starts with: admin }')
test(advises, 'userID: [bot-*, u-1]', 'in list: [bot-*, u-1]')
test(advises, 'userID: { not one of: [bot-*, u-1] }', 'not in list: [bot-*, u-1]')
test(advises, 'userID: ["*-bot"]', 'ends with: "-bot"')
test(advises, 'nickName: { contains: admin* }', 'contains: admin')
test(advises, 'nickName: { starts with: admin* }', 'starts with: admin')
test(advises, 'nickName: { starts with: "*admin" }', 'contains: admin')
test(advises, 'nickName: { ends with: "*bot" }', 'ends with: bot')
test(advises, 'nickName: { looks like: admin* }', 'looks like a word in: [admin*]')
test(advises, 'nickName: { looks like: "*admin" }', 'looks like a word in: [admin]')
test(advises, 'faceURL: "*.png"', 'ends with: .png')
test(advises, 'faceURL: "https://*.example.com/*"', 'hosted on: "*.example.com"')
