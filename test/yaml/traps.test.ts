import test from 'ava'
import { parseYaml } from '../../src/yaml/parse.ts'
import { readMarks, reportsOf } from '../language/_reports.ts'

const reports = reportsOf(source => parseYaml(source).diagnostics)

/** All that is said of a marked text, hints included. */
function said(marked: string) {
  return parseYaml({ file: 'a.yaml', text: readMarks(marked).text }).diagnostics
}

const hints = test.macro<[string, string]>((t, text, hint) => {
  t.deepEqual(
    said(text).map(diagnostic => diagnostic.hint),
    [hint],
  )
})

/** What a text is read as must not be read at all. */
const silent = test.macro<[string]>((t, text) => t.deepEqual(said(text), []))

test(
  'a text that begins with a brace',
  reports,
  `
- message: {nickName} is taken
           ^^^^^^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a text that is a brace and nothing else',
  reports,
  `
message: {nickName}
         ^^^^^^^^^^ needs-quotes
detail: {{nickName}}
        ^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a Chinese text that begins with a brace',
  reports,
  `
reject: { code: 5001, message: {nickName}已被使用, detail: x }
                               ^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a brace in the middle of a text inside braces',
  reports,
  `
reject: { code: 5001, message: Hello {nickName}, bye }
                               ^^^^^^^^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'doubled braces with text after them',
  reports,
  `
message: {{nickName}} hi
         ^^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a text that begins with a bracket',
  reports,
  `
message: [spam] is not allowed
         ^^^^^^^^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'an entry that begins with a bracket',
  reports,
  `
words:
  - spam
  - [ad] buy now
    ^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a text in brackets inside braces',
  reports,
  `
reject: { code: 5001, message: [系统] 昵称不可用 }
                               ^^^^^^^^^^ needs-quotes
`,
)
test(
  'entries that begin with a star',
  reports,
  `
words:
  - *admin*
    ^^^^^^^ needs-quotes
  - *.example.com
    ^^^^^^^^^^^^^ needs-quotes
  - **vip**
    ^^^^^^^ needs-quotes
  - *管理员*
    ^^^^^ needs-quotes
`,
)
test(
  'stars in a list in brackets',
  reports,
  `
words: [*admin, ok, *mod*]
        ^^^^^^ needs-quotes
                    ^^^^^ needs-quotes
`,
)
test(
  'a star inside braces',
  reports,
  `
nickName: { contains: *admin* }
                      ^^^^^^^ needs-quotes
`,
)
test(
  'a text of several words that begins with a star',
  reports,
  `
message: *Please* choose another
         ^^^^^^^^^^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a star and a blank',
  reports,
  `
- * admin
  ^^^^^^^ needs-quotes
`,
)
test(
  'a key that begins with a star',
  reports,
  `
*admin*: x
^^^^^^^ needs-quotes
`,
)
test(
  'signs that begin no text',
  reports,
  `
- %d items
  ^^^^^^^^ needs-quotes
- @all
  ^^^^ needs-quotes
- \`code\`
  ^^^^^^ needs-quotes
- [@所有人, %]
   ^^^^ needs-quotes
         ^ needs-quotes
- { is: @admin, contains: "@" }
        ^^^^^^ needs-quotes
- >5
  ^^ needs-quotes
`,
)
test(
  'a greater-than sign before a text',
  reports,
  `
message: > 5 things are too many
         ^^^^^^^^^^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a bar before a text',
  reports,
  `
- | pipes |
  ^^^^^^^^^ needs-quotes
`,
)
test(
  'texts that begin with an exclamation mark',
  reports,
  `
message: !important do not
         ^^^^^^^^^^^^^^^^^ needs-quotes
words:
  - !spam
    ^^^^^ needs-quotes
  - ok!
list: [!spam, ok]
       ^^^^^ needs-quotes
`,
)
test(
  'texts that begin with an ampersand',
  reports,
  `
- &co is banned
  ^^^^^^^^^^^^^ needs-quotes
- a & b
`,
)
test(
  'a text that begins with a question mark',
  reports,
  `
words:
  - ? what
    ^^^^^^ needs-quotes
`,
)
test(
  'a key that begins with a sign',
  reports,
  `
lists:
  @vip: [a]
  ^^^^ needs-quotes
`,
)
test(
  'the hint shows the text in quotes',
  hints,
  'message: {nickName} is taken',
  'Put it in quotes: "{nickName} is taken"',
)
test('the hint chooses quotes that need no care', hints, 'a: @"x"', `Put it in quotes: '@"x"'`)

test(
  'anchors are one mistake with the aliases and merges that use them',
  reports,
  `
a: &base { b: c }
d: *base
   ^^^^^ alias
e:
  <<: *base
  ^^ merge-key
  f: g
`,
)
test(
  'an anchor on a line of its own, which nothing uses',
  reports,
  `
a: &base
   ^^^^^ alias
  b: c
`,
)
test(
  'anchors and aliases of keys',
  reports,
  `
a:
  &b c: d
e: *b
   ^^ alias
f:
  *b : g
  ^^ alias
`,
)
test(
  'explicit tags',
  reports,
  `
- !!str 5
  ^^^^^ explicit-tag
- !<tag:yaml.org,2002:int> 5
  ^^^^^^^^^^^^^^^^^^^^^^^^ explicit-tag
- !!map { a: b }
  ^^^^^ explicit-tag
`,
)
test(
  'a key that is a list or a mapping',
  reports,
  `
a:
  [b, c]: d
  ^^^^^^ key-not-text
e:
  { f: g }: h
  ^^^^^^^^ key-not-text
`,
)
test(
  'a colon without a key',
  reports,
  `
a:
  : b
  ^ key-not-text
`,
)
test(
  'a colon after brackets',
  reports,
  `
message: [spam]: no
               ^ key-not-text
`,
)
test(
  'a line with a question mark',
  reports,
  `
? a
^^^ needs-quotes
: b
`,
)
test('a quoted << is a key like any other', silent, '"<<": a')

test(
  'the same key twice, and once more',
  reports,
  `
a: 1
b: 2
a: 3
^ duplicate-key
c: { d: 1, d: 2 }
           ^ duplicate-key
"a": 4
^^^ duplicate-key
__proto__: 1
__proto__: 2
^^^^^^^^^ duplicate-key
`,
)
test(
  'a second key names the place of the first',
  hints,
  'b: 1\na: 1\na: 2\n',
  'The first is at a.yaml:2:1; remove one of them',
)
test('of two keys the first counts', t => {
  const { root } = parseYaml({ file: 'a.yaml', text: 'a: 1\na: 2\n' })
  t.is(root?.kind === 'map' && root.entries.length, 1)
  t.like(root, { entries: [{ key: 'a', value: { value: 1 } }] })
})
test(
  'a forgotten dash',
  reports,
  `
rules:
  - rule: a
    when: x
    reject: 5001
    rule: b
    ^^^^ missing-dash
    when: y
    reject: 5002
`,
)
test('the rule before a forgotten dash is read alone', t => {
  const { root } = parseYaml({ file: 'a.yaml', text: '- rule: a\n  when: x\n  rule: b\n  reject: y\n' })
  const [first] = root?.kind === 'list' ? root.items : []
  t.deepEqual(first?.kind === 'map' && first.entries.map(({ key }) => key), ['rule', 'when'])
})
test(
  'forgotten dashes everywhere',
  reports,
  `
rules:
  rule: a
  when: x
  rule: b
  ^^^^ missing-dash
  when: y
`,
)
test(
  'a forgotten dash in a list of tests',
  reports,
  `
tests:
  - given: { a: b }
    expect: allow
    given: { a: c }
    ^^^^^ missing-dash
    expect: allow
`,
)
test(
  'a rule at the column of the dashes',
  reports,
  `
rules:
  - rule: a
    reject: 5001
  rule: b
  ^^^^ missing-dash
    reject: 5002
`,
)
test(
  'a text at the column of the dashes',
  reports,
  `
words:
  - a
  b
  ^ missing-dash
  - c
`,
)
test(
  'keys and dashes with nothing after them',
  reports,
  `
rules:
  - rule: a
    when:
    ^^^^ empty-value
    reject: # later
    ^^^^^^ empty-value
  -
  ^ empty-value
  - { a: , b: c }
      ^ empty-value
zone:
^^^^ empty-value
`,
)
test(
  'a block text that is empty',
  reports,
  `
message: |
^^^^^^^ empty-value
detail: x
`,
)
test('null and ~ are written on purpose', silent, 'a: null\nb: ~\nc: ""\n')

test(
  'a comma in braces that begins no key',
  reports,
  `
nickName: { contains: a, b }
                         ^ stray-comma
`,
)
test(
  'a list in braces',
  reports,
  `
one of: { a, b }
          ^ stray-comma
and: { "a", "b" }
       ^^^ stray-comma
`,
)
test(
  'the hint shows both ways out',
  hints,
  'a: { contains: b, c }',
  'Write contains: [b, c] for a list, or contains: "b, c" for one text',
)
test('the hint shows the list', hints, 'a: { b, c }', 'Write a list in brackets: [b, c]')

test(
  'brackets that are doubled',
  reports,
  `
when: {{ nickName: x }}
       ^^^^^^^^^^^^^^^ key-not-text
`,
)
test(
  'full-width brackets in braces',
  reports,
  `
nickName: { one of: ［a, b］ }
                    ^ full-width-bracket
`,
)
test(
  'a hash glued to a word after a blank',
  reports,
  `
message: see #123
             ^^^^ warning glued-hash
why: rule #1 for all
          ^^ warning glued-hash
`,
)
test(
  'a glued hash in lists and texts over several lines',
  reports,
  `
words:
  - C #sharp
      ^^^^^^ warning glued-hash
  - 频道 #频道
       ^^^ warning glued-hash
  - ok # a comment
  - ok ## a comment
  - ok #--- a row
why: one
  two #three
      ^^^^^^ warning glued-hash
`,
)
test(
  'a glued hash that cuts a text in two',
  reports,
  `
message: see #123
             ^^^^ glued-hash
  and more
zone: x
`,
)
test(
  'an entry that is a hash and a word',
  reports,
  `
words:
  - #spam
    ^^^^^ hash-entry
  - #two words
    ^^^^^^^^^^ hash-entry
nickName: #admin
          ^^^^^^ hash-entry
`,
)
test(
  'an entry in brackets that is a hash and a word',
  reports,
  `
words: [ok, #spam, ham]
            ^^^^^ hash-entry
zone: x
`,
)
test(
  'the first entry in brackets is a hash and a word',
  reports,
  `
words: [#spam]
        ^^^^^ hash-entry
`,
)
test(
  'a hash in braces',
  reports,
  `
nickName: { contains: #spam }
                      ^^^^^ hash-entry
`,
)
test(
  'a glued hash in brackets',
  reports,
  `
words: [room #1, ham]
             ^^ glued-hash
`,
)
test(
  'comments are comments',
  silent,
  '#a\na: b # c\n#d\nc:\n  #e\n  - f #\nurl: http://x/#y\nq: "a #b"\nr: [a] #todo\n',
)

test(
  'backslashes that mean nothing in double quotes',
  reports,
  `
- "\\d+"
   ^^ backslash
- { matches: "a\\.b\\.c" }
               ^^ backslash
- ["C:\\Users", "x"]
      ^^ backslash
- "\\p{Han}\\u12"
   ^^ backslash
- "\\u{1F600}"
   ^^ backslash
`,
)
test(
  'backslashes that mean a control character',
  reports,
  `
- "\\bword"
   ^^ backslash
- "a\\fb"
    ^^ backslash
- "\\P{Han}"
   ^^ backslash
- "\\0"
   ^^ backslash
`,
)
test(
  'backslashes that are fine',
  silent,
  `- "a\\n\\t\\r\\"\\\\\\/ \\u4f60 \\x41 \\U0001F600"\n- '\\d \\b'\n- \\d \\b\n- "a\\\n  b"\n`,
)
test(
  'the hint shows the pattern in single quotes',
  hints,
  'a: "\\\\d+\\.\\"it\'s\\""',
  `Use single quotes, where a backslash is literal: '\\d+\\."it''s"'`,
)

test(
  'a full-width colon after a key',
  reports,
  `
rules:
  - rule： no-links
        ^ full-width-colon
    when: x
`,
)
test(
  'a full-width colon after a later key',
  reports,
  `
- rule: a
  reject： 5001
        ^ full-width-colon
  when: x
`,
)
test(
  'a full-width colon after the last key',
  reports,
  `
- rule: a
  reject：5001
        ^ full-width-colon
`,
)
test(
  'a full-width colon before braces',
  reports,
  `
- rule: a
  when： { nickName: { contains: x } }
      ^ full-width-colon
  reject: 5001
`,
)
test(
  'a full-width colon before braces that parse',
  reports,
  `
- when：{ nickName: x }
      ^ full-width-colon
`,
)
test(
  'a full-width colon before deeper lines',
  reports,
  `
when：
    ^ full-width-colon
  nickName: x
`,
)
test(
  'a full-width colon in the only line below a key',
  reports,
  `
when:
  nickName： admin
          ^ full-width-colon
codes:
  - starts with： x
               ^ full-width-colon
`,
)
test(
  'a full-width colon in braces',
  reports,
  `
- { nickName： admin }
            ^ full-width-colon
- { a: b, contains：x }
                  ^ full-width-colon
`,
)
test(
  'a full-width colon after a Chinese name',
  reports,
  `
conditions:
  夜间： { time: x }
    ^ full-width-colon
`,
)
test(
  'a full-width colon after a key in quotes',
  reports,
  `
"nickName"： x
          ^ full-width-colon
`,
)
test(
  'full-width colons in texts are fine',
  silent,
  'message: 提示：不允许\nwhy: Note：no\nl: [提示：x, 你好]\nm:\n  提示：不允许\n',
)
test(
  'the hint shows the line with a colon',
  hints,
  'when:\n  nickName：admin\n',
  'Write an ordinary colon and a space: nickName: admin',
)
test(
  'full-width commas between entries',
  reports,
  `
words: [a，b]
         ^ warning full-width-comma
steps: [trim、collapse spaces, x，y，z]
            ^ warning full-width-comma
                               ^ warning full-width-comma
`,
)
test(
  'full-width commas that break a list',
  reports,
  `
words: ["a"， "b"]
           ^ full-width-comma
`,
)
test(
  'full-width commas between keys',
  reports,
  `
given: { groupID: a， nickName: b }
                   ^ full-width-comma
`,
)
test(
  'full-width commas after braces',
  reports,
  `
- { given: { a: b }， expect: allow }
                   ^ full-width-comma
`,
)
test(
  'full-width commas between words in braces',
  reports,
  `
one of: { a，b }
           ^ full-width-comma
`,
)
test(
  'full-width commas in messages are fine',
  silent,
  'message: 你好，世界\nr: { code: 5001, message: 太长，请改短、再试 }\nl:\n  - 一，二\n  - ["a，b"]\n',
)
test(
  'curly quotes around a value',
  reports,
  `
message: “你好”
         ^^^^ warning curly-quotes
words: [‘a’, ＂b＂, ＇c＇, 「d」]
        ^^^ warning curly-quotes
             ^^^ warning curly-quotes
                  ^^^ warning curly-quotes
is: { contains: “x” }
                ^^^ warning curly-quotes
in: [„e“, «f»]
     ^^^ warning curly-quotes
          ^^^ warning curly-quotes
`,
)
test(
  'curly quotes around a text with a colon',
  reports,
  `
message: “注意: 不行”
         ^^^^^^^^ curly-quotes
`,
)
test(
  'curly quotes hold nothing together at a comma',
  reports,
  `
- { code: 5001, message: “Hi, there” }
                         ^^^^^^^^^^^ curly-quotes
`,
)
test(
  'curly quotes hold nothing together before a brace',
  reports,
  `
- { code: 5001, message: “Hi, {nickName}” }
                         ^^^^^^^^^^^^^^^^ curly-quotes
`,
)
test(
  'full-width quotes hold no braces together',
  reports,
  `
- { code: 5001, message: ＂{nickName}＂, detail: x }
                         ^^^^^^^^^^^^ curly-quotes
`,
)
test('curly quotes inside a text are fine', silent, 'a: “a” or “b”\nb: say “hi”\nc: "“x”"\nd: ‘tis\ne: 「x」\n')
test(
  'a comparison by a sign is told in words',
  hints,
  'a: { b: >= 60 }',
  'Write { at least: 60 }. For a text, put it in quotes: ">= 60"',
)
test(
  'a comparison by a sign is told in words on a line of its own, too',
  hints,
  'a:\n  b: > 24\n',
  'Write { more than: 24 }. For a text, put it in quotes: "> 24"',
)
test('the hint shows straight quotes', hints, 'a: “你好”', 'Write straight quotes: "你好"')
test('the hint shows straight quotes for full-width ones', hints, 'a: ＂你好＂', 'Write straight quotes: "你好"')

test(
  'no blank after a colon',
  reports,
  `
when:
  nickName:admin
          ^ missing-blank
unless: { userID:u-1 }
                ^ missing-blank
`,
)
test(
  'no blank after the colon of one key of several',
  reports,
  `
- rule: a
  reject:5001
        ^ missing-blank
  when: x
`,
)
test(
  'no blank after the first colon of an entry',
  reports,
  `
- rule:a
      ^ missing-blank
  when: x
`,
)
test(
  'no blank between a colon and a brace',
  reports,
  `
- rule: a
  when:{ nickName: x }
      ^ missing-blank
`,
)
test(
  'no blank between a colon and nested braces',
  reports,
  `
- rule: a
  when:{ nickName: { contains: x } }
      ^ missing-blank
`,
)
test(
  'no blank after a dash',
  reports,
  `
words:
  -a
  ^ missing-blank
  -b
`,
)
test(
  'no blank after the dash of a rule',
  reports,
  `
rules:
  -rule: a
  ^ missing-blank
`,
)
test(
  'no blank after the dash of a rule with more keys',
  reports,
  `
rules:
  -rule: a
  ^ missing-blank
    when: x
`,
)
test(
  'colons inside words are fine',
  silent,
  'a:\n  https://x.example/y\nb: a:b\nc:\n  22:00-07:00\nd:\n  - user:1\n  - -5\ne:\n  Note:this is a sentence\n',
)
test(
  'full-width and no-break blanks',
  reports,
  `
when:
　　nickName: admin
^^ odd-blank
`,
)
test(
  'a full-width blank after a colon',
  reports,
  `
- rule: a
  when:
    nickName:　admin
             ^ odd-blank
- { nickName:\u{a0}x }
             ^ odd-blank
`,
)
test(
  'a full-width blank after a dash',
  reports,
  `
words:
  -　a
   ^ odd-blank
rules:
  -　rule: a
   ^ odd-blank
`,
)
test(
  'dashes that are none',
  reports,
  `
rules:
  – rule: a
  ^ missing-dash
`,
)
test(
  'dashes that are none before several keys',
  reports,
  `
rules:
  － rule: a
  ^ missing-dash
    when: b
`,
)
test(
  'a line of nothing but a full-width blank',
  reports,
  `
a: b
　
^ odd-blank
c: d
`,
)
test(
  'a full-width blank in braces',
  reports,
  `
a: { b: "c"　}
           ^ odd-blank
`,
)
test('full-width blanks in texts are fine', silent, 'a: 你好　世界\nb: |\n  　　段落\nc: 　x\nd: "　"\n')
test(
  'tabs that indent',
  reports,
  `
rules:
\t- rule: a
^ tab
`,
)
test(
  'a tab before a key',
  reports,
  `
- rule: a
\t\twhen: x
^^ tab
`,
)
test(
  'a tab after blanks',
  reports,
  `
- rule: a
  when:
  \tnickName: x
  ^ tab
`,
)
test(
  'a tab before a text that goes on',
  reports,
  `
why: one
\ttwo
^ tab
`,
)
test(
  'a tab between brackets on several lines',
  reports,
  `
a:
  b: [
\tc
^ tab
  ]
`,
)
test('tabs elsewhere are fine', silent, 'a:\tb\t# c\n\t\n\t# d\nc: "x\ty"\nd: x\ty\ne: |\n  \tz\nf: [\n  \ta,\tb ]\n')

test(
  'an entry glued to the text before',
  reports,
  `
words:
  - a
   - b
   ^ glued-entries
  - c
one of: x
  - y
  ^ glued-entries
`,
)
test(
  'a rule deeper than the one before',
  reports,
  `
rules:
  - rule: a
      - rule: b
      ^ glued-entries
`,
)
test(
  'a rule deeper by one',
  reports,
  `
rules:
  - rule: a
    reject: 5001
   - rule: b
   ^ glued-entries
     reject: 5002
`,
)
test(
  'a rule at the column of keys',
  reports,
  `
rules:
  - rule: a
    reject: 5001
    - rule: b
    ^ glued-entries
      reject: 5002
`,
)
test(
  'a rule shallower than the one before',
  reports,
  `
rules:
  - rule: a
 - rule: b
 ^ glued-entries
`,
)
test(
  'an entry shallower than the one before',
  reports,
  `
words:
    - a
  - b
  ^ glued-entries
`,
)
test('a minus in a text over several lines is fine', silent, 'a: one\n  -two\n  three - four\n')

test(
  'a colon in a text',
  reports,
  `
message: Note: not allowed
             ^ colon-in-text
`,
)
test(
  'a colon at the end of a text',
  reports,
  `
message: Warning:
                ^ colon-in-text
code: 5001
`,
)
test(
  'a colon in a Chinese text',
  reports,
  `
reject: { code: 5001, message: 注意: 名字太长, detail: x }
                                 ^ colon-in-text
`,
)
test(
  'the hint quotes the whole text',
  hints,
  'reject: { message: Note: no, never }',
  'Put it in quotes: "Note: no, never"; or write a comma before the next key',
)

test('messages are sentences without a full stop and without jargon', t => {
  const texts = [
    'a: b: c',
    '- #a',
    'a: *b',
    'a: {b}',
    '- a\n  - b',
    'a: “b”',
    'a: "\\d"',
    'a:\n\tb: c',
    'a: [b',
    'a: "b',
    'a:',
  ]
  for (const { message, hint } of texts.flatMap(text => said(text))) {
    t.regex(message, /^[A-Z"'“].*[^.]$/)
    t.notRegex(`${message} ${hint}`, /\b(flow|block|scalar|node|collection|sequence|token|implicit|compact)\b/i)
  }
})
