import test from 'ava'
import type { List } from '../../src/language/condition.ts'
import { FolderLimits } from '../../src/language/folder/folder-limits.ts'
import { FolderNames } from '../../src/language/folder/names.ts'
import type { ReadRule } from '../../src/language/read/rule.ts'
import { check } from '../../src/lint/check.ts'
import { maxLexemes } from '../../src/yaml/parse.ts'
import { mistakesIn } from './_each.ts'

const top = 'callback: beforeSetGroupMemberInfo\n'
const rule = '  - { rule: r, when: { use: c0 }, reject: 5001 }\n'

/** What is said of a file: the code, the line, and what stands at the place. */
function said(content: string): string[] {
  return mistakesIn(check([{ file: 'a.yaml', content }]).diagnostics).map(({ code, span }) => {
    const line = content.slice(0, span.start).split('\n').length
    return `${line} ${code} ${content.slice(span.start, span.end)}`
  })
}

/** Conditions of which each uses the next. */
function chain(length: number, body: (next: string) => string): string {
  const conditions = Array.from({ length }, (_, at) => `  c${at}: ${body(`{ use: c${at + 1} }`)}\n`).join('')
  return `${top}conditions:\n${conditions}  c${length}: { nickName: x }\nrules:\n${rule}`
}

function tests(count: number): string {
  return `{ any: [${Array.from({ length: count }, (_, at) => `{ nickName: n${at} }`).join(', ')}] }`
}

test('conditions that double thirty times are refused where it is too much', t => {
  // c20 stands for 2^10 tests, c19 for twice as many.
  t.deepEqual(said(chain(30, next => `{ any: [${next}, ${next}] }`)), ['22 too-large c19'])
})

test('conditions that double ten times are fine', t => {
  t.deepEqual(said(chain(10, next => `{ any: [${next}, ${next}] }`)), [])
})

test('a chain of a thousand conditions is refused where it is too deep', t => {
  // c1000 is one level, so that c936 is the first with more than 64.
  t.deepEqual(said(chain(1_000, next => next)), ['939 too-deep c936'])
})

test('a chain of sixty conditions is fine', t => {
  t.deepEqual(said(chain(60, next => next)), [])
})

test('a circle of ten thousand conditions is told in one short line', t => {
  const conditions = Array.from({ length: 10_000 }, (_, at) => `  c${at}: { use: c${(at + 1) % 10_000} }\n`).join('')
  const content = `${top}conditions:\n${conditions}rules:\n${rule}`
  const { diagnostics } = check([{ file: 'a.yaml', content }])
  t.deepEqual(
    diagnostics.map(({ code }) => code),
    ['condition-circle'],
  )
  t.true((diagnostics[0]?.message.length ?? 0) < 200)
})

test('a rule has at most two thousand tests', t => {
  const ruleOf = (count: number) => `${top}rules:\n  - rule: r\n    when: ${tests(count)}\n    reject: 5001\n`
  t.deepEqual(said(ruleOf(2_000)), [])
  t.deepEqual(said(ruleOf(2_001)), ['4 too-large when'])
})

test('unless has at most two thousand tests too', t => {
  const content = `${top}rules:\n  - rule: r\n    when: { nickName: x }\n    unless: ${tests(2_001)}\n    reject: 5001\n`
  t.deepEqual(said(content), ['5 too-large unless'])
})

test('the condition of a file that is too much is told once', t => {
  const rules = [1, 2, 3].map(at => `  - { rule: r${at}, when: { nickName: x }, reject: 5001 }\n`).join('')
  t.deepEqual(said(`${top}when: ${tests(2_001)}\nrules:\n${rules}`), ['2 too-large when'])
})

test('the condition of a file counts in its rules', t => {
  const rules = '  - rule: r\n    when: { nickName: x, groupID: y }\n    reject: 5001\n'
  t.deepEqual(said(`${top}when: ${tests(1_999)}\nrules:\n${rules}`), ['5 too-large when'])
})

test('lists may be long', t => {
  const entries = Array.from({ length: 20_000 }, (_, at) => `n${at}`)
  const literal = `${top}rules:\n  - { rule: r, when: { nickName: [${entries.join(', ')}] }, reject: 5001 }\n`
  t.deepEqual(said(literal), [])
  const named = `${top}rules:\n  - { rule: r, when: { nickName: { in list: names } }, reject: 5001 }\n`
  const files = [
    { file: 'a.yaml', content: named },
    { file: 'lists/names.txt', content: entries.join('\n') },
  ]
  t.deepEqual(mistakesIn(check(files).diagnostics), [])
})

