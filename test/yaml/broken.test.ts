import test from 'ava'
import fc from 'fast-check'
import { parseYaml } from '../../src/yaml/parse.ts'
import { runs } from '../_runs.ts'
import { expectReports, readMarks } from '../language/_reports.ts'

/** Where YAML breaks there is one report, and nothing is read. */
const breaks = test.macro<[string]>((t, marked) => {
  expectReports(t, marked, source => {
    const { root, diagnostics } = parseYaml(source)
    t.is(root, null)
    t.is(diagnostics.length, 1)
    return diagnostics
  })
})

const hints = test.macro<[string, string | undefined]>((t, text, hint) => {
  t.is(parseYaml({ file: 'a.yaml', text }).diagnostics[0]?.hint, hint)
})

test(
  'the marks of a merge that failed are pointed at',
  breaks,
  `
rules:
<<<<<<< HEAD
^^^^^^^^^^^^ yaml-syntax
  - a
=======
  - b
>>>>>>> other
`,
)
test(
  'an unclosed quote is pointed at where it opens',
  breaks,
  `
message: "abc
         ^ unclosed-quote
code: 5001
`,
)
test(
  'an unclosed quote that a later quote closes',
  breaks,
  `
reject:
  message: "abc
           ^ unclosed-quote
    more: "x"
`,
)
test(
  'an unclosed quote in braces',
  breaks,
  `
rules:
  - rule: a
    when: { nickName: { contains: "x } }
                                  ^ unclosed-quote
    reject: 5001
  - rule: b
    when: { nickName: { contains: "y" } }
`,
)
test(
  'an unclosed quote before another on the line',
  breaks,
  `
reject: { message: "hi, detail: "x" }
                   ^ unclosed-quote
`,
)
test(
  'an unclosed quote in a list over several lines',
  breaks,
  `
words: [
  "a,
  ^ unclosed-quote
  "b",
]
`,
)
test(
  'an unclosed single quote',
  breaks,
  `
why: 'tis so
     ^ unclosed-quote
rule: a
`,
)
test(
  'an unclosed quote before an end of a line that looks closed',
  breaks,
  `
a: 'it''
   ^ unclosed-quote
b
`,
)
test(
  'an unclosed quote at the end of the file',
  breaks,
  `
a: b
c: "
   ^ unclosed-quote
`,
)
test(
  'a backslash that keeps a quote open is named',
  hints,
  'a: "C:\\"\nb c\n',
  'The backslash escapes the closing quote: use single quotes, where a backslash is literal',
)
test('quotes that only look closed are found in a file that parses', t => {
  for (const text of ['- "C:\\"\n- c\n', "- 'it''\n- c\n"]) {
    const { diagnostics } = parseYaml({ file: 'a.yaml', text })
    t.deepEqual(
      diagnostics.map(({ code, span }) => [code, span.start]),
      [['unclosed-quote', 2]],
    )
  }
})

