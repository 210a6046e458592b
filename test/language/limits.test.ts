import test from 'ava'
import { compile } from '../../src/compile/compile.ts'
import { mistakesIn } from './_each.ts'

const top = 'callback: beforeSetGroupMemberInfo\n'
const rule = '  - { rule: r, when: { use: c0 }, reject: 5001 }\n'

/** What is said of a file: the code, the line, and what stands at the place. */
function said(content: string): string[] {
  return mistakesIn(compile([{ file: 'a.yaml', content }]).diagnostics).map(({ code, span }) => {
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
  const { diagnostics } = compile([{ file: 'a.yaml', content }])
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
  t.deepEqual(mistakesIn(compile(files).diagnostics), [])
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
    const { diagnostics } = compile([{ file: 'a.yaml', content: `${top}rules:\n  - { ${body} }\n` }])
    t.is(diagnostics.length, 1)
    t.true((diagnostics[0]?.message.length ?? 0) < 400)
    t.true((diagnostics[0]?.hint?.length ?? 0) < 1_600)
  }
})
