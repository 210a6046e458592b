import { readFileSync } from 'node:fs'
import test from 'ava'
import fc from 'fast-check'
import { graphemeStarts } from '../../src/text/graphemes.ts'
import { findLinks } from '../../src/text/links/find-links.ts'
import { maskLinks } from '../../src/text/links/mask-links.ts'

type Corpus = { links: [text: string, host: string | null, how: string][]; innocents: [text: string, what: string][] }

const corpus = JSON.parse(readFileSync(new URL('corpus/links.json', import.meta.url), 'utf8')) as Corpus

type Later = { links: [text: string, host: string][]; innocents: string[] }

const later = JSON.parse(readFileSync(new URL('corpus/links-later.json', import.meta.url), 'utf8')) as Later

test('links that were collected later are found', t => {
  const wrong = later.links.filter(([text, host]) => !findLinks(text).some(link => link.host === host))
  t.deepEqual(wrong, [])
})

test('what was collected later and only looks like a link is none', t => {
  t.deepEqual(
    later.innocents.filter(text => findLinks(text).length > 0),
    [],
  )
})

const idn = JSON.parse(readFileSync(new URL('corpus/links-idn.json', import.meta.url), 'utf8')) as Later

test('links in other scripts are found without a scheme', t => {
  const isFound = ([text, host]: [string, string]) =>
    findLinks(text).some(link => link.host === new URL(`https://${host}`).host)
  t.deepEqual(
    idn.links.filter(link => !isFound(link)),
    [],
  )
})

test('sentences and files in other scripts are no links', t => {
  t.deepEqual(
    idn.innocents.filter(text => findLinks(text).length > 0),
    [],
  )
})

test('links are found wherever they hide', t => {
  const wrong = corpus.links.filter(([text, host]) => !findLinks(text).some(link => link.host === (host ?? '')))
  t.deepEqual(wrong, [])
})

test('what only looks like a link is none', t => {
  const wrong = corpus.innocents.filter(([text]) => findLinks(text).length > 0)
  t.deepEqual(wrong, [])
})

const reads = test.macro((t, text: string, ...urls: string[]) => {
  t.deepEqual(
    findLinks(text).map(({ url }) => url),
    urls,
  )
})

test('an address is as a browser opens it', reads, 'HTTPS://Example.COM:443/A?b#c', 'https://example.com/A?b#c')
test('a lone slash is not of it', reads, 'https://example.com/', 'https://example.com')
test('a scheme that is missing is https', reads, 'spam.com/a', 'https://spam.com/a')
test('hidden schemes are read', reads, 'hxxp://spam[.]com', 'http://spam.com')
test('each link of a text is found', reads, 'a.com, b.org and c.net', 'https://a.com', 'https://b.org', 'https://c.net')
test('links apart by dots are two', reads, 'spam.com...evil.com', 'https://spam.com', 'https://evil.com')
test('a link in a link is of it', reads, 'https://a.com/?u=https://b.com', 'https://a.com/?u=https://b.com')
test('signs of a sentence are not of it', reads, '(see https://a.com/x_(y).)', 'https://a.com/x_(y)')
test('Chinese ends it', reads, '看https://a.com/x吧', 'https://a.com/x')
test('whatever leads elsewhere is an address', reads, 'tg://join?invite=x', 'tg://join?invite=x')
test('what cannot be read stays as typed', reads, 'https://1.2.3.999/a', 'https://1.2.3.999/a')
test('a user is in front of the host', reads, 'https://a.com@b.com/x', 'https://a.com@b.com/x')
test('letters that pass for Latin ones stay in a name', reads, 'spаm.com', 'https://xn--spm-7cd.com')
test('an end that only looks like one is read', reads, 'spаm.сom', 'https://spam.com')

test('a Markdown link shows its host or another', t => {
  const seen = (text: string) => findLinks(text).map(({ host, shownHost, isLabel }) => [host, shownHost ?? isLabel])
  t.deepEqual(seen('[bank.com](https://spam.com)'), [
    ['bank.com', undefined],
    ['spam.com', 'bank.com'],
  ])
  t.deepEqual(seen('[example.com](https://www.example.com/a)'), [
    ['example.com', true],
    ['www.example.com', undefined],
  ])
  t.deepEqual(seen('[example.com] (https://spam.com)').at(1), ['spam.com', undefined])
})

