import test from 'ava'
import fc from 'fast-check'
import type { Node } from '../../src/yaml/node.ts'
import { maxDepth, maxYamlLength, parseYaml } from '../../src/yaml/parse.ts'
import { runs } from '../_runs.ts'
import { reportsOf } from '../language/_reports.ts'

function parse(text: string) {
  return parseYaml({ file: 'a.yaml', text })
}

/** The values alone. */
function plain(node: Node | null): unknown {
  switch (node?.kind) {
    case 'scalar':
      return node.value
    case 'list':
      return node.items.map(plain)
    case 'map':
      return node.entries.map(({ key, value }) => [key, plain(value)])
    case 'broken':
      return 'broken'
    case undefined:
      return null
  }
}

const reads = test.macro<[string, unknown]>((t, text, expected) => {
  const { root, diagnostics } = parse(text)
  t.deepEqual(diagnostics, [])
  t.deepEqual(plain(root), expected)
})

test('mappings, lists and texts become a tree', reads, 'a: b\nc:\n  - d\n  - { e: [f, "g"] }\n', [
  ['a', 'b'],
  ['c', ['d', [['e', ['f', 'g']]]]],
])
test('a list may stand under its key', reads, 'a:\n- b\n- c\n', [['a', ['b', 'c']]])
test('numbers are numbers as YAML 1.2 reads them', reads, '[0123, 0x1F, 1e3, .inf, 12345678901234567890, -5]', [
  123,
  31,
  1000,
  Number.POSITIVE_INFINITY,
  12345678901234567000,
  -5,
])
test('truth values and null are what YAML 1.2 says', reads, '[true, False, null, ~, yes, no, off, on]', [
  true,
  false,
  null,
  null,
  'yes',
  'no',
  'off',
  'on',
])
test('dates and times are texts', reads, 'a: 2026-01-02\nb: 22:00-07:00\nc: 22:00', [
  ['a', '2026-01-02'],
  ['b', '22:00-07:00'],
  ['c', '22:00'],
])
test('keys are texts, whatever they look like', reads, '1: a\nnull: b\n0x1F: c\ntrue: d\n"quoted": e\n__proto__: f\n', [
  ['1', 'a'],
  ['null', 'b'],
  ['0x1F', 'c'],
  ['true', 'd'],
  ['quoted', 'e'],
  ['__proto__', 'f'],
])
test(
  'a text over several lines is one text',
  reads,
  'a: one\n  two\n\n  three\nb: |\n  x: 1\n   - y\nc: >-\n  d\n  e\n',
  [
    ['a', 'one two\nthree'],
    ['b', 'x: 1\n - y\n'],
    ['c', 'd e'],
  ],
)
test('an empty file has no tree and no mistake', reads, '', null)
test('a file of comments has no tree and no mistake', reads, '# a\n\n  # b\n', null)
test('a document of nothing has no tree and no mistake', reads, '---\n# a\n...\n', null)
test('a leading --- and a closing ... are fine', reads, '# c\n---\na: b\n...\n# d\n', [['a', 'b']])
test('empty brackets are empty', reads, 'a: []\nb: {}\nc: ""\n', [
  ['a', []],
  ['b', []],
  ['c', ''],
])
test('a pair inside a list is a mapping', reads, '[a: b, c]', [[['a', 'b']], 'c'])

test('nodes know where they stand and how they were written', t => {
  const text = 'a: "x" # c\n链接:\n  - 0123\nb: |\n  text\n\nc: { d: e }\n'
  const { root } = parse(text)
  if (root?.kind !== 'map') return t.fail()
  const shown = root.entries.map(({ key, keySpan, value }) => ({
    key,
    keyText: text.slice(keySpan.start, keySpan.end),
    valueText: text.slice(value.span.start, value.span.end),
    style: value.kind === 'scalar' ? value.style : value.kind,
  }))
  t.deepEqual(shown, [
    { key: 'a', keyText: 'a', valueText: '"x"', style: 'quoted' },
    { key: '链接', keyText: '链接', valueText: '- 0123', style: 'list' },
    { key: 'b', keyText: 'b', valueText: '|\n  text', style: 'block' },
    { key: 'c', keyText: 'c', valueText: '{ d: e }', style: 'map' },
  ])
  const list = root.entries[1]?.value
  const item = list?.kind === 'list' ? list.items[0] : undefined
  t.deepEqual(item, {
    kind: 'scalar',
    value: 123,
    raw: '0123',
    style: 'plain',
    span: { file: 'a.yaml', start: 19, end: 23 },
  })
  t.deepEqual(root.span, { file: 'a.yaml', start: 0, end: text.length - 1 })
})

