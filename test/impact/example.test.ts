import test from 'ava'
import { plainOutcome } from '../../src/decide/replied.ts'
import { exampleOf } from '../../src/impact/example.ts'

function kept(call: Record<string, string | number>): unknown {
  const record = { id: 'r1', at: 0, callback: 'beforeSendGroupMsg', users: ['u'], groups: [] }
  return exampleOf({ record, call, before: plainOutcome, after: plainOutcome, found: undefined }).call
}

test('of a message that is too long an example keeps the start of its text, which can be read', t => {
  const text = `"${'long '.repeat(300)}`
  const content = JSON.stringify({ content: text, more: 'x'.repeat(900) })
  t.deepEqual(kept({ contentType: 101, content }), {
    contentType: 101,
    content: JSON.stringify({ content: `${text.slice(0, 500)}…` }),
  })
})

test('a message that is short enough is kept as it is, and one without a text is cut', t => {
  const content = JSON.stringify({ content: 'hi' })
  t.deepEqual(kept({ contentType: 101, content }), { contentType: 101, content })
  const picture = JSON.stringify({ sourcePath: 'x'.repeat(900) })
  t.deepEqual(kept({ contentType: 102, content: picture }), { contentType: 102, content: `${picture.slice(0, 500)}…` })
})
