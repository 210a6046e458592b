import test from 'ava'
import { createColors } from 'picocolors'
import { wrap } from '../../src/cli/wrap.ts'

const wraps = test.macro((t, text: string, ...lines: string[]) => t.is(wrap(text, 24), lines.join('\n')))

test('a line that fits stays', wraps, 'as wide as the terminal!', 'as wide as the terminal!')
test('a longer line is broken between words', wraps, 'one word too many for this', 'one word too many for', '  this')
test(
  'continuation lines are indented',
  wraps,
  '  a line with an indent of its own',
  '  a line with an indent',
  '    of its own',
)
test('spaces inside a line stay', wraps, 'a  b\n\n c', 'a  b', '', ' c')
test(
  'a word that is too long stays whole',
  wraps,
  'see https://example.com/a/very/long/address',
  'see',
  '  https://example.com/a/very/long/address',
)
test(
  'wide characters take two columns',
  wraps,
  '管理员管理员管理员 管理员管理员',
  '管理员管理员管理员',
  '  管理员管理员',
)
test(
  'code and its carets stay where they are',
  wraps,
  ' > 12 |     when: { nickname: x }\n      |             ^^^^^^^^',
  ' > 12 |     when: { nickname: x }',
  '      |             ^^^^^^^^',
)

test('colours take no room', t => {
  const { red } = createColors(true)
  t.is(wrap(`${red('one')} word too many for this`, 24), `${red('one')} word too many for\n  this`)
  t.is(wrap(`${red('as')} wide as the terminal!`, 24), `${red('as')} wide as the terminal!`)
})
