import fc from 'fast-check'

/** Texts that could break a line, hide an id, or end a string. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '\n',
    '\r\n',
    '\u2028',
    '\u0000',
    '"},{"kind":"event"',
    'u-1\\u002d1',
    '\\',
    '\\\\u',
    'a/b',
    '\ud800',
    '\ufffd',
    '__proto__',
    'é'.repeat(100_000),
  ),
)

/** Numbers with several spellings. */
const oddNumber = fc.constantFrom(0, 1, 100, 101, 1000, 1_000_000, 1_764_601_200_000, 1_764_601_200_123, -1000)

/** How a body is spelt: each is a valid JSON text of the same object, or of one whose last keys win. */
type Spelling = {
  space: string
  escapes: 'none' | 'unicode' | 'slash'
  extra: 'none' | 'twice' | 'unknown'
  end: string
}

const spelling: fc.Arbitrary<Spelling> = fc.record({
  space: fc.constantFrom('', '', ' ', '\n', '\r\n\t'),
  escapes: fc.constantFrom('none', 'none', 'unicode', 'slash'),
  extra: fc.constantFrom('none', 'none', 'twice', 'unknown'),
  end: fc.constantFrom('', '\n'),
})

/** The text of a body like this one, with odd values, spelt in an odd way. */
export function forgedText(body: Record<string, unknown>): fc.Arbitrary<string> {
  const odd = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, oddValue(key, value)]))
  return fc.tuple(fc.record(odd), spelling).map(([values, how]) => spelt(values, how))
}

function oddValue(key: string, value: unknown): fc.Arbitrary<unknown> {
  if (key === 'callbackCommand' || key === 'contentType') return fc.constant(value)
  if (typeof value === 'string') return fc.oneof(fc.constant(value), oddText, fc.constant(null))
  if (typeof value === 'number') return fc.oneof(fc.constant(value), oddNumber)
  if (Array.isArray(value) && typeof value[0] === 'string') return fc.array(oddText, { maxLength: 4 })
  if (Array.isArray(value) && typeof value[0] === 'object')
    return fc.constant(value.flatMap(item => [item, { ...item, newer: { a: [1, 'x\n'] } }]))
  return fc.constant(value)
}

function spelt(values: Record<string, unknown>, { space, escapes, extra, end }: Spelling): string {
  const literal = (text: string) => {
    const plain = JSON.stringify(text)
    if (escapes === 'slash') return plain.replaceAll('/', '\\/')
    if (escapes === 'none') return plain
    return `"${Array.from({ length: text.length }, (_, at) => escaped(text.charAt(at))).join('')}"`
  }
  const write = (value: unknown): string => {
    if (typeof value === 'string') return literal(value)
    if (value === 1000 && space === '') return '1e3'
    return JSON.stringify(value)
  }
  const pairs = Object.entries(values).map(([key, value]) => `"${key}"${space}:${write(value)}`)
  if (extra === 'twice') pairs.unshift(...pairs.map(pair => pair.replace(/:.*/s, ':null')))
  if (extra === 'unknown') pairs.push('"secretOfANewerServer":"x"', '"__proto__":{"a":1}')
  return `{${pairs.join(`${space},${space}`)}}${end}`
}

function escaped(unit: string): string {
  if (!/[a-z-]/.test(unit)) return JSON.stringify(unit).slice(1, -1)
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
