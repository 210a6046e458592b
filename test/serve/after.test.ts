import test from 'ava'
import type { Decision } from '../../src/decide/decision.ts'
import { allow, deferred, plainAllow, post, startWebhooks } from './_http.ts'

const body = { callbackCommand: 'callbackAfterQuitGroupCommand', groupID: 'g1', userID: 'u1' }

test('a call about a past event is answered before the rules run', async t => {
  const { promise, resolve } = deferred<Decision>()
  const seen = deferred<void>()
  const judge = () => {
    seen.resolve()
    return { version: 'v1', decision: promise }
  }
  const { url, lines } = await startWebhooks(t, { judge })
  const response = await post(`${url}/${body.callbackCommand}`, body)
  t.is(await response.text(), plainAllow)
  await seen.promise
  t.deepEqual(lines, [])
  const matches = [{ rule: 'watch', stage: 'reject', mode: 'shadow', exempted: false }] as const
  resolve({ ...allow, matches })
  await promise
  await new Promise(setImmediate)
  t.like(lines[0], { callback: 'afterQuitGroup', decision: 'allow', shadow: ['watch'] })
})

test('a rule that fails afterwards is logged, and the answer stays', async t => {
  const failed = deferred<Decision>()
  const { url, lines } = await startWebhooks(t, { judge: () => ({ version: 'v1', decision: failed.promise }) })
  const response = await post(`${url}/${body.callbackCommand}`, body)
  t.is(await response.text(), plainAllow)
  failed.reject(new Error('a look-up'))
  await t.throwsAsync(failed.promise)
  await new Promise(setImmediate)
  t.like(lines[0], { late: true, callback: 'afterQuitGroup' })
})

test('a malformed call about a past event is allowed by any policy', async t => {
  const { url, lines } = await startWebhooks(t)
  const response = await post(`${url}/${body.callbackCommand}`, { ...body, userID: 5 })
  t.is(response.status, 400)
  t.is(await response.text(), plainAllow)
  t.like(lines[0], {
    callback: 'afterQuitGroup',
    decision: 'allow',
    problem: '"userID" must be text, not the number 5',
  })
})