test('what an author wrote is cut in messages when it is long', t => {
  const long = 'x'.repeat(100_000)
  for (const body of [
    `rule: ${long}_, when: { nickName: x }, reject: 5001`,
    `rule: r, when: { ${long}: x }, reject: 5001`,
    `rule: r, when: { nickName: { in list: ${long} } }, reject: 5001`,
    `rule: r, when: { nickName: x }, reject: ${long}`,
    `rule: r, when: { nickName: x }, reject: 5001, from: ${long}`,
    `rule: r, when: { time: { within: ${long}, zone: UTC } }, reject: 5001`,
  ]) {
    const { diagnostics } = check([{ file: 'a.yaml', content: `${top}rules:\n  - { ${body} }\n` }])
    t.is(diagnostics.length, 1)
    t.true((diagnostics[0]?.message.length ?? 0) < 400)
    t.true((diagnostics[0]?.hint?.length ?? 0) < 1_600)
  }
})

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')
const ruleWith = (lines: string) => `${top}rules:\n  - rule: r\n    when: { nickName: x }\n${lines}`
const refusing = '    reject: 5001\n'

test('a rule has at most a thousand tests, and a file as many as it can hold', t => {
  const cases = (count: number) => times(count, at => `      - { given: { nickName: n${at} }, expect: allow }\n`)
  t.deepEqual(said(ruleWith(`${refusing}    tests:\n${cases(1_000)}`)), [])
  t.deepEqual(said(ruleWith(`${refusing}    tests:\n${cases(1_001)}`)), ['6 too-large tests'])
  t.deepEqual(said(ruleWith(`${refusing}tests:\n${cases(1_500)}`)), [])
})

