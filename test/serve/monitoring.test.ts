import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import test, { type ExecutionContext } from 'ava'
import { parse, stringify } from 'yaml'
import { decided, metricsOf } from './_metrics.ts'

const dir = 'src/serve/monitoring'
const hasPromtool = spawnSync('promtool', ['--version']).status === 0

type Alert = {
  alert: string
  expr: string
  for: string
  labels: object
  annotations: { summary: string; runbook: string }
}

async function alertsOf(): Promise<readonly Alert[]> {
  return parse(await readFile(`${dir}/alerts.yml`, 'utf8')).groups.flatMap(({ rules }: { rules: Alert[] }) => rules)
}

/** The names and labels that are exported. */
async function exported(): Promise<string> {
  const metrics = metricsOf()
  const { decided: tell, failed, noRoom, connections } = metrics.observer
  tell?.(decided([{}]))
  connections?.('webhooks', 1)
  noRoom?.('webhooks', 'closed')
  const failure = { requestId: 'r', peer: undefined, operationId: '', callback: undefined, problem: '', isLate: false }
  failed?.({ ...failure, listener: 'webhooks', status: 503, answer: undefined, tookMs: 1 })
  const { body } = await metrics.text()
  metrics.close()
  return body
}

const files = ['alerts.yml', 'RUNBOOK.md', 'dashboard.json']

for (const file of files) {
  test(`${file} names only metrics that are exported`, async t => {
    const text = await readFile(`${dir}/${file}`, 'utf8')
    const body = await exported()
    const names = new Set(text.match(/hookwarden_[a-z0-9_]+/g))
    t.true(names.size > 0)
    for (const name of names) t.regex(body, new RegExp(`^${name}[{ ]`, 'm'), name)
  })
}

test('each alert has a section of the runbook: its meaning, where to look, what to do, and how to undo that', async t => {
  const runbook = await readFile(`${dir}/RUNBOOK.md`, 'utf8')
  const sections = new Map(
    runbook
      .split('\n## ')
      .slice(1)
      .map(text => [text.slice(0, text.indexOf('\n')), text]),
  )
  const alerts = await alertsOf()
  t.deepEqual(
    [...sections.keys()],
    alerts.map(({ alert }) => alert),
  )
  for (const { alert, annotations } of alerts) {
    t.is(annotations.runbook, `RUNBOOK.md#${alert.toLowerCase()}`)
    for (const part of ['Meaning', 'Look at', 'Do', 'Undo'])
      t.true(sections.get(alert)?.includes(`- **${part}:**`), alert)
  }
})

/** A case of `promtool test rules`: what is scraped at each interval, and which alerts stand at a time. */
type Case = { series: Record<string, string>; at: string; fires: readonly string[]; interval?: string }

const alerting = test.macro({
  exec: async (t: ExecutionContext, name: string, cases: readonly Case[]) => {
    if (!hasPromtool) {
      t.log('skipped: no promtool here (Debian: prometheus)')
      return t.pass()
    }
    const { annotations, labels } = (await alertsOf()).find(({ alert }) => alert === name) as Alert
    t.truthy(annotations)
    t.truthy(labels)
    const folder = await mkdtemp(join(tmpdir(), 'hookwarden-'))
    t.teardown(() => rm(folder, { recursive: true }))
    for (const [number, { series, at, fires, interval = '1m' }] of cases.entries()) {
      const query = `count(ALERTS{alertname="${name}",alertstate="firing"}) or vector(0)`
      const tests = {
        rule_files: [resolve(dir, 'alerts.yml')],
        evaluation_interval: interval,
        tests: [
          {
            interval,
            input_series: Object.entries(series).map(([each, values]) => ({ series: each, values })),
            promql_expr_test: [{ expr: query, eval_time: at, exp_samples: [{ labels: '{}', value: fires.length }] }],
          },
        ],
      }
      const file = join(folder, `${number}.yml`)
      await writeFile(file, stringify(tests))
      await t.notThrowsAsync(promisify(execFile)('promtool', ['test', 'rules', file]), `case ${number}`)
    }
  },
  title: (_, name) => `${name} fires when it should, and not otherwise`,
})

const matches = (mode = 'enforce') => `hookwarden_rule_matches_total{rule="a",mode="${mode}"}`

