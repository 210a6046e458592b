import test from 'ava'
import { compile } from '../../src/compile/compile.ts'
import { type Step, steps, type Word, words } from '../../src/language/vocabulary.ts'
import { mistakesIn } from './_each.ts'

function codesOf(lines: string): string[] {
  const content = `callback: beforeSetGroupMemberInfo\nrules:\n  - rule: r\n${lines}`
  return mistakesIn(compile([{ file: 'a.yaml', content }]).diagnostics).map(({ code }) => code)
}

// Lists of members are for callbacks that the catalogue does not have yet.
const known: readonly Word[] = words.filter(({ example }) => !example.includes('memberList'))

for (const { name, example, runsNotYet } of known) {
  test(`the example of "${name}" is right`, t => {
    t.deepEqual(codesOf(`    when: ${example}\n    reject: 5001\n`), runsNotYet ? ['not-yet'] : [])
  })
}

for (const { name, example } of steps as readonly Step[]) {
  test(`the example of the step "${name}" is right`, t => {
    t.deepEqual(codesOf(`    when: { nickName: present }\n    rewrite: ${example}\n`), [])
  })
}