test('a text has at most five hundred fields', t => {
  const message = (count: number, text: string) =>
    ruleWith(`    reject: { code: 5001, message: "${text.repeat(count)}" }\n`)
  t.deepEqual(said(message(500, '{nickName}')), [])
  for (const text of ['{nickName}', '{nope}', '{{ ', '}} ']) {
    const [last] = said(message(501, text)).slice(-1)
    t.regex(String(last), /^5 too-large "/)
  }
})

test('a rule has at most 25,000 keys and values', t => {
  const values = (count: number) =>
    `${top}rules:\n  - { rule: r, when: { userID: [${times(count, at => `u${at},`)}] }, reject: 5001 }\n`
  t.deepEqual(said(values(24_000)), [])
  t.deepEqual(said(values(25_000)), ['3 too-large rule'])
})

test('a named condition, the condition of a file and a test of it are no larger', t => {
  const values = `[${times(25_000, at => `u${at},`)}]`
  t.deepEqual(said(`${top}conditions:\n  c: { userID: ${values} }\nrules:\n${rule.replace('c0', 'c')}`), [
    '3 too-large c',
  ])
  t.deepEqual(said(`${top}when: { userID: ${values} }\n${ruleWith(refusing).slice(top.length)}`), ['2 too-large when'])
  t.deepEqual(said(ruleWith(`${refusing}tests:\n  - { given: { userID: ${values} }, expect: allow }\n`)), [
    '7 too-large given',
  ])
})

test('a text that is searched for has at most ten thousand characters', t => {
  const using = (test: string) => `${top}rules:\n  - { rule: r, when: { nickName: { ${test} } }, reject: 5001 }\n`
  const codes = (content: string, list = 'a') =>
    mistakesIn(
      check([
        { file: 'a.yaml', content },
        { file: 'lists/l.txt', content: list },
      ]).diagnostics,
    ).map(({ code }) => code)
  const long = 'x'.repeat(10_001)
  for (const word of ['contains', 'has word', 'looks like', 'starts with']) {
    t.deepEqual(codes(using(`${word}: ${long}`)), ['too-large'])
    t.deepEqual(codes(using(`${word}: ${long.slice(1)}`)), [])
  }
  for (const word of ['contains any', 'has word in', 'looks like a word in']) {
    t.deepEqual(codes(using(`${word}: [a, ${long}]`)), ['too-large'])
    t.deepEqual(codes(using(`${word}: l`), `a\n${long}\n`), ['too-large'])
    t.deepEqual(codes(using(`${word}: l`), `a\n${long.slice(1)}\n`), [])
  }
  t.deepEqual(codes(using('in list: l'), `a\n${long}\n`), [])
  t.deepEqual(codes(using(`is: ${long}`)), [])
})

test('at most 64 callbacks are named', t => {
  const named = (name: (at: number) => string) => `callback: [${times(65, at => `${name(at)},`)}]\nrules: []\n`
  t.deepEqual(
    said(named(() => 'beforeAddFriend')).map(each => each.slice(0, 12)),
    ['1 too-large '],
  )
  t.deepEqual(
    said(named(at => `before${at}`)).map(each => each.slice(0, 12)),
    ['1 too-large '],
  )
})

test('a rule file has at most a million words and signs', t => {
  const signs = (count: number) => `${top}rules: [${','.repeat(count)}]\n`
  t.deepEqual(said(signs(maxLexemes)), ['1 too-large c'])
  t.notDeepEqual(said(signs(100)), ['1 too-large c'])
})

test('a line of a list is no longer than a text', t => {
  const files = [
    { file: 'a.yaml', content: `${top}rules:\n  - { rule: r, when: { nickName: { in list: l } }, reject: 5001 }\n` },
    { file: 'lists/l.txt', content: `a\n${'x'.repeat(1_048_577)}\nb\n` },
  ]
  t.deepEqual(
    check(files).diagnostics.map(({ code, span }) => `${span.file} ${code} ${span.start}`),
    ['lists/l.txt too-large 2'],
  )
})

test('a file has at most half a million lines', t => {
  const files = (count: number) => [
    { file: 'a.yaml', content: ruleWith(refusing) },
    { file: 'lists/l.txt', content: '\n'.repeat(count) },
  ]
  const tell = (count: number) => check(files(count)).diagnostics.filter(({ severity }) => severity === 'error')
  t.deepEqual(tell(499_999), [])
  t.deepEqual(
    tell(500_000).map(({ code }) => code),
    ['too-large'],
  )
})

test('a folder has at most a million entries of lists', t => {
  const names = new FolderNames()
  const list = (length: number) => ({ entries: { length } }) as List
  t.true(names.hasRoomFor(list(600_000)))
  t.false(names.hasRoomFor(list(600_000)))
  t.true(names.hasRoomFor(list(400_000)))
})

test('a folder has at most twenty thousand names', t => {
  const names = (count: number) => `${ruleWith(refusing)}codes:\n${times(count, at => `  c${at}: 5001\n`)}`
  t.deepEqual(
    said(names(20_000)).filter(each => each.includes('too-large')),
    [],
  )
  t.deepEqual(
    said(names(20_001)).filter(each => each.includes('too-large')),
    ['20007 too-large c20000'],
  )
})

test('a folder has at most 2,000,000 lines and 16 MiB in rule files', t => {
  const admitted = (files: readonly [file: string, text: string][]) => {
    const room = new FolderLimits()
    return files.map(([file, text]) => room.admit({ source: { file, text }, diagnostics: [] }).diagnostics.length === 0)
  }
  const lines = '\n'.repeat(499_999)
  t.deepEqual(admitted(['a', 'b', 'c', 'd', 'e'].map(name => [`lists/${name}.txt`, lines])), [
    true,
    true,
    true,
    true,
    false,
  ])
  const megabytes = 'x'.repeat(4 * 1024 * 1024)
  t.deepEqual(admitted(['a', 'b', 'c', 'd', 'e'].map(name => [`${name}.yaml`, megabytes])), [
    true,
    true,
    true,
    true,
    false,
  ])
  t.deepEqual(admitted(['a', 'b', 'c', 'd', 'e'].map(name => [`lists/${name}.txt`, megabytes])), [
    true,
    true,
    true,
    true,
    true,
  ])
})

test('a folder has at most 20,000 rules and 200,000 tests in them', t => {
  const room = new FolderLimits()
  const rules = (count: number, tests: number): ReadRule[] =>
    Array.from({ length: count }, () => ({ isNamed: true, tests }))
  t.is(room.admitRules('a.yaml', rules(20_000, 10)), undefined)
  t.regex(room.admitRules('b.yaml', rules(1, 0))?.message ?? '', /more than 20,000 rules/)
  t.regex(new FolderLimits().admitRules('a.yaml', rules(101, 2_000))?.message ?? '', /more than 200,000 tests/)
})

test('rules that all use a large condition are refused together', t => {
  const using = (count: number) =>
    times(count, at => `  - { rule: r${at}, when: { use: c0, groupID: g${at} }, reject: 5001 }\n`)
  const content = (count: number) => `${top}conditions:\n  c0: ${tests(1_900)}\nrules:\n${using(count)}`
  t.deepEqual(said(content(20)), [])
  t.deepEqual(said(content(110)), ['1 too-large '])
})
