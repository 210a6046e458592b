import test from 'ava'

test('one that passes beside it', t => t.pass())
test('one that fails', t => t.deepEqual({ now: 1 }, { now: 2 }))
test('one that fails later', async t => {
  await Promise.resolve()
  t.is('a', 'b')
})
