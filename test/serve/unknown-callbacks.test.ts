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

test('names that found no room are counted together, those that are known go on', t => {
  const unknown = new UnknownCallbacks()
  for (let at = 0; at < 60; at += 1) unknown.add(`callback${at}\n`, 'near')
  unknown.add('callback0', 'near')
  const { names, others } = unknown.told
  t.is(names.length, 50)
  t.is(others, 10)
  t.deepEqual(names[0], { name: 'callback0', count: 2, nearest: 'near' })
})
