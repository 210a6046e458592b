import test, { type ExecutionContext } from 'ava'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { DryRunThread } from '../../src/serve/dry-run-thread.ts'
import { ruleSetOf } from '../_rules.ts'
import { dryRunScript, startAdminOf } from './_dry-runs.ts'
import { post } from './_http.ts'

const content = `callback: beforeSendGroupMsg
rules:
  - rule: flood
    when: { msgFrom: user, how often: { same: sendID, in: 10 seconds, more than: 2 } }
    reject: { code: 5301, message: "wait {wait}" }
`

const payload = { sendID: 'u-1', groupID: 'g', msgFrom: 100 }

async function serviceWith(t: ExecutionContext, store: MemoryCounts): Promise<(body: object) => Promise<Response>> {
  const dryRuns = new DryRunThread({
    script: dryRunScript,
    peek: questions => store.peek({ ref: 0, at: 5_000 }, questions),
    inForce: () => ({ version: 'v1', paused: [], files: [{ file: 'a.yaml', content }] }),
  })
  t.teardown(() => dryRuns.close())
  const { url } = await startAdminOf(t, dryRuns)
  return body => post(`${url}/dry-run/beforeSendGroupMsg`, body)
}

const answered = async (response: Promise<Response>) => (await (await response).json()) as Record<string, unknown>

test('a dry run counts as if nothing came before, or after the calls that it names', async t => {
  const ask = await serviceWith(t, new MemoryCounts({ secret: 'x' }))
  t.like(await answered(ask({ payload })), { decision: { kind: 'allow' } })
  const after = [{ ago: '9 seconds', times: 2 }]
  t.like(await answered(ask({ payload, after })), { decision: { kind: 'reject' }, reply: { errMsg: 'wait 1' } })
  t.like(await answered(ask({ payload, after: [{ ago: '10 seconds', times: 2 }] })), { decision: { kind: 'allow' } })
  const wrong = await ask({ payload, after: [{ ago: '9s' }] })
  t.is(wrong.status, 400)
  t.regex(await wrong.text(), /Write 9 seconds/)
})

test('with live counts it reads what was counted, and counts nothing', async t => {
  const store = new MemoryCounts({ secret: 'x', since: Number.NEGATIVE_INFINITY })
  const { counters } = ruleSetOf({ 'a.yaml': content })
  store.use([...counters.values()], 0)
  const ask = await serviceWith(t, store)
  t.like(await answered(ask({ payload, counts: 'live' })), { decision: { kind: 'allow' } })
  const [counter = ''] = counters.keys()
  const place = { counter, key: JSON.stringify('u-1') }
  for (const ref of [1, 2]) {
    const call = { ref, at: 1_000 }
    store.take(call, [place])
    store.settle(call, { kept: [place], holds: [] })
  }
  for (const _ of [1, 2, 3]) t.like(await answered(ask({ payload, counts: 'live' })), { decision: { kind: 'reject' } })
  t.is((await ask({ payload, counts: 'live', at: '2026-03-01T22:30:00Z' })).status, 400)
  t.is((await ask({ payload, counts: 'yes' })).status, 400)
})
