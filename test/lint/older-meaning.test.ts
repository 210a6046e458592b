import test from 'ava'
import { check, checkInSteps } from '../../src/lint/check.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { eachFile } from '../language/_each.ts'
import { readMarks } from '../language/_reports.ts'
import { warns } from './_warns.ts'

test(
  'for a folder of language 1 each place is told whose meaning has changed',
  warns,
  `
--- a.yaml
language: 1
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: { matches: 'x+y' } }, reject: 5001 }
                                   ^^^^^^^^^^^^^^ warning older-meaning
  - { rule: b, when: { nickName: { starts with: Mod } }, reject: 5001 }
                                   ^^^^^^^^^^^^^^^^ warning older-meaning
  - { rule: c, when: { nickName: { has word: 毒品 } }, reject: 5001 }
                                   ^^^^^^^^^^^^ warning older-meaning
  - { rule: d, when: { nickName: { has word in: [c++] } }, reject: 5001 }
                                   ^^^^^^^^^^^^^^^^^^ warning older-meaning
  - { rule: e, when: { nickName: { looks like: boss } }, reject: 5001 }
                                   ^^^^^^^^^^^^^^^^ warning older-meaning
  - { rule: f, when: { ex.a: { contains: b } }, reject: 5001 }
                               ^^^^^^^^^^^ warning older-meaning
  - { rule: g, when: { nickName: İzmir }, reject: 5001 }
                       ^^^^^^^^^^^^^^^ warning older-meaning
  - { rule: h, when: { userID: u }, rewrite: { nickName: { mask words in: bad } } }
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning older-meaning
  - { rule: i, when: { nickName: { exactly: { matches: z } } }, reject: 5001 }
  - { rule: j, when: { nickName: { contains: z }, userID: { matches: '^u' } }, reject: 5001 }
  - { rule: k, when: { nickName: { has word: 毒 } }, reject: 5001, mode: disabled }
--- lists/bad.txt
darn
!darn it
 ^^^^^^^ warning older-meaning
`,
)

test(
  'rules without a number, or with the newest one, are told nothing',
  warns,
  `
--- a.yaml
language: 2
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: { matches: 'x+y' } }, reject: 5001 }
`,
)

test('a warning says what to write for the older meaning', t => {
  const file = (when: string) =>
    `callback: beforeSetGroupMemberInfo\nlanguage: 1\nrules:\n  - { rule: a, when: { nickName: ${when} }, reject: 5001 }\n`
  const hintOf = (when: string) => {
    const found = check([{ file: 'a.yaml', content: file(when) }]).diagnostics.find(
      ({ code }) => code === 'older-meaning',
    )
    return [found?.message, found?.hint]
  }
  t.deepEqual(hintOf("{ matches: 'x' }"), [
    '"matches" also finds what wide, styled or invisible characters hide now: this folder is written for language 1',
    'Write exactly: { matches: … } for what the text has character by character',
  ])
  t.deepEqual(hintOf('{ has word: 毒品 }'), [
    '"has word" finds "毒品" as a whole word of the dictionary now: this folder is written for language 1',
    'Write contains any to find the characters anywhere',
  ])
})

test(
  'a number of the language that cannot be is pointed at',
  eachFile,
  `
language: 3
          ^ newer-language

language: newest
          ^^^^^^ bad-language
`,
)

test('two numbers are pointed at', t => {
  const { text, reports } = readMarks(`
language: 2
          ^ two-languages
`)
  const { diagnostics } = check([
    { file: 'a.yaml', content: 'language: 1\n' },
    { file: 'b.yaml', content: text },
  ])
  const found = diagnostics.find(({ code }) => code === 'two-languages')
  t.like(found, { severity: 'error', span: { file: 'b.yaml', start: reports[0]?.start, end: reports[0]?.end } })
  t.is(found?.hint, 'The other one is at a.yaml:1:11; state one number once')
})

test('one number for a folder, and none that is newer than the program', t => {
  const rule = 'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: a, when: { nickName: z }, reject: 5001 }\n'
  const codes = (...numbers: string[]) => {
    const files = numbers.map((number, at) => ({ file: `${at}.yaml`, content: `language: ${number}\n` }))
    const { diagnostics, ruleSet } = check([...files, { file: 'r.yaml', content: rule }])
    const found = diagnostics.filter(({ code }) => code !== 'no-test')
    return [ruleSet?.language, ...found.map(({ code, span }) => `${span.file} ${code}`)]
  }
  t.deepEqual(codes(), [2])
  t.deepEqual(codes('1'), [1])
  t.deepEqual(codes('2', '2'), [2])
  t.deepEqual(codes('1', '2'), [undefined, '1.yaml two-languages'])
  t.deepEqual(codes('3'), [undefined, '0.yaml newer-language'])
  for (const wrong of ['0', '1.5', 'two', '"2"', '[]']) t.deepEqual(codes(wrong), [undefined, '0.yaml bad-language'])
})

test('a file that is not read again keeps its number', t => {
  const files = (code: number) => [
    { file: 'a.yaml', content: 'language: 1\n' },
    {
      file: 'r.yaml',
      content: `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: a, when: { nickName: { matches: z } }, reject: ${code} }\n`,
    },
  ]
  const before = check(files(5001)).ruleSet
  const { ruleSet, diagnostics } = atOnce(checkInSteps(files(5002), { before }))
  t.is(ruleSet?.language, 1)
  t.true(diagnostics.some(({ code }) => code === 'older-meaning'))
})
