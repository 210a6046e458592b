import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { fileChanges, ruleChanges } from '../../src/serve/reload-changes.ts'
import type { SourceFile } from '../../src/yaml/source.ts'

const names = `callback: beforeSetGroupMemberInfo
lists: { bad: [one, two] }
codes: { no: 5001 }
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: no
    tests:
      - { given: { nickName: x }, expect: allow }
  - rule: no-bad
    when: { nickName: { in list: bad } }
    reject: 5002
  - rule: no-digits
    when: { nickName: { matches: '\\d{9}' } }
    reject: { code: 5003, message: "Not {nickName}" }
  - rule: tidy
    when: { all: [{ nickName: present }, { time: { days: [mon], zone: UTC } }] }
    rewrite: { nickName: [trim, { cut to: 24 }] }
`

function rulesIn(text: string) {
  const { ruleSet, diagnostics } = check([{ file: 'names.yaml', content: text }])
  if (ruleSet === null) throw new Error(JSON.stringify(diagnostics))
  return ruleSet.compiled.keys()
}

/** What an edit of the file, a text for another, changes in its rules; both are read anew. */
function changesBy(from: string, to: string) {
  const steps = ruleChanges(rulesIn(names), rulesIn(names.replace(from, to)))
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const says = test.macro({
  title: (_, from: string, to: string) => `${from.trim()} → ${to.trim()} changes what it says in the rules`,
  exec(t, from: string, to: string, expected: object | undefined) {
    t.true(names.includes(from))
    t.deepEqual(changesBy(from, to), expected)
  },
})

test(says, 'rule: no-bad', 'rule: no-worse', { added: ['no-worse'], removed: ['no-bad'] })
test(says, '"://"', '"http"', { changed: ['no-links'] })
test(says, 'no: 5001', 'no: 5009', { changed: ['no-links'] })
test(says, 'in list: bad', 'one of: [one, two]', { changed: ['no-bad'] })
test(says, '{9}', '{8}', { changed: ['no-digits'] })
test(says, 'Not {nickName}', 'No {nickName}', { changed: ['no-digits'] })
test(says, 'Not {nickName}', 'Not {userID}', { changed: ['no-digits'] })
test(says, '[mon]', '[tue]', { changed: ['tidy'] })
test(says, 'cut to: 24', 'cut to: 25', { changed: ['tidy'] })
test(says, '    reject: 5002', '    reject: 5002\n    mode: shadow', { changed: ['no-bad'] })
test(says, 'beforeSetGroupMemberInfo\n', 'beforeSetGroupMemberInfo\nwhen: { userID: u }\n', {
  changed: ['no-links', 'no-bad', 'no-digits', 'tidy'],
})
test(says, 'beforeSetGroupMemberInfo', '[beforeSetGroupMemberInfo]', undefined)
test(says, 'callback:', '# a comment\ncallback:', undefined)
test(says, 'nickName: x', 'nickName: y', undefined)
test(says, 'one, two]', 'one, three]', undefined)

test('of very many names, the first are listed and the rest counted', t => {
  const many = Array.from({ length: 30 }, (_, at) => ({ file: `f${at}.yaml`, content: '' }))
  const { added } = fileChanges([], many) ?? {}
  t.is(added?.length, 21)
  t.is(added?.at(-1), 'and 10 more')
})

test('files are compared by their content', t => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const before: SourceFile[] = [
    { file: 'a', content: bytes('1') },
    { file: 'b', content: bytes('2') },
    { file: 'c', content: bytes('3') },
  ]
  const after: SourceFile[] = [
    { file: 'a', content: bytes('1') },
    { file: 'b', content: bytes('two') },
    { file: 'd', content: bytes('3') },
  ]
  t.deepEqual(fileChanges(before, after), { added: ['d'], removed: ['c'], changed: ['b'] })
  t.is(fileChanges(before, [...before]), undefined)
})
