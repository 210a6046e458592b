import test from 'ava'
import type { Pause } from '../../src/compile/pause.ts'
import type { Decision } from '../../src/decide/decision.ts'
import { Stopping } from '../../src/serve/stop.ts'
import { allow, assertFailure, command, deferred, plainAllow, post, sample, startWebhooks } from './_http.ts'

/** Decides nothing for as long as it is wanted, asking for pauses. */
function longWork(isWanted: () => boolean): {
  judge: (pause: Pause) => { version: string; decision: Promise<Decision> }
} {
  const work = async (pause: Pause) => {
    while (isWanted()) await pause()
    return allow
  }
  return { judge: pause => ({ version: 'v1', decision: work(pause) }) }
}

test('other requests are answered while a call takes long to decide', async t => {
  const started = deferred<void>()
  let isAsked = false
  const hasRules = () => {
    isAsked = true
    return true
  }
  const { judge } = longWork(() => !isAsked)
  const { url } = await startWebhooks(t, {
    health: { hasRules, stopping: new Stopping() },
    judge: (_call, _at, pause) => {
      started.resolve()
      return judge(pause)
    },
  })
  const deciding = post(`${url}/${command}`, sample)
  await started.promise
  t.is((await fetch(`${url}/readyz`)).status, 200)
  t.is(await (await deciding).text(), plainAllow)
})

for (const phase of ['before', 'after'] as const) {
  test(`work on a call ${phase} the act ends at the deadline, and the log says so once`, async t => {
    const ended = deferred<unknown>()
    const { judge } = longWork(() => true)
    const { url, lines } = await startWebhooks(t, {
      // The call must have begun by then.
      flags: { deadlineMs: '2000' },
      judge: (_call, _at, pause) => {
        const judged = judge(pause)
        judged.decision.catch(ended.resolve)
        return judged
      },
    })
    const asked = phase === 'before' ? command : 'callbackAfterQuitGroupCommand'
    const body = phase === 'before' ? sample : { callbackCommand: asked, groupID: 'g1', userID: 'u1' }
    const answer = await (await post(`${url}/${asked}`, body)).text()
    if (phase === 'after') t.is(answer, plainAllow)
    else assertFailure(t, answer)
    t.like(await ended.promise, { name: 'DeadlineExceeded' })
    await new Promise(setImmediate)
    t.is(lines.length, 1)
    t.like(lines[0], { msg: 'failed', err: { type: 'DeadlineExceeded' } })
  })
}
