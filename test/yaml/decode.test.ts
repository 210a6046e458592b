import test from 'ava'
import { decode, maxFileBytes } from '../../src/yaml/decode.ts'

function bytes(...parts: (string | number[])[]): Uint8Array {
  const encoder = new TextEncoder()
  return Uint8Array.from(parts.flatMap(part => (typeof part === 'string' ? [...encoder.encode(part)] : part)))
}

test('bytes in UTF-8 become text', t => {
  const { source, diagnostics } = decode({ file: 'a.yaml', content: bytes('链接: "😀"\r\n') })
  t.deepEqual(source, { file: 'a.yaml', text: '链接: "😀"\r\n' })
  t.deepEqual(diagnostics, [])
})

test('a BOM is no part of the text', t => {
  t.is(decode({ file: 'a.yaml', content: bytes([0xef, 0xbb, 0xbf], 'a: 1') }).source.text, 'a: 1')
  t.is(decode({ file: 'a.yaml', content: '\u{feff}a: 1' }).source.text, 'a: 1')
})

test('an empty file is an empty text', t => {
  t.deepEqual(decode({ file: 'a.yaml', content: new Uint8Array() }), {
    source: { file: 'a.yaml', text: '' },
    diagnostics: [],
  })
})

const notUtf8 = test.macro<[Uint8Array, { start: number; line: number }]>((t, content, { start, line }) => {
  const { source, diagnostics } = decode({ file: 'a.yaml', content })
  t.is(diagnostics.length, 1)
  const [diagnostic] = diagnostics
  t.is(diagnostic?.code, 'not-utf8')
  t.is(diagnostic?.severity, 'error')
  t.deepEqual(diagnostic?.span, { file: 'a.yaml', start, end: start + 1 })
  t.true(diagnostic?.message.startsWith(`Line ${line} `), diagnostic?.message)
  t.regex(diagnostic?.hint ?? '', /Save the file as UTF-8/)
  t.is(source.text.charAt(start), '\u{fffd}')
})

// "链接" in GBK.
const gbk = [0xc1, 0xb4, 0xbd, 0xd3]

test('GBK is pointed at where it begins', notUtf8, bytes('a: 1\nb: ', gbk, '\n'), { start: 8, line: 2 })
test('a wrong byte at the beginning', notUtf8, bytes([0x80], 'a'), { start: 0, line: 1 })
test('characters before the wrong byte count in UTF-16 units', notUtf8, bytes('😀链', [0xff], '链'), {
  start: 3,
  line: 1,
})
test('a character cut short in the middle', notUtf8, bytes('a\n\n', [0xe9, 0x93], 'b'), { start: 3, line: 3 })
test('a character cut short at the end', notUtf8, bytes('ab', [0xf0, 0x9f, 0x98]), { start: 2, line: 1 })
test('a surrogate written as three bytes', notUtf8, bytes('ab', [0xed, 0xa0, 0x80]), { start: 2, line: 1 })
test('a replacement character in the text is no mistake', t => {
  t.deepEqual(decode({ file: 'a.yaml', content: bytes('a: \u{fffd}') }).diagnostics, [])
})

test('UTF-16 is recognised by its BOM', t => {
  for (const content of [bytes([0xff, 0xfe, 0x61, 0, 0x3a, 0]), bytes([0xfe, 0xff, 0, 0x61, 0, 0x3a])]) {
    const { source, diagnostics } = decode({ file: 'a.yaml', content })
    t.is(source.text, 'a:')
    t.deepEqual(
      diagnostics.map(({ code, span }) => [code, span.start]),
      [['not-utf8', 0]],
    )
    t.regex(diagnostics[0]?.message ?? '', /UTF-16/)
  }
})

test('a file over the limit is refused unread', t => {
  const { source, diagnostics } = decode({ file: 'a.txt', content: new Uint8Array(maxFileBytes + 1) })
  t.is(source.text, '')
  t.deepEqual(
    diagnostics.map(({ code }) => code),
    ['too-large'],
  )
  t.deepEqual(decode({ file: 'a.txt', content: 'a'.repeat(maxFileBytes) }).diagnostics, [])
})
