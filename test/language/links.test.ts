import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { checkFixes, folderOf, heeded, type Part, untested } from './_each.ts'

/** One mistake, one diagnostic, and the hint has the text that was meant. */
const meant = test.macro<[Part, string, string]>({
  exec(t, part, text, hint) {
    const files = folderOf(part, text)
    const said = untested(check(files).diagnostics)
    checkFixes(t, files, heeded)
    t.deepEqual(
      said.map(diagnostic => diagnostic.hint?.slice(0, hint.length)),
      [hint],
    )
  },
  title: (_, part, text) => `in a ${part}: ${text.replaceAll(/\s+/g, ' ')}`,
})

test(meant, 'condition', 'nickName.link: present', 'Did you mean "nickName.links"?')
test(meant, 'condition', 'nickName.urls: present', 'Did you mean "nickName.links"?')
test(meant, 'condition', 'nickName: { links: present }', 'Write nickName.links: present')
test(meant, 'condition', 'nickName: { has link: true }', 'Write nickName.links: present')
test(meant, 'condition', 'nickName: { hosted on: a.com }', 'Write nickName.links: { any item: { hosted on: … } }')
test(meant, 'condition', 'nickName.links: 3', 'Write how many: 3')
test(meant, 'condition', 'nickName.links: { hosted on: a.com }', 'Write any item: { hosted on: a.com }')
test(meant, 'condition', 'nickName.links: { more than: 2 }', 'Write how many: { more than: 2 }')
test(meant, 'condition', 'nickName.links: { is blank: true }', 'Write absent: true')
test(meant, 'condition', 'nickName.links.length: { more than: 2 }', 'Write nickName.links: { how many: … }')
test(meant, 'condition', 'nickName.links.path: /x', 'Write nickName.links: { any item: { .path: … } }')
test(meant, 'condition', 'nickName.links: { any item: { .hots: a.com } }', 'Did you mean ".host"?')
test(meant, 'condition', 'nickName.links: { any item: { not: { .hots: a.com } } }', 'Did you mean ".host"?')
test(meant, 'condition', 'nickName.links: { any item: { shown host: present } }', 'Did you mean ".shown host"?')
test(meant, 'condition', 'nickName.links: { any item: { host: a.com } }', 'Did you mean "hosted on"?')
test(meant, 'condition', 'groupID.links: present', 'Parts of groupID: groupID.length')
test(meant, 'rule', 'when: { nickName: x }\nrewrite: { nickName: mask link }', 'Did you mean "mask links"?')
test(meant, 'rule', 'when: { nickName: x }\nrewrite: { nickName: remove links }', 'Did you mean "mask links"?')
test(meant, 'rule', 'when: { nickName: x }\nrewrite: { nickName: { mask links: "#" } }', 'Write mask links, or {')
test(meant, 'rule', 'when: { nickName: x }\nrewrite: { nickName: { mask links: true, with: "" } }', 'Write a character')
test(
  meant,
  'rule',
  'when: { nickName: x }\nrewrite: { roleLevel: mask links }',
  'Write the value to set "roleLevel" to',
)