test('a link stands where it was typed', t => {
  const typed = (text: string) => findLinks(text).map(({ start, end }) => text.slice(start, end))
  t.deepEqual(typed('看ｓｐａｍ。ｃｏｍ吧'), ['ｓｐａｍ。ｃｏｍ'])
  t.deepEqual(typed('go to spam [dot] com/x now'), ['spam [dot] com/x'])
  t.deepEqual(typed('at sp\u200bam.com\u200b!'), ['sp\u200bam.com'])
  t.deepEqual(typed('c h e a p . c o m'), ['c h e a p . c o m'])
})

const masks = test.macro((t, text: string, expected: string) => t.is(maskLinks(text), expected))

test('links are masked, and nothing else', masks, 'see https://a.com/x, ok?', 'see ***************, ok?')
test('a link is masked as it was typed', masks, '看 ab [.] com 吧', '看 ********** 吧')
test('a text without links stays', masks, 'ASP.NET 3.14', 'ASP.NET 3.14')

/** Pieces of addresses and of what hides them, in any order. */
const piece = fc.constantFrom(
  ...[
    'a',
    'spam',
    '.',
    'com',
    'in',
    'md',
    '://',
    'http',
    ':',
    '/',
    '@',
    '[',
    ']',
    '(',
    ')',
    '](',
    ' ',
    '\n',
    '*',
    '-',
    '_',
  ],
  ...[
    '。',
    '．',
    ' dot ',
    '[.]',
    '点',
    ' . ',
    'ｃｏｍ',
    'с',
    'о',
    '漢',
    '中国',
    '\u200b',
    '%3A%2F%2F',
    '&#46;',
    '\\',
    '1',
    '::1',
  ],
  ...['😀', 'e\u0301', '\ud800', '\ue000', '\ue001', '#', '?', "'", '"', 'www.', 'xn--', 't.me/x'],
)
const tricky = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join('')),
  fc.string({ unit: 'binary' }),
)

test('links are in order and inside the text', t => {
  fc.assert(
    fc.property(tricky, text => {
      let last = 0
      for (const { start, end } of findLinks(text)) {
        t.true(start >= last && end > start && end <= text.length)
        last = end
      }
    }),
    { numRuns: 2000 },
  )
  t.pass()
})

test('masking leaves no link and all else as it is', t => {
  fc.assert(
    fc.property(tricky, text => {
      const masked = maskLinks(text, '#')
      if (masked === '#'.repeat([...graphemeStarts(text)].length)) return
      t.is(maskLinks(masked, '#'), masked)
      t.is(findLinks(masked).length, 0)
      t.true(isMasked(masked, text))
    }),
    { numRuns: 2000 },
  )
  t.pass()
})

/** Whether a text is another one with a sign in the place of some of its graphemes. */
function isMasked(masked: string, text: string): boolean {
  const starts = [...graphemeStarts(text), text.length]
  let at = 0
  for (const [number, start] of starts.slice(0, -1).entries()) {
    const given = text.slice(start, starts[number + 1])
    if (masked.startsWith(given, at)) at += given.length
    else if (masked[at] === '#') at += 1
    else return false
  }
  return at === masked.length
}

test('work grows with the length alone', t => {
  const hard = [
    'a',
    'a.',
    'com.',
    'a.in ',
    'http',
    'https://',
    'a@b.com/',
    'a.com@b.com/',
    ' dot ',
    '点',
    '[a](',
    '-',
    ')',
    '1.',
  ]
  for (const part of [
    ...hard,
    'a b . ',
    '\u200b',
    'e\u0301',
    ':/',
    '://[',
    'ｈｔｔｐ：／／',
    'a.com)))',
    'аррӏе.сом ',
    '例え.jp',
    '漢',
    '漢.',
    'a.漢',
    '漢字.com/漢 ',
    '*a.',
    '_',
  ]) {
    const ms = [16_384, 65_536].map(size => msOf(part.repeat(size / part.length)))
    t.true((ms[1] as number) < 40 * ((ms[0] as number) + 5), `${part}: ${ms.join(', ')} ms`)
  }
})

/** The least of a few rounds. */
function msOf(text: string): number {
  const rounds = [1, 2, 3].map(round => {
    const other = `${text} ${round}`
    const start = performance.now()
    findLinks(other)
    return performance.now() - start
  })
  return Math.min(...rounds)
}
