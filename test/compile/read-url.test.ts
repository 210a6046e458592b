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

const isEvil = test.macro<[string, string, string?]>({
  exec: (t, _, address, host = 'evil.example') => {
    t.is(readUrl(address)?.hostname, host)
  },
  title: (_, what = '') => `a host is known however long ${what}`,
})

const many = 100_000

test(isEvil, 'the name of who logs in is', `https://${'a'.repeat(many)}@evil.example/`)
test(isEvil, 'the list of who logs in is', `https://${'a:@'.repeat(many)}evil.example/`)
test(isEvil, 'its port is written', `https://evil.example:${'0'.repeat(many)}443/`)
test(isEvil, 'a run of hyphens that are not seen is', `https://ev${'\u00ad'.repeat(many)}il.example/`)
test(isEvil, 'a run of escaped ones is', `https://evil${'%C2%AD'.repeat(many)}.example/`)
test(isEvil, 'its joiners are', `https://ev${'\u2060'.repeat(many)}il.example/`)
test(isEvil, 'its zeros are', `https://0x${'0'.repeat(many)}7f.0.0.${'0'.repeat(many)}1/`, '127.0.0.1')

test(isNone, `http://me@a${accents}:80/`)
test(isNone, `http://a${'%CC%95%CC%80'.repeat(5_000)}/`)

test('all that the parser drops from a host, whatever its length, is dropped before it is measured', t => {
  const all = Array.from({ length: 0x11_0000 }, (_, point) => String.fromCodePoint(point))
  const isDropped = (char: string) => readUrl(`http://ev${char}il.example/`)?.hostname === 'evil.example'
  const ignorable = all.filter(char => /^\p{Default_Ignorable_Code_Point}$/u.test(char) && isDropped(char))
  t.is(readUrl(`http://ev${ignorable.join('').repeat(20)}il.example/`)?.hostname, 'evil.example')
})

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
