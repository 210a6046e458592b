import test from 'ava'
import { readUrl } from '../../src/compile/read-url.ts'

const accents = '\u0315\u0300'.repeat(400_000)

const isNone = test.macro<[string]>({
  exec: (t, address) => {
    t.is(readUrl(address), null)
  },
  title: (_, address = '') =>
    `${JSON.stringify(address.slice(0, 12))} and 800,000 accents is soon known to be no address`,
})

test(isNone, `http://a${accents}/`)
test(isNone, `\tHT\ntps:a${accents}`)
test(isNone, `ws:\\\\a${accents}\\x`)

test('a long path, query or text of another scheme is none of the host', t => {
  const long = 'x'.repeat(100_000)
  t.is(readUrl(`https://example.com/${accents}?${long}`)?.hostname, 'example.com')
  t.is(readUrl(`data:text/plain,${long}`)?.protocol, 'data:')
  t.is(readUrl(`//${long}`), null)
})

test('the longest name may be written with escapes', t => {
  const name = Array.from({ length: 50 }, () => '%F0%9F%98%80%F0%9F%98%80').join('.')
  t.regex(readUrl(`http://${name}/`)?.hostname ?? '', /^xn--/)
})