test('a quoted text keeps its quotes in raw', t => {
  const { root } = parse("'it''s \\d'")
  t.like(root, { kind: 'scalar', value: "it's \\d", raw: "'it''s \\d'", style: 'quoted' })
})

const rules = `# yaml-language-server: $schema=./rules.schema.json
---
callback: beforeSetGroupMemberInfo       # what the rules of this file decide
when: { groupID: { starts with: school- } }
codes:
  staff-name: { code: 5001, message: "“{nickName}” is reserved for staff" }
  链接: { code: 5002, message: 群昵称里不能有链接，请修改后再试。 }
  long: { code: 5003, message: '名字：太长 # 真的', detail: "see #123 \\"quoted\\" \\\\ \\u4f60 \\n" }
lists:
  vip-users: [u-100, u-101]
  urls: [https://x.example/a#b, "http://y/z?q=1&r=2", ]
  words:
    - 你好，世界
    - 提示：不允许
    - C++
    - a & b
    - R&B
    - 50%
    - me@example.com
    - "#tag"
    - it's
    - say “hi” or 「hi」
    - “a” or “b”
    - 22:00-07:00
    - group:123
    - { -a: b }
    - 你好👋🏽
rules:
  - rule: no-staff-lookalikes
    why: People pretend to be support, in
      many ways (see https://x.example/#why)
    when:   { nickName: { looks like a word in: staff-names } }
    unless: { userID: { in list: vip-users } } #------ a row of signs
    reject: staff-name   ## two hashes
    tests:
      - { given: { groupID: school-1, nickName: "аdmin" },  expect: { reject: 5001 } } #todo: more
      - { given: { "groupID":school-1, nickName: "Alice" },  expect: allow }
  - rule: pattern   # the next value stands on lines of its own
    when:
      nickName: { matches: '(?i)\\d{5,}\\b' }
      any: #todo
        - { faceURL: { hosted on: cdn } }
        - nickName:
            contains any:
            - "a"
            - b
    reject:
      code: 5003
      message: |
        First line: with colon #hash
          - dash
        "quoted" {braces} \\d nickName：x
        \t
        　　全角缩进\ttab
      detail: >-
        folded
        text
  - rule: native
    conditions:
      all: [
        { fact: nickName, operator: contains, value: "x" },\t# note
          \t{ fact: ex, operator: equal,
          value: "y: z" },
      ]
    event: { type: reject, params: { code: 5001 } }
    why:
      https://x.example/why
  - rule: quoted
    why: "a text in quotes
      over lines"
tests:
  - name: a tidy name passes untouched\t# tab before a comment
    given: { "groupID": school-1, 'nickName': Alice, roleLevel: ~, ex: null }
    expect: allow
`

const silent = test.macro<[string]>((t, text) => {
  const { root, diagnostics } = parse(text)
  t.deepEqual(diagnostics, [])
  t.is(root?.kind, 'map')
})

test('a file as it should be raises no alarm', silent, rules)
test('a file with CRLF raises no alarm', silent, rules.replaceAll('\n', '\r\n'))

test('CRLF changes no value but the places', t => {
  const [lf, crlf] = [parse(rules), parse(rules.replaceAll('\n', '\r\n'))]
  t.deepEqual(plain(crlf.root), plain(lf.root))
})

test('the place of a trap is broken, and the rest is read', t => {
  const text = 'a: @b\nc: [d, *e, "\\d"]\nf: { g, h }\ni:\nj: see #1\n'
  t.deepEqual(plain(parse(text).root), [
    ['a', 'broken'],
    ['c', ['d', 'broken', 'broken']],
    ['f', 'broken'],
    ['i', 'broken'],
    ['j', 'see'],
  ])
})

const reports = reportsOf(source => parseYaml(source).diagnostics)

