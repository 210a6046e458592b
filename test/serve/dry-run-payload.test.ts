import test from 'ava'
import { buildAdminApp } from '../../src/serve/admin.ts'
import { DryRunThread } from '../../src/serve/dry-run-thread.ts'
import { Stopping } from '../../src/serve/stop.ts'
import { UnknownCallbacks } from '../../src/serve/unknown-callbacks.ts'
import { uncounted, unrecorded } from './_counts.ts'
import { dryRunScript } from './_dry-runs.ts'
import { configOf, loggingTo, post, startApp } from './_http.ts'
import { unpaused } from './_pauses.ts'

test('a dry run takes a payload as a person writes it, and reports keys that no rule sees', async t => {
  const content = 'callback: beforeSetGroupMemberInfo\nrules: [{ rule: r, when: { roleLevel: admin }, reject: 5001 }]\n'
  const inForce = () => ({ version: 'v1', paused: [], files: [{ file: 'a.yaml', content }] })
  const dryRuns = new DryRunThread({ script: dryRunScript, peek: async () => new Map(), inForce })
  t.teardown(() => dryRuns.close())
  const show = () => []
  const app = buildAdminApp({
    status: {
      counts: uncounted,
      record: unrecorded,
      pauses: unpaused.pauses,
      rules: { current: null, since: null, lastReload: null },
      show,
      unknownCallbacks: new UnknownCallbacks(),
      config: configOf(),
      uptimeMs: () => 0,
    },
    dryRuns,
    pauses: unpaused,
    health: { hasRules: () => true, stopping: new Stopping() },
    observer: loggingTo([]),
  })
  const { url } = await startApp(t, app)
  const ask = (payload: object) => post(`${url}/dry-run/beforeSetGroupMemberInfo`, { payload })
  const answer = (await (await ask({ roleLevel: 'admin', nickname: 'x' })).json()) as object
  t.like(answer, { decision: { kind: 'reject' }, unknownKeys: [{ key: 'nickname', meant: 'nickName' }] })
  t.false('unknownKeys' in ((await (await ask({ roleLevel: 20 })).json()) as object))
  const wrong = await ask({ roleLevel: 'boss' })
  t.is(wrong.status, 400)
  t.regex(await wrong.text(), /roleLevel.*member, admin, owner/)
})
