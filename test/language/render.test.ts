import test from 'ava'
import picocolors from 'picocolors'
import { renderGithub, renderPretty, summary, toJson } from '../../src/language/show/render.ts'
import type { Diagnostic } from '../../src/yaml/diagnostic.ts'

const none = picocolors.createColors(false)

/** A diagnostic that points at the first place of `culprit` in a text, or at a span. */
function at(text: string, culprit: string, rest: Partial<Diagnostic> = {}): Diagnostic {
  const start = text.indexOf(culprit)
  const span = { file: 'rules/a.yaml', start, end: start + culprit.length }
  return { severity: 'error', code: 'unknown-field', message: 'Oh', span, ...rest }
}

function pretty(text: string, ...diagnostics: Diagnostic[]): string {
  return renderPretty(diagnostics, new Map([['rules/a.yaml', text]]), { colors: none })
}

/** The lines of the frame alone, without the head. */
const frames = test.macro<[string, string, string[]]>((t, text, culprit, expected) => {
  t.deepEqual(pretty(text, at(text, culprit)).split('\n').slice(1), expected)
})

test('a diagnostic is shown as the language describes it', t => {
  const text = `${'# a comment\n'.repeat(12)}    when:\n        nickname: { contains: admin }\n`
  const diagnostic = at(text, 'nickname', {
    message: 'There is no field "nickname" in beforeSetGroupMemberInfo',
    hint: 'Did you mean "nickName"? Fields: groupID, userID',
  })
  t.is(
    pretty(text, diagnostic),
    [
      'rules/a.yaml:14:9  error  unknown-field  There is no field "nickname" in beforeSetGroupMemberInfo',
      '   13 |     when:',
      ' > 14 |         nickname: { contains: admin }',
      '      |         ^^^^^^^^',
      '   Did you mean "nickName"? Fields: groupID, userID',
    ].join('\n'),
  )
})

test('several diagnostics are told apart by an empty line', t => {
  const text = 'a: b\n'
  const out = pretty(text, at(text, 'a'), at(text, 'b', { severity: 'warning' }))
  t.is(out.split('\n\n').length, 2)
  t.true(out.includes('rules/a.yaml:1:4  warning  unknown-field  Oh'))
})

test('the first line has none above it', frames, 'a: b\nc: d\n', 'b', [' > 1 | a: b', '     |    ^'])
test('an empty line above leaves no blanks behind', frames, 'a: b\n\nc: d', 'd', [
  '   2 |',
  ' > 3 | c: d',
  '     |    ^',
])
test('the wider of two line numbers gives the room', frames, `${'a\n'.repeat(9)}b`, 'b', [
  '    9 | a',
  ' > 10 | b',
  '      | ^',
])
test('a span over several lines is underlined to the end of its first', frames, 'a: |\n  b\n', '|\n  b', [
  ' > 1 | a: |',
  '     |    ^',
])
test('the ends of CRLF lines are not shown', frames, 'a: b\r\nc: d\r\n', 'd', [
  '   1 | a: b',
  ' > 2 | c: d',
  '     |    ^',
])
test('tabs stand under tabs', frames, 'a:\tb\tcc', 'cc', [' > 1 | a:\tb\tcc', '     |   \t \t^^'])
test('a tab that is pointed at has one caret', frames, '\t\ta: b', '\t\t', [' > 1 | \t\ta: b', '     | ^\t'])
test('wide characters have two carets and two blanks', frames, '链接: “管理员” x', '管理员', [
  ' > 1 | 链接: “管理员” x',
  '     |        ^^^^^^',
])
test('full-width signs are wide, narrow kana are not', frames, '：，ｶﾅ b', 'b', [' > 1 | ：，ｶﾅ b', '     |        ^'])
test('emoji of several code points are one wide character', frames, '👨‍👩‍👧❤️🇫🇷 b', 'b', [
  ' > 1 | 👨‍👩‍👧❤️🇫🇷 b',
  '     |        ^',
])
test('combining marks take no room', frames, 'e\u0301a\u0300 b', 'b', [' > 1 | e\u0301a\u0300 b', '     |    ^'])
test('control characters are spelt out', frames, 'a: \u001b[31m\u0007 b', 'b', [
  ' > 1 | a: <U+001B>[31m<U+0007> b',
  '     |                         ^',
])
test('characters that turn or hide text are spelt out', frames, 'a: \u202e\u200bx\u2028 b', 'b', [
  ' > 1 | a: <U+202E><U+200B>x<U+2028> b',
  '     |                              ^',
])
test('a place at the end of a line has a caret', t => {
  const text = 'a: b\n'
  const span = { file: 'rules/a.yaml', start: 4, end: 4 }
  t.deepEqual(
    pretty(text, at(text, 'a', { span }))
      .split('\n')
      .slice(1),
    [' > 1 | a: b', '     |     ^'],
  )
})

