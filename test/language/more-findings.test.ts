import test, { type ExecutionContext } from 'ava'
import { check } from '../../src/lint/check.ts'
import type { Diagnostic } from '../../src/yaml/diagnostic.ts'
import { shownPlacesIn } from '../../src/yaml/places.ts'

const top = 'callback: beforeSetGroupMemberInfo\n'
const rules =
  'rules:\n  - { rule: r, when: { nickName: x }, reject: 5001, tests: [{ given: { nickName: x }, expect: { reject: 5001 } }] }\n'
const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')

const said = ({ severity, code, message }: Diagnostic) => `${severity} ${code} ${message}`
const codes = (diagnostics: readonly Diagnostic[]) => new Set(diagnostics.map(({ code }) => code))

const ended = 'error more-findings Stopped reading this file after 100 errors'

/** A rule file that has very many mistakes: a hundred are told, and that there are more. */
const ends = test.macro((t: ExecutionContext, content: string, code: string) => {
  const { ruleSet, diagnostics, sources } = check([{ file: 'a.yaml', content }])
  t.is(ruleSet, null)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  t.is(errors.length, 101)
  t.true(codes(errors).has(code as Diagnostic['code']), [...codes(errors)].join(' '))
  const last = diagnostics.at(-1) as Diagnostic
  t.is(said(last), ended)
  t.is(shownPlacesIn(sources)(last.span), `a.yaml:${content.split('\n').length}:1`)
})

test('unknown keys of a file', ends, `${top}${times(2_000, at => `key${at}: 1\n`)}${rules}`, 'unknown-key')
test(
  'unknown keys of a rule',
  ends,
  `${top}rules:\n  - rule: r\n${times(2_000, at => `    key${at}: 1\n`)}`,
  'unknown-key',
)
test(
  'unknown fields',
  ends,
  `${top}rules:\n  - rule: r\n    reject: 5001\n    when:\n${times(2_000, at => `      key${at}: 1\n`)}`,
  'unknown-field',
)
test(
  'unknown words',
  ends,
  `${top}rules:\n  - rule: r\n    reject: 5001\n    when:\n      nickName:\n${times(2_000, at => `        key${at}: 1\n`)}`,
  'unknown-word',
)
test('rules with a mistake each', ends, `${top}rules:\n${times(2_000, at => `  - { rule: r${at} }\n`)}`, 'no-outcome')
test(
  'rules of the same name',
  ends,
  `${top}${times(2_000, () => rules.slice('rules:\n'.length)).replace(/^/, 'rules:\n')}`,
  'duplicate-rule',
)
test('codes that are none', ends, `${top}codes:\n${times(2_000, at => `  c${at}: 1\n`)}${rules}`, 'bad-code')
test(
  'entries that are no texts',
  ends,
  `${top}lists:\n  l:\n${times(2_000, at => `    - ${at}\n`)}${rules}`,
  'unquoted-number',
)
test(
  'conditions that are wrong for every callback',
  ends,
  `conditions:\n${times(2_000, at => `  c${at}: { no${at}: x }\n`)}${top}${rules}`,
  'unknown-field',
)
test(
  'names that are not there',
  ends,
  `${top}rules:\n${times(2_000, at => `  - { rule: r${at}, when: { nickName: { in list: l${at} } }, reject: 5001 }\n`)}`,
  'unknown-list',
)
test(
  'rules that are not there',
  ends,
  `${top}${rules}  - { rule: vips, when: { userID: u }, allow: [${times(2_000, at => `r${at},`)}] }\n`,
  'unknown-rule',
)
test(
  'tests that cannot pass',
  ends,
  `${top}${rules}tests:\n${times(2_000, at => `  - { given: { nickName: n${at} }, expect: { reject: 5002 } }\n`)}`,
  'impossible-test',
)
test('keys that stand twice', ends, `${top}${rules}${'zone: UTC\n'.repeat(2_000)}`, 'duplicate-key')

