import test from 'ava'
import fc from 'fast-check'
import { findJsonMistake } from '../../src/protocol/json-mistake.ts'

/** The mistake in a text is at the part in brackets `⟦ ⟧`, and the hint says what to write. */
const finds = test.macro({
  title: (_, marked: string) => `the mistake in ${JSON.stringify(marked)} is found`,
  exec(t, marked: string, hint: RegExp) {
    const text = marked.replaceAll(/[⟦⟧]/g, '')
    const found = findJsonMistake(text)
    t.truthy(found)
    const { start, end, message } = found as NonNullable<typeof found>
    t.is(`${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`, marked)
    t.regex(found?.hint ?? '', hint)
    t.regex(message, /^[\p{Lu}"].*[^.]$/u)
  },
})

test(finds, '{"a":1⟦,⟧}', /^Remove it/)
test(finds, '["a"⟦,⟧]', /^Remove it/)
test(finds, '{"a":1,⟦,⟧"b":2}', /^Remove it$/)
test(finds, '{"a":1\n ⟦"b"⟧:2}', /^Write a comma after 1$/)
test(finds, '["a" ⟦"b"⟧]', /^Write a comma after "a"$/)
test(finds, '{⟦“nickName”⟧: 1}', /^Write "nickName"$/)
test(finds, '{"a": ⟦“it’s”⟧}', /^Write "it’s"$/)
test(finds, "{⟦'a'⟧: 1}", /^Write "a"$/)
test(finds, '{"a": ⟦`b`⟧}', /^Write "b"$/)
test(finds, '{"a": ⟦«b»⟧}', /^Write "b"$/)
test(finds, '{⟦a⟧: 1}', /^Write "a"$/)
test(finds, '{"a": ⟦u-1⟧}', /^Write "u-1"$/)
test(finds, '{"a" ⟦1⟧}', /^Write "a": …$/)
test(finds, '{"a" ⟦=⟧ 1}', /^Write : between/)
test(finds, '{"a":⟦:⟧ 1}', /^Remove it$/)
test(finds, '{"a"⟦：⟧ 1}', /^Write :$/)
test(finds, '{"a": 1⟦，⟧ "b": 2}', /^Write ,$/)
test(finds, '⟦// a name⟧\n{}', /^Remove the comment$/)
test(finds, '{ ⟦/* a\n name */⟧ }', /^Remove the comment$/)
test(finds, '{ ⟦# a name⟧\n }', /^Remove the comment$/)
test(finds, '{"a": ⟦None⟧}', /^Write null$/)
test(finds, '{"a": ⟦True⟧}', /^Write true$/)
test(finds, '{"a": ⟦flase⟧}', /^Write false$/)
test(finds, '{"a": ⟦undefined⟧}', /^Write null$/)
test(finds, '{"a": ⟦020⟧}', /^Write 20, or "020" for text$/)
test(finds, '{"a": ⟦+1⟧}', /^Write 1, or/)
test(finds, '{"a": ⟦1_000⟧}', /^Write 1000, or/)
test(finds, '{"a": ⟦2026-03-01⟧}', /^Write "2026-03-01" for text$/)
test(finds, '{"a": "C:⟦\\p⟧"}', /^Write \\\\ for a backslash/)
test(finds, '{"a": "x⟦\t⟧y"}', /^Write \\t$/)
test(finds, '{"a": ⟦"x⟧\n}', /^Close it with "/)
test(finds, '{"a": "say "⟦hi⟧" now"}', /^Write \\" for a quote/)
test(finds, '⟦{⟧"a": 1', /^Write } at the end$/)
test(finds, '{"a": ⟦[⟧1', /^Write \] } at the end$/)
test(finds, '{"a": [1⟦}⟧', /^Write \]$/)
test(finds, '{"a": 1}⟦}⟧', /^Remove it$/)
test(finds, '{"a": 1}\n⟦{⟧"a": 2}', /^Try one payload at a time$/)
test(finds, '{"a": ⟦,⟧ "b": 1}', /^Write one, or null/)
test(finds, '⟦callback⟧: x', /^A payload is one JSON object/)
test(finds, '⟦<⟧html>', /^This is HTML or XML/)
test(finds, '{⟦\u00a0⟧"a": 1}', /^Remove it/)
test(finds, '⟦⟧', /^Paste what the IM server sends$/)

/** JSON with a character put in, taken out, or doubled. */
const almost = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.constantFrom('', ',', '"', '}', ']', ':', 'x', '1', ' ', '\\', '{', '\n'),
  )
  .map(([json, place, sign]) => {
    const at = place % (json.length + 1)
    return sign === '' ? json.slice(0, at) + json.slice(at + 1) : json.slice(0, at) + sign + json.slice(at)
  })

test('a mistake is found exactly if the text is not JSON', t => {
  fc.assert(
    fc.property(almost, text => {
      let isJson = true
      try {
        JSON.parse(text)
      } catch {
        isJson = false
      }
      const found = findJsonMistake(text)
      t.is(found === undefined, isJson, text)
      if (found !== undefined) t.true(found.start <= found.end && found.end <= text.length, text)
    }),
    { numRuns: 3000 },
  )
})

test('deep and long texts take no time', t => {
  t.regex(findJsonMistake('['.repeat(100_000))?.hint ?? '', /^Write \]/)
  t.is(findJsonMistake(JSON.stringify('x'.repeat(1_000_000))), undefined)
})
