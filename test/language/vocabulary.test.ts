import test from 'ava'
import { type Step, steps, type Word, words } from '../../src/language/vocabulary.ts'
import { check } from '../../src/lint/check.ts'
import { mistakesIn } from './_each.ts'

/** Members have fields of every kind but lists, and a list of members has the rest. */
function codesOf(lines: string): string[] {
  const callback = lines.includes('memberList') ? 'beforeMembersJoinGroup' : 'beforeSetGroupMemberInfo'
  const content = `callback: ${callback}\nrules:\n  - rule: r\n${lines}`
  return mistakesIn(check([{ file: 'a.yaml', content }]).diagnostics).map(({ code }) => code)
}

for (const { name, example } of words as readonly Word[]) {
  test(`the example of "${name}" is right`, t => {
    t.deepEqual(codesOf(`    when: ${example}\n    reject: 5001\n`), [])
  })
}

for (const { name, example } of steps as readonly Step[]) {
  test(`the example of the step "${name}" is right`, t => {
    const when = example.includes('memberList') ? '{ memberList: present }' : '{ nickName: present }'
    t.deepEqual(codesOf(`    when: ${when}\n    rewrite: ${example}\n`), [])
  })
}