test('a hundred mistakes are all told, and that there may be more', t => {
  const mistakes = (count: number) => `${top}${times(count, at => `key${at}: 1\n`)}${rules}`
  const tell = (count: number) => check([{ file: 'a.yaml', content: mistakes(count) }]).diagnostics.map(said)
  t.is(tell(99).length, 99)
  t.false(tell(99).includes(ended))
  t.is(tell(100).at(-1), ended)
})

test('warnings do not crowd out an error', t => {
  const quotes = times(500, at => `    - { rule: q${at}, when: { nickName: “n${at}” }, reject: 5001 }\n`)
  const content = `${top}rules:\n${quotes.replaceAll(/^ {2}/gm, '')}  - { rule: last, when: { nickNme: x }, reject: 5001 }\n`
  const { ruleSet, diagnostics } = check([{ file: 'a.yaml', content }])
  t.is(ruleSet, null)
  t.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    ['unknown-field'],
  )
  t.is(diagnostics.filter(({ code }) => code === 'curly-quotes').length, 100)
  t.true(
    diagnostics
      .map(said)
      .includes('warning more-findings This file has more than 100 warnings: the rest are not shown'),
  )
})

test('warnings alone do not keep rules from loading, however many', t => {
  const content = `${top}codes:\n${times(2_000, at => `  c${at}: 5001\n`)}${rules}`
  const { ruleSet, diagnostics } = check([{ file: 'a.yaml', content }])
  t.not(ruleSet, null)
  t.is(diagnostics.filter(({ code }) => code === 'unused-code').length, 100)
  t.is(diagnostics.filter(({ code }) => code === 'more-findings').length, 1)
})

test('what is left of warnings is the same on a reload that reads nothing anew', t => {
  const quotes = times(300, at => `  - { rule: q${at}, when: { nickName: “n${at}” }, reject: 5001 }\n`)
  const files = [{ file: 'a.yaml', content: `${top}codes: { unused: 5001 }\nrules:\n${quotes}` }]
  const first = check(files)
  t.not(first.ruleSet, null)
  const again = check(files, { before: first.ruleSet, isReload: true })
  t.deepEqual(again.diagnostics, first.diagnostics)
})

test('the mistakes of a folder end at a number, too', t => {
  const files = Array.from({ length: 3_000 }, (_, at) => ({ file: `f${at}.yaml`, content: `${top}ruls: 1\n` }))
  const { diagnostics } = check(files)
  t.is(diagnostics.length, 1_001)
  t.is(said(diagnostics.at(-1) as Diagnostic), 'error more-findings Stopped reading this folder after 1,000 errors')
  const wholly = Array.from({ length: 30 }, (_, at) => ({
    file: `f${at}.yaml`,
    content: `${top}${times(200, key => `key${key}: 1\n`)}`,
  }))
  t.true(check(wholly).diagnostics.length <= 1_020)
})

test('of files that are not read nobody is told which names they lack', t => {
  const uses = `${top}rules:\n  - { rule: u, when: { nickName: { in list: l }, use: c }, reject: k }\n`
  const large = `${top}# ${'x'.repeat(5 * 1024 * 1024)}\n`
  const lost = Buffer.concat([Buffer.from(`${top}# ${'x'.repeat(100_000)}\n`), Buffer.from([0xff])])
  for (const content of [large, lost]) {
    const { diagnostics } = check([
      { file: 'a.yaml', content },
      { file: 'b.yaml', content: uses },
    ])
    t.is(diagnostics.length, 1)
    t.is(diagnostics[0]?.span.file, 'a.yaml')
  }
})

test('sentences are cut, whoever says them', t => {
  const long = 'x'.repeat(1_000_000)
  for (const content of [
    `${top}"${long}`,
    `${top}rules:\n  - { rule: r, when: { faceURL.host: ${long} }, reject: 5001 }\n`,
    `${top}rules:\n  - { rule: r, when: { nickName: "${long}{x" }, reject: 5001 }\n`,
    `${top}? ${long}\n: 1\n${rules}`,
  ]) {
    const { diagnostics } = check([{ file: 'a.yaml', content }])
    t.true(diagnostics.length > 0)
    for (const { message, hint = '' } of diagnostics) t.true(message.length <= 300 && hint.length <= 1_600)
  }
})
