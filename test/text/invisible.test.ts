import test from 'ava'
import fc from 'fast-check'
import { removeInvisible } from '../../src/text/invisible.ts'
import { runs } from '../_runs.ts'
import { alike, hardText } from './_texts.ts'

const keeps = test.macro<[string]>({
  exec: (t, text) => {
    t.is(removeInvisible(text), text)
  },
  title: (_, text = '') => `${alike(text)} keeps its joiners and selectors`,
})

const cleans = test.macro<[string, string]>({
  exec: (t, text, clean) => {
    t.is(removeInvisible(text), clean)
  },
  title: (_, text = '', clean = '') => `${alike(text)} is cleaned to ${alike(clean)}`,
})

test(keeps, '👨\u200d👩\u200d👧\u200d👦')
test(keeps, '👩🏽\u200d🚀')
test(keeps, '🏳\ufe0f\u200d🌈')
test(keeps, '❤\ufe0f\u200d🔥')
test(keeps, '☺\ufe0e')
test(keeps, '1\ufe0f\u20e3#\ufe0f\u20e3')
test(keeps, '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}')
test(keeps, 'می\u200cخواهم')
test(keeps, 'क्\u200dष क्\u200cष')
test(keeps, 'സുരേഷ് രാജന്\u200d')
test(keeps, 'শ্রী র\u200d্যা')
test(keeps, 'ශ්\u200dරී')
test(keeps, 'ᠠ\u180bᠮ ᠮᠠᠮ\u180eᠠ')
test(keeps, '葛\u{e0100}城')

test(cleans, 'ad\u200bmin', 'admin')
test(cleans, 'ad\u200dmin', 'admin')
test(cleans, 'a\ufe0fb', 'ab')
test(cleans, '1\ufe0f', '1')
test(cleans, '\u202eadmin\u202c\u2066\u2069', 'admin')
test(cleans, '\ufeffa\u00adb\u2060c\u034fd\u3164e\uffa0f', 'abcdef')
test(cleans, '漢\ufe0f字', '漢字')
test(cleans, '👩\u200d', '👩')
test(cleans, '\u200d👩', '👩')
test(cleans, '👩\u200c👧', '👩👧')
test(cleans, '👩\u200d\u200d👧', '👩\u200d👧')
test(cleans, '👩\u200b\u200d\u200b👧', '👩\u200d👧')
test(cleans, '❤\ufe0f\ufe0f\ufe0e', '❤\ufe0f')
test(cleans, 'a\u{e0067}\u{e0062}\u{e0065}\u{e007f}', 'a')
test(cleans, '🏴\u{e0067}\u{e0062}', '🏴')
test(cleans, 'م\u200c', 'م')
test(cleans, 'م\u200ca', 'مa')
test(cleans, 'کا\u200b\u200c\u200cر', 'کا\u200cر')
test(cleans, '\u200b\u200b', '')

test('removing invisible characters twice changes nothing more', t => {
  fc.assert(
    fc.property(hardText, text => removeInvisible(removeInvisible(text)) === removeInvisible(text)),
    { numRuns: runs(3000) },
  )
  t.pass()
})

test('removing touches no visible character', t => {
  const visible = (text: string) => text.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  fc.assert(fc.property(hardText, text => visible(removeInvisible(text)) === visible(text)))
  t.pass()
})
