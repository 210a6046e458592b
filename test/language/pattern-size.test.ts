import test from 'ava'
import fc from 'fast-check'
import { RE2JS } from 're2js'
import { readPattern } from '../../src/language/pattern.ts'
import { writtenOut } from '../../src/language/pattern-size.ts'
import { runs } from '../_runs.ts'

const sizes = test.macro({
  exec: (t, source: string, size: number) => t.is(writtenOut(source), size),
  title: (_, source) => `the pattern ${source} is measured from its text`,
})

test(sizes, 'abc', 3)
test(sizes, 'a{3}b', 4)
test(sizes, '(ab|c){10}', 40)
test(sizes, '((a{10}){10}){10}', 1110)
test(sizes, '[a-z{9}]{2}\\{9}', 5)
test(sizes, '\\p{L}{5,}', 6)
test(sizes, '[]a]{0,4}[^]]', 5)
test(sizes, 'a)b(', 2)
test(sizes, '{3}x', 1)

const piece = fc.constantFrom(
  ...['a', '[ab]', '\\d', '\\p{Han}', '.', '(', ')', '|', '*', '+', '?', '{3}', '{2,}', '{0,40}'],
)

test('no pattern is much larger than its text lets expect', t => {
  const property = fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
    const source = pieces.join('')
    try {
      return RE2JS.compile(source).programSize() <= 4 * writtenOut(source) + 4 * source.length + 10
    } catch {
      return true
    }
  })
  t.notThrows(() => fc.assert(property, { numRuns: runs(20_000) }))
})

for (const source of ['a{1000}', '\\p{L}{1000}', '(a?){1000}', '(a{31}){31}', '[^a]{999}']) {
  test(`many of ${source} are refused before they are compiled`, t => {
    const long = source.repeat(Math.floor(2000 / source.length))
    t.true(writtenOut(long) > 15_000)
    t.like(readPattern(long), { problem: 'is too large when its repetitions are expanded' })
  })
}
