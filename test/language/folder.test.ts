import test from 'ava'
import { readFolder } from '../../src/language/folder/folder.ts'
import type { Folder, Rule } from '../../src/language/rule.ts'
import { check } from '../../src/lint/check.ts'
import type { SourceFile } from '../../src/yaml/source.ts'
import { filesOf, mistakesIn } from './_each.ts'

const top = 'callback: beforeSetGroupMemberInfo\n'

/** What a folder says; a test that gives a wrong one fails here. */
function read(files: readonly SourceFile[]): Folder {
  const steps = readFolder(files)
  for (;;) {
    const { done, value } = steps.next()
    if (!done) continue
    if (value.folder === undefined) throw new Error(JSON.stringify(value.diagnostics, null, 2))
    return value.folder
  }
}

/** The only rule of a file, its lines after the name given. */
function ruleOf(lines: string, file = top): Rule {
  const { rules } = read([{ file: 'a.yaml', content: `${file}rules:\n  - rule: r\n${lines.replace(/^\n/, '')}` }])
  return rules[0] as Rule
}

function codes(files: readonly SourceFile[]): string[] {
  return mistakesIn(check(files).diagnostics).map(({ code }) => code)
}

const rule = (id: string) => `${top}rules:\n  - { rule: ${id}, when: { nickName: x }, reject: 5001 }\n`

test('a folder without a rule is an error that says where rules go', t => {
  t.deepEqual(codes([]), ['no-rules'])
  t.deepEqual(codes([{ file: 'lists/a.txt', content: 'a' }]), ['no-rules'])
  t.deepEqual(codes([{ file: 'a.yaml', content: '' }]), ['no-rules'])
  t.deepEqual(codes([{ file: 'a.yaml', content: `${top}rules: []\n` }]), ['no-rules'])
  t.deepEqual(check([], { allowEmpty: true }).diagnostics, [])
  const [said] = check([]).diagnostics
  t.regex(said?.hint ?? '', /rules:/)
})

test('rules come in the order of their files by code unit, then of their lines', t => {
  const names = ['b.yaml', 'a/z.yml', 'B.yaml', 'a.yaml', 'é.yaml', 'a/b/c.yaml']
  const files = names.map((file, at) => ({ file, content: rule(`r${at}`) }))
  t.deepEqual(
    read(files).rules.map(({ span }) => span.file),
    ['B.yaml', 'a.yaml', 'a/b/c.yaml', 'a/z.yml', 'b.yaml', 'é.yaml'],
  )
})

test('only yaml files, and text files in lists, are read', t => {
  const others = [
    'names.txt',
    'samples/a.json',
    'rules.schema.json',
    'README.md',
    'a.YAML',
    'a.yaml.bak',
    'lists/a.csv',
  ]
  const files = [...others.map(file => ({ file, content: 'nonsense: [' })), { file: 'z.yml', content: rule('r') }]
  const { diagnostics, sources } = check(files)
  t.deepEqual(mistakesIn(diagnostics), [])
  t.deepEqual([...sources.keys()], ['z.yml'])
})

test('a rule file may have a BOM and lines that end in CRLF', t => {
  t.is(read([{ file: 'a.yaml', content: `\u{feff}${rule('r').replaceAll('\n', '\r\n')}` }]).rules.length, 1)
})

test('a list has one entry a line, with comments, and blank lines left out', t => {
  const content =
    '\u{feff}# our names\r\n\r\n  admin  \r\nC#\nred # the colour\n\\#tag\n\t\nhas word  \\# in\n\u200b\n#\nend'
  const files = [
    { file: 'a.yaml', content: rule('r') },
    { file: 'lists/deep/er/names.txt', content },
  ]
  const list = read(files).lists.get('names')
  t.deepEqual(list?.texts, ['admin', 'C#', 'red', '#tag', 'has word  # in', 'end'])
  const source = check(files).sources.get('lists/deep/er/names.txt') ?? ''
  t.deepEqual(
    list?.entries.map(({ span }) => source.slice(span.start, span.end)),
    ['admin', 'C#', 'red', '\\#tag', 'has word  \\# in', 'end'],
  )
})

test('a list of a rule file has its entries trimmed', t => {
  const content = `${top}lists: { a: [" x ", y] }\nrules:\n  - { rule: r, when: { nickName: { in list: a } }, reject: 5001 }\n`
  t.deepEqual(read([{ file: 'a.yaml', content }]).lists.get('a')?.texts, ['x', 'y'])
})

