import test from 'ava'
import fc from 'fast-check'
import { asShown } from '../../src/text/as-shown.ts'

const shows = test.macro({
  exec: (t, typed: string, shown: string) => {
    t.is(asShown(typed), shown)
  },
  title: (_, typed) => `how ${JSON.stringify(typed)} is shown`,
})

test(shows, 'b**a**d', 'bad')
test(shows, '_V_**o**re', 'Vore')
test(shows, 'v~~o~~re and v||o||re', 'vore and vore')
test(shows, '&#98;ad &#x62;ad', 'bad bad')
test(shows, 'b<b>a</b>d<br/>', 'bad')
test(shows, 'b<!-- nothing -->ad', 'bad')
test(shows, 'b`a`d', 'bad')
test(shows, 'we`re here', 'we`re here')
test(shows, '[free money](https://example.com)', 'free money')
test(shows, 'Tom &amp; Jerry', 'Tom & Jerry')
test(shows, 'snake_case_name', 'snake_case_name')
test(shows, '2 * 3 < 4 && a || b', '2 * 3 < 4 && a || b')
test(shows, 'a < b and c > d', 'a < b and c > d')
test(shows, '&unknown; &#0;', '&unknown; &#0;')
test(shows, '[1] (see below)', '[1] (see below)')
test(shows, '管**理**员', '管理员')

test('a text without such signs is itself, and no text is longer than it was typed', t => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const shown = asShown(text)
      return shown.length <= text.length && (/[*_~`|<&[]/.test(text) || shown === text)
    }),
  )
  t.pass()
})

test('signs by the ten thousand are read in no time', t => {
  for (const piece of ['*', '<a ', '[a](', '&#', '_a', '||a', '`']) t.true(asShown(piece.repeat(20_000)).length >= 0)
})