test(
  'text after the closing quote',
  breaks,
  `
message: "{nickName}" is taken
                      ^^^^^^^^ text-after-quote
`,
)
test(
  'quotes inside quotes',
  breaks,
  `
message: "He said "hi" to me"
                   ^^^^^^^^^^ text-after-quote
`,
)
test(
  'an apostrophe inside single quotes',
  breaks,
  `
reject: { code: 5001, message: 'don't do that', detail: x }
                                    ^^^^^^^^^^ text-after-quote
`,
)
test(
  'two texts in quotes',
  breaks,
  `
is: "a" or "b"
        ^^^^^^ text-after-quote
`,
)
test('the hint quotes the whole of it', hints, 'a: "b" is taken', `Put the whole text in quotes: '"b" is taken'`)
test(
  'the hint takes the other quotes',
  hints,
  'a: "He said "hi" to me"',
  `Use the other kind of quotes around it: 'He said "hi" to me'`,
)
test(
  'the hint takes double quotes for an apostrophe',
  hints,
  "a: 'don't'",
  `Use the other kind of quotes around it: "don't"`,
)
test(
  'a quote before a key, closed by the next quote',
  breaks,
  `
a: b
'given: { c: 'd' }
^ unclosed-quote
`,
)
test(
  'a line that begins with a text in quotes',
  breaks,
  `
a: b
'c' d
    ^ text-after-quote
`,
)
test(
  'a mistake before an unclosed quote is the one reported',
  breaks,
  `
a: B: c
    ^ colon-in-text
d: "e
`,
)
test(
  'a mistake before an unclosed bracket is the one reported',
  breaks,
  `
a: B: c
    ^ colon-in-text
d: [e
`,
)
test(
  'a bracket in a text is none that was not closed',
  breaks,
  `
reject: { message: hi [x, code: 5001 }
                   ^^^^^ needs-quotes
`,
)
test(
  'a comma in a list ends the text',
  breaks,
  `
words: [a, [x] y, z, w]
           ^^^^^ needs-quotes
`,
)
test(
  'a comma in braces ends the text when a key follows',
  breaks,
  `
reject: { message: [x] y, or z, and w, code: 5001 }
                   ^^^^^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a text with commas in its brackets',
  breaks,
  `
message: [a, b] and {c: d} too
         ^^^^^^^^^^^^^^^^^^^^^ needs-quotes
`,
)
test(
  'a hash right after a quote',
  breaks,
  `
a: "b"#c
      ^ glued-hash
`,
)

test(
  'a bracket that is not closed',
  breaks,
  `
lists:
  vip: [a, b
       ^ unmatched-bracket
  staff: [c]
`,
)
test(
  'a brace that is not closed',
  breaks,
  `
when: { nickName: { contains: x }
      ^ unmatched-bracket
reject: 5001
`,
)
test(
  'a bracket closed by a brace',
  breaks,
  `
given: { a: [b, c }
            ^ unmatched-bracket
`,
)
test(
  'a bracket too many',
  breaks,
  `
when: { nickName: { contains: x } } }
                                    ^ unmatched-bracket
reject: 5001
`,
)
test(
  'a closing bracket alone',
  breaks,
  `
]
^ unmatched-bracket
`,
)
test(
  'an opening brace that is missing',
  breaks,
  `
when: nickName: { contains: x } }
                                ^ unmatched-bracket
`,
)
test(
  'full-width brackets',
  breaks,
  `
when: ｛ nickName: x ｝
      ^ full-width-bracket
`,
)
test(
  'a full-width closing bracket',
  breaks,
  `
words: [a, b］
            ^ full-width-bracket
zone: x
`,
)
test(
  'a pattern with brackets inside braces',
  breaks,
  `
nickName: { matches: [0-9]{5,}, is: x }
                     ^^^^^^^^^ needs-quotes
`,
)
test(
  'a pattern that has a bracket in it',
  breaks,
  `
nickName: { matches: ^[a-z]+$ }
                     ^^^^^^^^ needs-quotes
`,
)

test(
  'a comma that is missing between texts',
  breaks,
  `
words: ["a" "b"]
            ^^^ missing-comma
`,
)
test(
  'a comma that is missing between keys',
  breaks,
  `
given: { a: "x" b: y }
                ^ missing-comma
`,
)
test(
  'a comma that is missing at the end of a line',
  breaks,
  `
given: {
  a: x
  b: y
  ^ missing-comma
}
`,
)
test(
  'a comma that is missing between braces',
  breaks,
  `
tests: [
  { given: { a: b }, expect: allow }
  { given: { a: c }, expect: allow }
  ^ missing-comma
]
`,
)
test(
  'a comma too many',
  breaks,
  `
words: [a, , b]
           ^ stray-comma
`,
)
test(
  'a comma at the beginning',
  breaks,
  `
given: {, a: b}
        ^ stray-comma
`,
)
test(
  'a comma at the end of a line',
  breaks,
  `
message: "x",
            ^ stray-comma
code: 5001
`,
)
test(
  'a list without brackets',
  breaks,
  `
one of: "a", "b"
           ^ stray-comma
`,
)

test(
  'a key deeper than the one before',
  breaks,
  `
- rule: a
   when: { nickName: x }
   ^^^^ bad-indent
  reject: 5001
`,
)
test(
  'a key below a value that is complete',
  breaks,
  `
reject: staff-name
  message: hi
  ^^^^^^^ bad-indent
`,
)
test(
  'a key deeper than the one before, after braces',
  breaks,
  `
- rule: a
  when: { nickName: x }
   reject: 5001
   ^^^^^^ bad-indent
`,
)
test(
  'a key shallower than the one before',
  breaks,
  `
- rule: a
  when: { nickName: x }
 reject: 5001
 ^^^^^^ bad-indent
`,
)
test(
  'a key between two levels',
  breaks,
  `
codes:
    a: 5001
  b: 5002
  ^ bad-indent
`,
)
test(
  'keys at the column of the dash',
  breaks,
  `
rules:
  - rule: a
  when: x
  ^^^^ bad-indent
`,
)
test(
  'the hint says where the key goes',
  hints,
  '- rule: a\n  when: { b: c }\n reject: 5001\n',
  'Put it in column 3, under "when" on line 2',
)
test(
  'the hint names a line that the dash can belong under',
  hints,
  'r:\n  - a: b\n    c:\n      - d: e\n  - f: { g: h }\n     - i: j\n',
  'Put it under the dash on line 5',
)
test(
  'a list below a value',
  breaks,
  `
when: x
- rule: a
^ bad-indent
`,
)
test(
  'a list on the line of its key',
  breaks,
  `
rules: - rule: a
       ^ bad-indent
`,
)
test(
  'a key after a value on one line',
  breaks,
  `
when: { a: b } reject: 5001
               ^^^^^^ bad-indent
`,
)
test(
  'a key on the line of another key',
  breaks,
  `
when: nickName: { contains: x }
              ^ colon-in-text
`,
)
test(
  'the hint puts a key in braces',
  hints,
  'when: nickName: { contains: x }',
  'Put it on the next line, or in braces: { nickName: { contains: x } }',
)
test(
  'the hint asks whether it is a text or a key',
  hints,
  'when: nickName: present',
  'Put it in quotes: "nickName: present"; if "nickName" is a key, put it on the next line, or in braces: { nickName: present }',
)
test('the hint does not take a sentence for a key', hints, 'message: Note: no', 'Put it in quotes: "Note: no"')
test(
  'a tab in a block text',
  breaks,
  `
message: |
  one
\ttwo
^ tab
zone: x
`,
)
test(
  'a text that goes on without indentation',
  breaks,
  `
message: |
   one
  two
  ^^^ bad-indent
zone: x
`,
)
test(
  'a block text whose first lines are uneven',
  breaks,
  `
message: |
${' '.repeat(4)}
  two
  ^^^ bad-indent
`,
)

test(
  'a key without a colon',
  breaks,
  `
- rule: a
  when
  ^^^^ missing-colon
  reject: x
`,
)
test(
  'the last key without a colon',
  breaks,
  `
callback: x
zone Asia/Shanghai
^^^^^^^^^^^^^^^^^^ missing-colon
`,
)
test(
  'a key without a colon before braces',
  breaks,
  `
when { nickName: { contains: x } }
^^^^ missing-colon
`,
)
test(
  'a key without a colon before braces with several keys',
  breaks,
  `
when { a: b, c: d }
^^^^ missing-colon
`,
)
test(
  'a text that goes on in the first column',
  breaks,
  `
message: this is
going on
^^^^^^^^ missing-colon
zone: x
`,
)
test(
  'a comment between the lines of a text',
  breaks,
  `
message: this is # a comment
  going on
  ^^^^^^^^ yaml-syntax
zone: x
`,
)
test(
  'a comment before a line that belongs to no text',
  breaks,
  `
message: this is # a comment
going on
^^^^^^^^ missing-colon
zone: x
`,
)
test(
  'a word on the line of ---',
  breaks,
  `
--- a: b
    ^ yaml-syntax
`,
)
test('a key that never ends', t => {
  const { diagnostics } = parseYaml({ file: 'a.yaml', text: `${'a'.repeat(2_000)}: b` })
  t.deepEqual(
    diagnostics.map(({ code }) => code),
    ['yaml-syntax'],
  )
})

const ruleFile = readMarks(`
callback: beforeSetGroupMemberInfo # which
codes:
  staff: { code: 5001, message: "“{nickName}” is reserved" }
rules:
  - rule: no-links
    why: People post links,
      and we do not like it
    when: { nickName: { contains any: ["://", www.] } }
    unless:
      any:
        - { userID: { in list: vip } }
        - groupID: { starts with: 'it''s' }
    reject: staff
    tests:
      - { given: { nickName: "x" }, expect: { reject: 5001 } }
  - rule: tidy
    when: { nickName: present }
    rewrite: { nickName: [trim, { cut to: 24 }] }
`).text

test('of one slip of the hand at most one mistake is made', t => {
  const slip = fc.record({
    at: fc.nat(ruleFile.length - 1),
    removed: fc.nat(1),
    typed: fc.constantFrom(
      '',
      '"',
      "'",
      ':',
      ' ',
      '\t',
      '-',
      '{',
      '}',
      '[',
      ']',
      ',',
      '，',
      '：',
      '#',
      '*',
      '\n',
      '“',
      '　',
    ),
  })
  fc.assert(
    fc.property(slip, ({ at, removed, typed }) => {
      const text = ruleFile.slice(0, at) + typed + ruleFile.slice(at + removed)
      const { root, diagnostics } = parseYaml({ file: 'a.yaml', text })
      // Where the slip made nothing that YAML minds, several places may differ from what was meant.
      return root !== null || (diagnostics.length === 1 && diagnostics[0]?.hint !== undefined)
    }),
    { numRuns: runs(2_000) },
  )
  t.pass()
})
