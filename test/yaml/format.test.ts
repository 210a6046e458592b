import test from 'ava'
import fc from 'fast-check'
import { parse } from 'yaml'
import { addCase, format } from '../../src/yaml/format.ts'
import { ruleFiles } from '../_random.ts'
import { runs } from '../_runs.ts'

/** A text in another layout, and that layout once more. */
const becomes = test.macro<[string, string]>((t, before, after) => {
  t.is(format(before), after)
  t.is(format(after), after)
})

test('escapes stay as they are written', becomes, 'a:   "x\\u200by \\x41 \\n"\n', 'a: "x\\u200by \\x41 \\n"\n')
test(
  'what cannot be seen becomes an escape',
  becomes,
  `a: "x\u200by"\nb: 'q\u202e'\n`,
  'a: "x\\u200by"\nb: "q\\u202e"\n',
)
test('an unquoted text stays without quotes', becomes, 'a:  x\u200by\n', 'a: x\u200by\n')
test('joiners of emoji stay', becomes, `a:  '👩\u200d👧'\n`, `a: "👩\u200d👧"\n`)
test('patterns keep their single quotes', becomes, `{ matches:  '[0-9]{6}' }\n`, `{ matches: '[0-9]{6}' }\n`)
test('lines end as the first one does', becomes, 'a:   b\r\nc: d\r\n', 'a: b\r\nc: d\r\n')
test(
  'brackets that do not fit on a line become lines',
  becomes,
  `a: { b: [${'x'.repeat(60)}, ${'y'.repeat(60)}], c: { d: "${'a long text '.repeat(12)}" } }\n`,
  `a:
  b:
    - ${'x'.repeat(60)}
    - ${'y'.repeat(60)}
  c:
    d: "${'a long text '.repeat(12)}"
`,
)
test('what fits stays', becomes, `a: { b: ${'x'.repeat(105)} }\n`, `a: { b: ${'x'.repeat(105)} }\n`)

test(
  'a comment behind brackets leaves them closed',
  becomes,
  'a: { b:  c } # d\n# e\nf: g\n',
  'a: { b: c } # d\n# e\nf: g\n',
)
test('a comment inside opens them', becomes, 'a: {\n  b: c, # d\n  e: f }\n', 'a:\n  b: c # d\n  e: f\n')

/** Rule files laid out otherwise, with comments. */
const texts = fc.tuple(ruleFiles, fc.array(fc.nat(), { maxLength: 6 }), fc.boolean()).map(([text, places, isFlow]) => {
  const source = isFlow ? JSON.stringify(parse(text), null, 3) : text
  const lines = source.split('\n')
  const ends = lines.flatMap((line, at) => (/[^\s|>]$/.test(line) && !/[|>][-+]?$/.test(line) ? [at] : []))
  for (const [index, place] of places.entries()) {
    const at = ends[place % ends.length] ?? 0
    lines[at] += ` # comment ${index}`
  }
  return lines.join('\n')
})

test('another layout means the same, keeps comments, and is made once', t => {
  const property = fc.property(texts, text => {
    const formatted = format(text)
    t.not(formatted, undefined, text)
    t.deepEqual(parse(formatted as string), parse(text))
    for (const comment of text.match(/# comment \d/g) ?? []) t.true(formatted?.includes(comment), `${comment}\n${text}`)
    t.is(format(formatted as string), formatted)
  })
  fc.assert(property, { numRuns: runs(300) })
})

test('a case that is added is one line where it fits, two where it does not', t => {
  const rule = 'rules:\n  - { rule: r, when: { nickName: x }, reject: 5001 } # why\n'
  const short = addCase(rule, 'r', { given: { nickName: 'a\u200b' }, expect: 'allow' })
  t.true(short?.includes('      - { given: { nickName: "a\\u200b" }, expect: allow }\n'), short)
  t.true(short?.includes('# why'))
  const long = addCase(rule, 'r', { given: { nickName: 'x'.repeat(90) }, expect: { reject: 5001 } })
  t.true(long?.includes(`      - given: { nickName: ${'x'.repeat(90)} }\n        expect: { reject: 5001 }\n`), long)
  t.deepEqual(parse(long as string).rules[0].tests, [{ given: { nickName: 'x'.repeat(90) }, expect: { reject: 5001 } }])
})
