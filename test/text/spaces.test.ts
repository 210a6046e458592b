import test from 'ava'
import { collapseSpaces, isBlank, trimBlanks } from '../../src/text/spaces.ts'

test('every kind of white space is trimmed at both ends', t => {
  t.is(trimBlanks('\u3000\t a\u00a0b \u0085\r\n\u2028'), 'a\u00a0b')
  t.is(trimBlanks(' \u2003'), '')
  t.is(trimBlanks(''), '')
})

test('trimming knows exactly the white space of Unicode', t => {
  for (let point = 0; point <= 0xffff; point++) {
    const char = String.fromCharCode(point)
    t.is(trimBlanks(char) === '', /\p{White_Space}/u.test(char), point.toString(16))
  }
})

test('each run of white space becomes one space', t => {
  t.is(collapseSpaces('\t a\u00a0 \u3000b\nc '), ' a b c ')
  t.is(collapseSpaces('a\u200bb'), 'a\u200bb')
})

test('a text that nobody can see is blank', t => {
  for (const text of ['', ' ', '\u200b\u3000', '\u3164', '\u2800\u2800', '\u202e\u0000', '\u{e0067}'])
    t.true(isBlank(text), text)
  for (const text of ['a', ' . ', '\u0301', '👩', '\ud800']) t.false(isBlank(text), text)
})
