import { readFileSync } from 'node:fs'
import test from 'ava'
import fc from 'fast-check'
import type { Country } from '../../src/text/kinds/country.ts'
import { findKind, type Kind, kindNames, maskKind } from '../../src/text/kinds/find.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { runs } from '../_runs.ts'

/** The kinds that a line of the corpus names, and its text, in which what cannot be seen is escaped. */
function corpus(name: string): { kinds: readonly string[]; text: string }[] {
  const lines = readFileSync(new URL(`./corpus/${name}.tsv`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map(line => {
    const [kinds = '', text = ''] = line.split('\t')
    const seen = text.replaceAll(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return { kinds: kinds === '-' ? [] : kinds.split(' '), text: seen }
  })
}

function found(kind: Kind, text: string): string[] {
  return [...findKind(kind, text)].flatMap(range => (range === undefined ? [] : [text.slice(range.start, range.end)]))
}

/** As the corpus names them: by the first word. */
function kindsIn(text: string): string[] {
  return kindNames.filter(name => found({ name }, text).length > 0).map(name => name.split(' ')[0] as string)
}

/** What is known to be read otherwise, so that a change of it is seen. */
const known: Record<string, readonly string[]> = {
  kinds: [],
  'kinds-later': ['sales@公司.com', '5@10.com.price'],
  'kinds-unseen': ['致电 0571 88123456', 'номер 8-916-123-45-67', '136🌟1234🌟5678', 'PHONE=13512345678'],
}

for (const [name, others] of Object.entries(known)) {
  test(`what is in the texts of ${name} is found, and nothing else`, t => {
    const wrong = corpus(name).filter(({ kinds, text }) => kindsIn(text).join(' ') !== kinds.join(' '))
    t.deepEqual(
      wrong.map(({ text }) => text),
      others,
    )
  })
}

const phones = test.macro({
  exec(t, countries: readonly string[], text: string, number: string | undefined) {
    const kind: Kind = { name: 'phone number', countries: countries as Country[] }
    t.deepEqual(found(kind, text), number === undefined ? [] : [number])
  },
  title: (_, countries: readonly string[], text: string, number) =>
    `of ${countries}: ${number === undefined ? 'none in' : ''} ${text}`,
})

test(phones, ['cn'], 'tel 138 1234 5678', '138 1234 5678')
test(phones, ['us'], 'tel 138 1234 5678', undefined)
test(phones, ['cn'], '+1 415 555 2671', undefined)
test(phones, ['us'], '+1 415 555 2671', '+1 415 555 2671')
test(phones, ['us'], '4155552671', '4155552671')
test(phones, ['fr'], 'appelle 06 12 34 56 78', '06 12 34 56 78')
test(phones, ['de'], '0151 23456789', '0151 23456789')
test(phones, ['de'], '05.11.2023', undefined)
test(phones, ['de'], '2023-11-05', undefined)
test(phones, ['gb'], '07400 123456', '07400 123456')
test(phones, ['gb'], '20231105', undefined)
test(phones, ['ru'], '8 (912) 345-67-89', '8 (912) 345-67-89')
test(phones, ['hk'], '9123 4567', '9123 4567')
test(phones, ['hk'], '20231105', undefined)
test(phones, ['in'], '98765 43210', '98765 43210')
test(phones, ['us', 'ca'], '1699166425', undefined)
test(phones, ['jp'], '090-1234-5678', '090-1234-5678')

test('an email address is found by signs that are spelt out, in letters of other alphabets', t => {
  const addresses = [
    'ann @ example . com',
    'ann at gmail dot com',
    'ann@gmail dot com',
    'ann艾特qq.com',
    'ann＠163点com',
    'ann@ex\u0430mple.com',
    'ann@example.\u0441om',
    'иван@почта.рф',
    'ann@firma . de',
  ]
  for (const text of addresses) t.deepEqual(found({ name: 'email' }, `(${text})`), [text])
  t.deepEqual(found({ name: 'email' }, 'ann@gmail.com . Thanks. So'), ['ann@gmail.com'])
})

test('words and prices beside an @, and places that somebody is at, are no email address', t => {
  const others = [
    'sale @ example.com',
    'lunch @ 12 . ok',
    'I was @ home . So what',
    'I am at home. Com on',
    'we met at google dot com',
    'I have an account at gmail.com',
    'I am ann@work dot the i',
    'в цене@наш.канал',
    '他艾特我3点见',
  ]
  for (const text of others) t.deepEqual(found({ name: 'email' }, text), [], text)
})

const pieces = fc.constantFrom(
  ...['1', '3', '8', '13812345678', '4111', ' ', '-', '.', '+', '(', ')', '@', 'a', 'bob', 'com', '1.2.3.4', ':', '::'],
  ...[
    '٣',
    '三',
    '８',
    '\u200b',
    '\u{1d7d6}',
    '谢',
    '0x',
    'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    ', ',
    'é',
    '\ud83d',
    '⑩',
  ],
)
const mixed = fc.array(pieces, { maxLength: 30 }).map(parts => parts.join(''))
const kinds = fc.oneof(
  fc.constantFrom(...kindNames).map((name): Kind => ({ name })),
  fc.constant<Kind>({ name: 'phone number', countries: ['cn', 'us', 'de'] }),
)

test('what is found is within the text, and is not nothing', t => {
  const property = fc.property(kinds, mixed, (kind, text) =>
    [...findKind(kind, text)].every(
      range => !range || (0 <= range.start && range.start < range.end && range.end <= text.length),
    ),
  )
  t.notThrows(() => fc.assert(property, { numRuns: runs(5_000) }))
})

test('nothing is left of what was masked', t => {
  const property = fc.property(kinds, mixed, (kind, text) => {
    const masked = atOnce(maskKind(kind, text, '*'))
    return found(kind, masked).length === 0 && atOnce(maskKind(kind, masked, '*')) === masked
  })
  t.notThrows(() => fc.assert(property, { numRuns: runs(5_000) }))
})

test('what cannot be seen and what is wide hides nothing', t => {
  const plain = corpus('kinds').filter(({ kinds: [kind], text }) => kind !== undefined && /^[\x20-\x7e]*$/.test(text))
  t.true(plain.length > 50)
  for (const { text } of plain) {
    const wide = text.replaceAll(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    t.deepEqual(kindsIn(wide), kindsIn(text), text)
    t.deepEqual(kindsIn([...text].join('\u200b')), kindsIn(text), text)
  }
})

/** Texts in which much may begin and nothing ends. */
const slow: readonly (readonly [Kind['name'], string])[] = [
  ...['999-999-9999 ', '+1 2 3 4 5 6 7 8 9 0 1', '1 2 3 4 5 6 7 8 9 0 ', '00 ', '(999) 999-9999, '].map(
    piece => ['phone number', piece] as const,
  ),
  ['email', 'a@a.'],
  ['email', '(at)'],
  ['crypto address', 'T123 aBc1 23dE '],
]

test('a long text that takes long is read in small steps', t => {
  for (const [name, piece] of slow) {
    const text = piece.repeat(Math.ceil(65_536 / piece.length))
    const pauses = [...findKind({ name }, text)].length
    t.true(pauses > text.length / 64, `${name} in ${piece}: ${pauses} pauses`)
  }
})
