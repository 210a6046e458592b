import test from 'ava'
import { pino } from 'pino'
import { compile } from '../../src/compile/compile.ts'
import { report } from '../../src/protocol/report.ts'
import { buildAdminApp } from '../../src/serve/admin.ts'
import { Stopping } from '../../src/serve/stop.ts'
import { UnknownCallbacks } from '../../src/serve/unknown-callbacks.ts'
import { rules } from '../_rules.ts'
import { collect, configOf, post, startApp } from './_http.ts'

test('a dry run takes a payload as a person writes it, and tells keys that no rule sees', async t => {
  const ruleSet = rules('rules: [{ rule: r, when: { roleLevel: admin }, reject: 5001 }]\n')
  const show = () => []
  const app = buildAdminApp({
    status: {
      rules: { current: ruleSet, since: null, lastReload: null },
      show,
      unknownCallbacks: new UnknownCallbacks(),
      config: configOf(),
      uptimeMs: () => 0,
    },
    dryRun: { current: () => ruleSet, compile, report, show },
    health: { hasRules: () => true, stopping: new Stopping() },
    log: pino({ base: null }, collect([])),
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
