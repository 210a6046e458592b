import test from 'ava'
import { DryRunThread } from '../../src/serve/dry-run-thread.ts'
import { dryRunScript, startAdminOf } from './_dry-runs.ts'
import { post } from './_http.ts'

test('a dry run takes a payload as a person writes it, and reports keys that no rule sees', async t => {
  const content = 'callback: beforeSetGroupMemberInfo\nrules: [{ rule: r, when: { roleLevel: admin }, reject: 5001 }]\n'
  const inForce = () => ({ version: 'v1', paused: [], files: [{ file: 'a.yaml', content }] })
  const dryRuns = new DryRunThread({ script: dryRunScript, peek: async () => new Map(), inForce })
  t.teardown(() => dryRuns.close())
  const { url } = await startAdminOf(t, dryRuns)
  const ask = (payload: object) => post(`${url}/dry-run/beforeSetGroupMemberInfo`, { payload })
  const answer = (await (await ask({ roleLevel: 'admin', nickname: 'x' })).json()) as object
  t.like(answer, { decision: { kind: 'reject' }, unknownKeys: [{ key: 'nickname', meant: 'nickName' }] })
  t.false('unknownKeys' in ((await (await ask({ roleLevel: 20 })).json()) as object))
  const wrong = await ask({ roleLevel: 'boss' })
  t.is(wrong.status, 400)
  t.regex(await wrong.text(), /roleLevel.*member, admin, owner/)
})
