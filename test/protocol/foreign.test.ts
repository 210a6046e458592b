import test from 'ava'
import { cleanUntrusted, quoteUntrusted } from '../../src/protocol/untrusted-text.ts'

const becomes = test.macro({
  title: (_, text: string) => `${JSON.stringify(text.slice(0, 40))} (${text.length}) is shown safely`,
  exec(t, text: string, expected: string) {
    t.is(cleanUntrusted(text), expected)
  },
})

test(becomes, 'op-1700000000000', 'op-1700000000000')
test(becomes, '', '')
test(becomes, 'a\nb\r\u0000c\u001b[31m\u009b', 'abc[31m')
test(becomes, 'a\u202eb\u2066c\u200bd\ufeffe\u2028f', 'abcdef')
test(becomes, 'a\ud800b', 'ab')
test(becomes, '管理员', '管理员')
test(becomes, 'x'.repeat(64), 'x'.repeat(64))
test(becomes, 'x'.repeat(65), `${'x'.repeat(64)}…`)
test(becomes, '😀'.repeat(65), `${'😀'.repeat(64)}…`)
test(becomes, '\u0000'.repeat(1_000_000), '')

test('foreign text is quoted', t => {
  t.is(quoteUntrusted('a\nb'), '"ab"')
})
