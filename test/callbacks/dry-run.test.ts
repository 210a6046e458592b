import test from 'ava'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { DryRunThread } from '../../src/serve/dry-run-thread.ts'
import { dryRunScript, startAdminOf } from '../serve/_dry-runs.ts'
import { post } from '../serve/_http.ts'
import { requestsOf } from './_requests.ts'
import { strictly } from './_strict.ts'

test('a dry run decides real requests of every callback, and says why', async t => {
  const watch = callbacks.map(({ name, fields: [first] }) => {
    const when = `{ any: [{ ${first?.name}: present }, { ${first?.name}: absent }] }`
    return `  - { rule: ${name.toLowerCase()}, callback: ${name}, when: ${when}, reject: 5001, mode: shadow }`
  })
  const files = [{ file: 'rules.yaml', content: `rules:\n${watch.join('\n')}\n` }]
  const dryRuns = new DryRunThread({
    script: dryRunScript,
    peek: async () => new Map(),
    inForce: () => ({ version: 'v1', paused: [], files }),
  })
  t.teardown(() => dryRuns.close())
  const { url } = await startAdminOf(t, dryRuns)
  for (const callback of callbacks) {
    for (const { body } of requestsOf(callback)) {
      const response = await post(`${url}/dry-run/${callback.name}`, { payload: JSON.parse(body) })
      const answer = (await response.json()) as { decision: object; reply: object; rules: object[] }
      t.is(response.status, 200, callback.name)
      t.deepEqual(answer.decision, { kind: 'allow' })
      t.like(strictly(callback.command, JSON.stringify(answer.reply)), { actionCode: 0, nextCode: 0 })
      t.like(answer.rules, [{ rule: callback.name.toLowerCase(), mode: 'shadow', result: 'matched' }])
    }
  }
})
