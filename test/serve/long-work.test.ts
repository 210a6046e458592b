import { stat } from 'node:fs'
import test from 'ava'
import type { Pause } from '../../src/compile/pause.ts'
import { decide } from '../../src/decide/decide.ts'
import type { Decision } from '../../src/decide/decision.ts'
import { Stopping } from '../../src/serve/stop.ts'
import { rules } from '../_rules.ts'
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
    judge: ({ pause }) => {
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
      judge: ({ pause }) => {
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

test('a pattern that takes long is given up at the deadline', async t => {
  const ruleSet = rules(`rules: [{ rule: r, when: { nickName: { matches: 'a[ab]{999}[c-e]$' } }, reject: 5001 }]`)
  const { url, lines } = await startWebhooks(t, {
    flags: { deadlineMs: '1' },
    judge: ({ call, at, pause }) => ({ version: 'v1', decision: decide(ruleSet, call, at, { pause }) }),
  })
  // Letters without a period: with one, the states that they lead to would soon be known.
  const nickName = Array.from({ length: 60_000 }, (_, at) => (((at * at * 7919) % 104_729) & 1 ? 'a' : 'b')).join('')
  const response = await post(`${url}/${command}`, { ...sample, nickName })
  t.is(response.status, 503)
  assertFailure(t, await response.text())
  t.is(lines.length, 1)
  t.like(lines[0], { msg: 'failed', err: { type: 'DeadlineExceeded' } })
})

for (const asked of [command, 'callbackAfterQuitGroupCommand']) {
  test.serial(`a deadline that work on ${asked} meets in a pause is the same as one that the timer meets`, async t => {
    const ended = deferred<unknown>()
    let isJudged = false
    const { url, lines } = await startWebhooks(t, {
      flags: { deadlineMs: '1000' },
      judge: ({ pause }) => {
        isJudged = true
        const decision = stallThenPause(pause)
        decision.catch(ended.resolve)
        return { version: 'v1', decision }
      },
    })
    const body = asked === command ? sample : { callbackCommand: asked, groupID: 'g1', userID: 'u1' }
    const response = await post(`${url}/${asked}`, body)
    // On a busy machine the timer may have met the deadline of the first before there was anything to judge.
    if (isJudged || asked !== command) await ended.promise
    await new Promise(setImmediate)
    t.is(response.status, asked === command ? 503 : 200)
    t.is(lines.length, 1)
    const err = { type: 'DeadlineExceeded', message: 'No decision within 1000 ms' }
    t.like(lines[0], { msg: 'failed', level: 50, status: 503, err })
  })
}

/** Work that holds everything up past the deadline, then pauses where timers have no chance: pauses end before them. */
async function stallThenPause(pause: Pause): Promise<Decision> {
  // What comes from the disk comes after the timers of a turn and before its end.
  await new Promise(resolve => stat('.', resolve))
  const untilMs = performance.now() + 1020
  while (performance.now() < untilMs);
  await pause()
  return allow
}