test('a rule enforces and has order 100 unless it says otherwise', t => {
  const plain = ruleOf('    when: { nickName: x }\n    reject: 5001\n')
  t.like(plain, { id: 'r', mode: 'enforce', order: 100, cases: [] })
  t.false('from' in plain || 'until' in plain || 'why' in plain || 'unless' in plain)
  const said = ruleOf('    when: { nickName: x }\n    reject: 5001\n    mode: shadow\n    order: -3\n    why: so\n')
  t.like(said, { mode: 'shadow', order: -3, why: 'so' })
})

test('a callback is named short, as on the wire, or in a list', t => {
  for (const name of [
    'beforeSetGroupMemberInfo',
    'callbackBeforeSetGroupMemberInfoCommand',
    '[beforeSetGroupMemberInfo]',
  ]) {
    const { callbacks } = ruleOf(`    callback: ${name}\n    when: { nickName: x }\n    reject: 5001\n`, '')
    t.deepEqual(
      callbacks.map(callback => callback.name),
      ['beforeSetGroupMemberInfo'],
    )
  }
})

test('a day is whole, in the zone of its file, both ends included', t => {
  const { from, until } = ruleOf(
    '    when: { nickName: x }\n    reject: 5001\n    from: 2026-03-01\n    until: 2026-03-31\n',
    `${top}zone: Asia/Shanghai\n`,
  )
  t.is(from, Date.parse('2026-03-01T00:00:00+08:00'))
  t.is(until, Date.parse('2026-04-01T00:00:00+08:00'))
})

test('a day that the clock changes on is as long as it is', t => {
  const { from, until } = ruleOf(
    '    when: { nickName: x }\n    reject: 5001\n    from: 2026-03-29\n    until: 2026-03-29\n',
    `${top}zone: Europe/Berlin\n`,
  )
  t.is((until as number) - (from as number), 23 * 3_600_000)
})

test('an instant needs no zone, and belongs to both ends', t => {
  const { from, until } = ruleOf(
    '    when: { nickName: x }\n    reject: 5001\n    from: 2026-03-01T08:00:00+08:00\n    until: 2026-03-01T00:00:00Z\n',
  )
  t.is(from, Date.parse('2026-03-01T00:00:00Z'))
  t.is(until, Date.parse('2026-03-01T00:00:00.001Z'))
})

test('the condition of a file holds for each of its rules', t => {
  const { when } = ruleOf('    when: { nickName: x }\n    reject: 5001\n', `${top}when: { groupID: g }\n`)
  t.deepEqual('parts' in when ? when.parts.map(({ text }) => text) : [], ['groupID is "g"', 'nickName is "x"'])
})

test('the texts of a rule go before those of the code that it names', t => {
  const file = `${top}codes: { c: { code: 5007, message: "named {nickName}", detail: d } }\n`
  t.deepEqual(ruleOf('    when: { nickName: x }\n    reject: { code: c, message: own }\n', file).outcome, {
    kind: 'reject',
    code: 5007,
    message: ['own'],
    detail: ['d'],
  })
})

test('two braces are one, and a lone closing one is itself', t => {
  const { outcome } = ruleOf('    when: { nickName: x }\n    reject: { code: 5001, message: "a {{b}} } c" }\n')
  t.like(outcome, { message: ['a {b} } c'] })
})

test('a field in a template may be a part, and the value as received', t => {
  const { outcome } = ruleOf(
    '    when: { nickName: x }\n    reject: { code: 5001, message: "{ex.a.b}{original.nickName} {faceURL.host}" }\n',
  )
  const message = outcome.kind === 'reject' ? (outcome.message ?? []) : []
  t.deepEqual(
    message.map(piece => (typeof piece === 'object' && 'text' in piece ? `<${piece.text}>` : piece)),
    ['<ex.a.b>', '<original.nickName>', ' ', '<faceURL.host>'],
  )
})

test('a text alone is the step of that name; only what can be none is the value to set', t => {
  const steps = (value: string) => {
    const { outcome } = ruleOf(`    when: { nickName: x }\n    rewrite: { nickName: ${value} }\n`)
    return outcome.kind === 'rewrite' ? outcome.fields[0]?.steps : undefined
  }
  t.deepEqual(steps('trim'), [{ kind: 'trim' }])
  t.deepEqual(steps('{ set: Alice }'), [{ kind: 'set', value: ['Alice'] }])
  t.deepEqual(steps('"Guest {userID}"'), steps('{ set: "Guest {userID}" }'))
  t.deepEqual(steps('{ set: trim }'), [{ kind: 'set', value: ['trim'] }])
  t.deepEqual(steps('""'), [{ kind: 'set', value: [] }])
  t.deepEqual(steps('[trim, { cut to: 3 }]'), [{ kind: 'trim' }, { kind: 'cut to', count: 3 }])
})

