import test from 'ava'
import { connectionsFor } from '../../src/serve/descriptors.ts'

test('with no known limit, or a high one, there is the usual room', t => {
  t.deepEqual(connectionsFor(null), { webhooks: 4096, admin: 64 })
  t.deepEqual(connectionsFor(1_048_576), { webhooks: 4096, admin: 64 })
})

for (const openFiles of [160, 256, 1024, 4096]) {
  test(`connections leave descriptors for reloads where ${openFiles} files may be open`, t => {
    const { webhooks, admin } = connectionsFor(openFiles)
    t.true(webhooks + admin <= openFiles - 40, `${webhooks} and ${admin}`)
    t.true(webhooks > admin && admin >= 4, `${webhooks} and ${admin}`)
  })
}

test('there is some room however low the limit is', t => {
  t.deepEqual(connectionsFor(0), { webhooks: 14, admin: 2 })
})
