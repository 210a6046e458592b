import test from 'ava'
import { jsonWithin } from '../../src/serve/json-within.ts'

const values = [
  '',
  'text',
  '\u0001\u0002',
  '名前',
  0,
  -1.5,
  true,
  null,
  [],
  [[], {}],
  {},
  { a: [1, 'b', { c: undefined }] },
]

for (const value of values) {
  const json = JSON.stringify(value)
  const bytes = Buffer.byteLength(json)

  test(`${json} is written where its ${bytes} bytes fit, and nowhere else`, t => {
    t.is(new TextDecoder().decode(jsonWithin(value, bytes) ?? undefined), json)
    t.is(jsonWithin(value, bytes - 1), null)
  })
}

test('a long text that occurs a million times is never serialised', t => {
  const text = 'x'.repeat(1_000_000)
  t.is(jsonWithin({ all: Array.from({ length: 1_000_000 }, () => text) }, 16_000_000), null)
})