test(alerting, 'HookwardenDown', [
  { series: { 'up{job="hookwarden",instance="one"}': '1 0x5' }, at: '4m', fires: ['one'] },
  { series: { 'up{job="hookwarden",instance="one"}': '1x5', 'up{job="other"}': '0x5' }, at: '4m', fires: [] },
])
test(alerting, 'HookwardenReloadFailed', [
  { series: { 'hookwarden_rules_last_reload_successful{instance="one"}': '1 0x5' }, at: '4m', fires: ['one'] },
  { series: { 'hookwarden_rules_last_reload_successful{instance="one"}': '0 1x5' }, at: '4m', fires: [] },
])
test(alerting, 'HookwardenVersionsDiffer', [
  {
    series: { 'hookwarden_rules_info{version="a",instance="one"}': '1x9', 'hookwarden_rules_info{version="b"}': '1x9' },
    at: '8m',
    fires: ['all'],
  },
  {
    series: { 'hookwarden_rules_info{version="a",instance="1"}': '1x9', 'hookwarden_rules_info{version="a"}': '1x9' },
    at: '8m',
    fires: [],
  },
])
/** Two days in steps of ten minutes. */
const interval = '10m'

test(alerting, 'HookwardenRuleJumped', [
  { series: { [matches()]: '0+10x144 1440+200x12' }, at: '1530m', fires: ['a'], interval },
  { series: { [matches()]: '0+10x156' }, at: '1530m', fires: [], interval },
  { series: { [matches('exempted')]: '0+10x144 1440+200x12' }, at: '1530m', fires: [], interval },
])
test(alerting, 'HookwardenRuleSilent', [
  { series: { [matches()]: '0+10x144 1440x150' }, at: '2910m', fires: ['a'], interval },
  { series: { [matches()]: '0+10x294' }, at: '2910m', fires: [], interval },
])
test(alerting, 'HookwardenFailing', [
  {
    series: {
      'hookwarden_failures_total{listener="webhooks",status="503",instance="one"}': '0+2x20',
      'hookwarden_decisions_total{instance="one"}': '0+100x20',
    },
    at: '15m',
    fires: ['one'],
  },
  {
    series: {
      'hookwarden_failures_total{listener="webhooks",status="400",instance="one"}': '0+2x20',
      'hookwarden_decisions_total{instance="one"}': '0+100x20',
    },
    at: '15m',
    fires: [],
  },
])
const latency = (le: string) => `hookwarden_decision_seconds_bucket{instance="one",le="${le}"}`
test(alerting, 'HookwardenSlow', [
  {
    series: {
      [latency('0.5')]: '0+10x20',
      [latency('1')]: '0+90x20',
      [latency('+Inf')]: '0+100x20',
      'hookwarden_deadline_seconds{instance="one"}': '1x20',
    },
    at: '15m',
    fires: ['one'],
  },
  {
    series: {
      [latency('0.01')]: '0+100x20',
      [latency('1')]: '0+100x20',
      [latency('+Inf')]: '0+100x20',
      'hookwarden_deadline_seconds{instance="one"}': '1x20',
    },
    at: '15m',
    fires: [],
  },
])
test(alerting, 'HookwardenRecordDrops', [
  { series: { 'hookwarden_record_dropped_total{reason="full"}': '0x3 5x9' }, at: '6m', fires: ['full'] },
  { series: { 'hookwarden_record_dropped_total{reason="full"}': '5x12' }, at: '6m', fires: [] },
])
test(alerting, 'HookwardenCountsAlone', [
  { series: { 'hookwarden_counts_alone{instance="one"}': '0 1x5' }, at: '4m', fires: ['one'] },
  { series: { 'hookwarden_counts_alone{instance="one"}': '0x5' }, at: '4m', fires: [] },
])
test(alerting, 'HookwardenClocksApart', [
  { series: { 'hookwarden_clock_seconds{instance="one"}': '10+60x12' }, at: '9m', fires: ['one'] },
  { series: { 'hookwarden_clock_seconds{instance="one"}': '0+60x12' }, at: '9m', fires: [] },
])

test('promtool accepts the alerts', async t => {
  if (!hasPromtool) {
    t.log('skipped: no promtool here (Debian: prometheus)')
    return t.pass()
  }
  const { stdout } = await promisify(execFile)('promtool', ['check', 'rules', `${dir}/alerts.yml`])
  t.regex(stdout, /SUCCESS: 10 rules found/)
})