test('a long line is cut around the carets', t => {
  const text = `a: ${'x'.repeat(300)}culprit${'y'.repeat(300)}`
  const [, line = '', carets = ''] = pretty(text, at(text, 'culprit')).split('\n')
  t.true(line.length < 115)
  t.regex(line, /^ > 1 \| …x+culprity+…$/)
  t.is(carets.indexOf('^'), line.indexOf('culprit'))
  t.is(carets.trim().split(' ').at(-1), '^^^^^^^')
})

test('a long line that is wide is cut by columns', t => {
  const text = `a: ${'字'.repeat(300)}culprit${'字'.repeat(300)}`
  const [, line = '', carets = ''] = pretty(text, at(text, 'culprit')).split('\n')
  const before = line.slice(0, line.indexOf('culprit'))
  t.is(
    carets.indexOf('^'),
    [...before].reduce((sum, character) => sum + (character === '字' ? 2 : 1), 0),
  )
})

test('a line of a megabyte is no trouble', t => {
  const text = `${'x'.repeat(1_000_000)} culprit ${'x'.repeat(1_000_000)}`
  t.true(pretty(text, at(text, 'culprit')).length < 400)
})

test('nothing of others can steer the terminal', t => {
  const text = 'a: b'
  const out = pretty(text, at(text, 'b', { message: 'No "\u001b[2J"', hint: 'Not \u202e' }))
  t.true(out.includes('No "<U+001B>[2J"'))
  t.true(out.includes('   Not <U+202E>'))
})

test('a file without a source has no frame', t => {
  t.is(renderPretty([at('a', 'a')], new Map(), { colors: none }), 'rules/a.yaml:1:1  error  unknown-field  Oh')
})

test('colours go around parts and change no text', t => {
  const text = 'a: b\n'
  const sources = new Map([['rules/a.yaml', text]])
  const mark = (name: string) => (part: string) => `<${name}>${part}</${name}>`
  const colors = { red: mark('red'), yellow: mark('yellow'), cyan: mark('cyan'), dim: mark('dim'), bold: mark('bold') }
  t.deepEqual(renderPretty([at(text, 'b', { severity: 'warning' })], sources, { colors }).split('\n'), [
    '<bold>rules/a.yaml:1:4</bold>  <yellow>warning</yellow>  <cyan>unknown-field</cyan>  Oh',
    ' <yellow>></yellow> <dim>1 |</dim> a: b',
    '   <dim>  |</dim>    <yellow>^</yellow>',
  ])
})

test('the summary counts errors and warnings', t => {
  const error = at('a', 'a')
  const warning = at('a', 'a', { severity: 'warning' })
  t.is(summary([error, error, warning]), '2 errors, 1 warning')
  t.is(summary([error]), '1 error')
  t.is(summary([warning, warning]), '2 warnings')
  t.is(summary([]), 'no errors, no warnings')
})

test('for tools lines and columns count from one, in UTF-16 units', t => {
  const text = 'a: b\n😀: cc\nd'
  const sources = new Map([['rules/a.yaml', text]])
  t.deepEqual(toJson([at(text, 'cc\nd', { hint: 'x' }), at(text, 'b')], sources), [
    {
      file: 'rules/a.yaml',
      line: 2,
      column: 5,
      endLine: 3,
      endColumn: 2,
      severity: 'error',
      code: 'unknown-field',
      message: 'Oh',
      hint: 'x',
    },
    {
      file: 'rules/a.yaml',
      line: 1,
      column: 4,
      endLine: 1,
      endColumn: 5,
      severity: 'error',
      code: 'unknown-field',
      message: 'Oh',
    },
  ])
})

test('for GitHub each diagnostic is one line, and nothing escapes it', t => {
  const text = 'a: b\n'
  const file = 'a:b,c%.yaml'
  const span = { file, start: 3, end: 4 }
  const diagnostics = [
    at(text, 'b', { span, message: '100%, a: b\r\n::error::x', hint: 'Do\nthis' }),
    at(text, 'b', { span, severity: 'warning' }),
  ]
  t.is(
    renderGithub(diagnostics, new Map([[file, text]])),
    [
      '::error file=a%3Ab%2Cc%25.yaml,line=1,col=4,endLine=1,endColumn=5,title=unknown-field::100%25, a: b%0D%0A::error::x%0ADo%0Athis',
      '::warning file=a%3Ab%2Cc%25.yaml,line=1,col=4,endLine=1,endColumn=5,title=unknown-field::Oh',
    ].join('\n'),
  )
})