test(
  'a second document is refused',
  reports,
  `
a: 1
---
^^^ second-document
b: 2
`,
)
test(
  'a document after the end of the first is refused',
  reports,
  `
a: 1
...
b: 2
^ second-document
`,
)
test(
  'a mistake before the second document is the one reported',
  reports,
  `
a: "1
   ^ unclosed-quote
---
b: 2
`,
)
test(
  'a directive is refused',
  reports,
  `
%YAML 1.1
^^^^^^^^^ yaml-syntax
---
a: yes
`,
)

test(
  'a text that begins with a percent sign is no directive',
  reports,
  `
%admin
^^^^^^ needs-quotes
a: b
`,
)

test('nesting has a limit, and deep files do not overflow the stack', t => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  t.deepEqual(parse(nested(maxDepth)).diagnostics, [])
  for (const deep of [nested(maxDepth + 1), '['.repeat(20_000), '{a: '.repeat(20_000), '- '.repeat(20_000)]) {
    const { root, diagnostics } = parse(deep)
    t.is(root, null)
    t.deepEqual(
      diagnostics.map(({ code }) => code),
      ['too-deep'],
    )
  }
  const levels = Array.from({ length: 2_000 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')
  t.is(parse(levels).diagnostics[0]?.code, 'too-deep')
})

test('brackets in texts are no nesting', t => {
  t.deepEqual(parse(`a: "${'['.repeat(100)}"\nb: x${'['.repeat(100)}\nc: |\n  ${'{'.repeat(100)}\n`).diagnostics, [])
})

test('a file of too much text is refused unread', t => {
  const { root, diagnostics } = parse(' '.repeat(maxYamlLength + 1))
  t.is(root, null)
  t.deepEqual(
    diagnostics.map(({ code }) => code),
    ['too-large'],
  )
})

test('very many keys take no quadratic time', t => {
  // The library's own check of unique keys would take minutes for this, and the test would time out.
  const text = Array.from({ length: 100_000 }, (_, index) => `key${index}: ${index}\n`).join('')
  const { root, diagnostics } = parse(text)
  t.deepEqual(diagnostics, [])
  t.is(root?.kind === 'map' && root.entries.length, 100_000)
})

/** Pieces that make texts look like broken rule files. */
const piece = fc.constantFrom(
  ...[
    'rule',
    'a',
    ' b',
    '链接',
    '😀',
    '1',
    ': ',
    ':',
    '- ',
    '-',
    '\n',
    '\n  ',
    '\n    ',
    '\n- ',
    '\t',
    '\r\n',
    '\r',
    '　',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ', ',
    '，',
    '：',
    '"',
    "'",
    '“',
    '”',
    '#',
    ' #x',
    '# c',
    '*',
    '&a ',
    '!',
    '!!str ',
    '%',
    '@',
    '`',
  ],
  ...['|', '>', '\\', '\\d', '<<', '? ', '---\n', '...\n', '\u{feff}', '\0'],
)
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join('')),
)

test('no text makes it throw, and all places are in order', t => {
  fc.assert(
    fc.property(texts, text => {
      const { root, diagnostics } = parse(text)
      for (const { span } of diagnostics) {
        if (!(span.start >= 0 && span.start < span.end && span.end <= text.length)) return false
      }
      if (root === null) return diagnostics.length <= 1
      return isInOrder(root, 0, text.length) && (!hasBroken(root) || diagnostics.some(d => d.severity === 'error'))
    }),
    { numRuns: runs(3_000) },
  )
  t.pass()
})

function isInOrder({ span, ...node }: Node, from: number, to: number): boolean {
  if (span.start < from || span.end > to || span.start > span.end) return false
  if (node.kind === 'list') return node.items.every(item => isInOrder(item, span.start, span.end))
  if (node.kind !== 'map') return true
  return node.entries.every(
    ({ keySpan, value }) =>
      keySpan.start >= span.start && keySpan.start <= keySpan.end && isInOrder(value, keySpan.end, span.end),
  )
}

function hasBroken(node: Node): boolean {
  if (node.kind === 'list') return node.items.some(hasBroken)
  return node.kind === 'map' ? node.entries.some(({ value }) => hasBroken(value)) : node.kind === 'broken'
}