test('a role is set by its name or its number', t => {
  for (const value of ['admin', '60', '{ set: admin }']) {
    const { outcome } = ruleOf(`    when: { nickName: x }\n    rewrite: { roleLevel: ${value} }\n`)
    t.deepEqual(outcome.kind === 'rewrite' ? outcome.fields[0]?.steps : [], [{ kind: 'set', value: 60 }])
  }
})

test('hosts are written as the URL parser writes them', t => {
  const { when } = ruleOf(
    '    when: { faceURL: { hosted on: [CDN.Example.COM., "*.bücher.de", "[::1]", "127.1", "2001:DB8:0::1"] } }\n    reject: 5001\n',
  )
  t.deepEqual(when.kind === 'test' ? when.operand : undefined, {
    kind: 'hosts',
    hosts: ['cdn.example.com', 'xn--bcher-kva.de', '[::1]', '127.0.0.1', '[2001:db8::1]'],
  })
})

test("a list's name is that list for hosted on, even when it looks like a host", t => {
  const file = `${top}lists: { my.cdn: [a.example, b.example] }\n`
  const { when } = ruleOf('    when: { faceURL: { hosted on: my.cdn } }\n    reject: 5001\n', file)
  const operand = when.kind === 'test' && when.operand.kind === 'hosts' ? when.operand : undefined
  t.deepEqual(operand?.hosts, ['a.example', 'b.example'])
  t.is(operand?.list?.name, 'my.cdn')
})

test('entries of a list are typed like the field that is compared', t => {
  const file = `${top}lists: { staff: [admin, "100"] }\n`
  const { when } = ruleOf('    when: { roleLevel: { in list: staff } }\n    reject: 5001\n', file)
  t.like(when.kind === 'test' ? when.operand : {}, { kind: 'values', values: [60, 100] })
})

test('several test words of a field must all hold', t => {
  const { when } = ruleOf('    when: { nickName: { contains: x, longer than: 3 } }\n    reject: 5001\n')
  t.like(when, { kind: 'all', text: 'all of' })
})

test('days may run over the end of the week', t => {
  const { when } = ruleOf('    when: { time: { days: [fri-mon, wed], zone: UTC } }\n    reject: 5001\n')
  t.deepEqual(when.kind === 'time' ? [...(when.days ?? [])].sort() : [], [0, 1, 3, 5, 6])
})

test('hours may cross midnight and end at 24:00', t => {
  const span = (within: string) => {
    const { when } = ruleOf(`    when: { time: { within: "${within}", zone: UTC } }\n    reject: 5001\n`)
    return when.kind === 'time' ? when.within : undefined
  }
  t.deepEqual(span('22:00-07:30'), { start: 1320, end: 450 })
  t.deepEqual(span('00:00 - 24:00'), { start: 0, end: 1440 })
})

test('the zone of a time is its own, else that of its file', t => {
  const zoned = (own: string) => {
    const lines = `    when: { time: { days: mon${own} } }\n    reject: 5001\n`
    const { when } = ruleOf(lines, `${top}zone: Asia/Shanghai\n`)
    return when.kind === 'time' ? when.zone : undefined
  }
  t.is(zoned(''), 'Asia/Shanghai')
  t.is(zoned(', zone: UTC'), 'UTC')
})

test('the time of a shared condition is read in the zone of its own file', t => {
  const files = filesOf(`--- a.yaml
zone: Europe/Berlin
conditions: { morning: { time: { within: "06:00-09:00" } } }
--- b.yaml
callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
rules:
  - { rule: r, when: { use: morning }, reject: 5001 }
`)
  const { when } = read(files).rules[0] as Rule
  t.is(when.kind === 'use' && when.part.kind === 'time' ? when.part.zone : undefined, 'Europe/Berlin')
})

test('a case has the values that are sent, and null for what is absent', t => {
  const { cases } = ruleOf(`
    when: { nickName: x }
    reject: 5001
    tests:
      - name: a name
        given: { nickName: x, roleLevel: admin, faceURL: null }
        at: 2026-03-01T10:00:00+08:00
        expect: { reject: 5001, by: r }
`)
  const [only] = cases
  t.deepEqual(
    [...(only?.given ?? [])],
    [
      ['nickName', 'x'],
      ['roleLevel', 60],
    ],
  )
  t.like(only, { name: 'a name', at: Date.parse('2026-03-01T02:00:00Z'), expect: { kind: 'reject', code: 5001 } })
})

test('a file is read in pieces, so that others can run between them', t => {
  const content = `${top}rules:\n${Array.from({ length: 50 }, (_, at) => `  - { rule: r${at}, when: { nickName: x }, reject: 5001 }\n`).join('')}`
  const steps = readFolder([{ file: 'a.yaml', content }])
  let pauses = 0
  while (!steps.next().done) pauses++
  t.true(pauses >= 50)
})
