import test from 'ava'
import { UnknownCallbacks } from '../../src/serve/unknown-callbacks.ts'
import { post, startWebhooks } from './_http.ts'

test('calls for callbacks that are not known are counted with the nearest', async t => {
  const { url, unknownCallbacks } = await startWebhooks(t)
  await post(`${url}/callbackAfterQuitGroupsCommand`, {})
  for (let call = 0; call < 2; call += 1) await post(`${url}/callbackBeforeAddFriendsCommand`, {})
  await post(`${url}/callbackBeforeAddFriendCommand`, {})
  t.deepEqual(unknownCallbacks.told, {
    names: [
      { name: 'callbackBeforeAddFriendsCommand', count: 2, nearest: 'callbackBeforeAddFriendCommand' },
      { name: 'callbackAfterQuitGroupsCommand', count: 1, nearest: 'callbackAfterQuitGroupCommand' },
    ],
    others: 0,
  })
})

test('names are bounded, and those that are called for most stay', t => {
  const unknown = new UnknownCallbacks()
  for (let at = 0; at < 10_000; at += 1) {
    unknown.unknown({ command: `callback${at}\n${'x'.repeat(100)}`, nearest: 'near' })
    if (at % 20 === 0) unknown.unknown({ command: 'callbackBeforeNewCommand', nearest: 'near' })
  }
  const { names, others } = unknown.told
  t.is(names.length, 50)
  t.deepEqual(names[0], { name: 'callbackBeforeNewCommand', count: 500, nearest: 'near' })
  t.is(others, 10_500 - names.reduce((sum, { count }) => sum + count, 0))
  t.true(names.every(({ name }) => name.length <= 65))
})
