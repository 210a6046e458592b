import { spawnSync } from 'node:child_process'
import test, { type ExecutionContext } from 'ava'
import type { Metrics } from '../../src/serve/metrics.ts'
import { decided, metricsOf, status } from './_metrics.ts'

/** The lines of some metrics, without comments. */
async function linesOf(t: ExecutionContext, metrics: Metrics, ...names: readonly string[]): Promise<readonly string[]> {
  t.teardown(() => metrics.close())
  const { body } = await metrics.text()
  return body.split('\n').filter(line => names.some(name => line.startsWith(`hookwarden_${name}`)))
}

test('decisions are counted by callback and outcome, and matches by rule and mode', async t => {
  const metrics = metricsOf()
  const { decided: tell } = metrics.observer
  tell?.(decided())
  tell?.(decided([{ rule: 'tidy', stage: 'rewrite' }], { rewrites: new Map([['reqMsg', 'a']]) }))
  for (const kind of ['reject', 'reject']) tell?.(decided([{}, { rule: 'b', mode: 'shadow' }], { kind }))
  tell?.(decided([{ exempted: true }]))
  t.deepEqual(await linesOf(t, metrics, 'decisions_total', 'rule_matches_total'), [
    'hookwarden_decisions_total{callback="beforeAddFriend",outcome="allow"} 2',
    'hookwarden_decisions_total{callback="beforeAddFriend",outcome="rewrite"} 1',
    'hookwarden_decisions_total{callback="beforeAddFriend",outcome="reject"} 2',
    'hookwarden_rule_matches_total{rule="tidy",mode="enforce"} 1',
    'hookwarden_rule_matches_total{rule="no-links",mode="enforce"} 2',
    'hookwarden_rule_matches_total{rule="no-links",mode="exempted"} 1',
    'hookwarden_rule_matches_total{rule="b",mode="shadow"} 2',
  ])
})

test('the latency histogram counts up to each bound', async t => {
  const metrics = metricsOf()
  for (const tookMs of [0.05, 0.1, 3, 2000]) metrics.observer.decided?.({ ...decided(), tookMs })
  const lines = await linesOf(t, metrics, 'decision_seconds')
  t.true(lines.includes('hookwarden_decision_seconds_bucket{le="0.0001"} 2'))
  t.true(lines.includes('hookwarden_decision_seconds_bucket{le="0.005"} 3'))
  t.true(lines.includes('hookwarden_decision_seconds_bucket{le="1"} 3'))
  t.true(lines.includes('hookwarden_decision_seconds_bucket{le="+Inf"} 4'))
  t.true(lines.includes('hookwarden_decision_seconds_count 4'))
})

const failure = { requestId: 'r', peer: undefined, operationId: '', callback: undefined, problem: '', isLate: false }

test('failures, lost connections and unknown callbacks are counted by kind', async t => {
  const metrics = metricsOf()
  const { failed, noRoom, unknown, connections } = metrics.observer
  for (const status of [503, 503, 400]) {
    failed?.({ ...failure, listener: 'webhooks', status, answer: undefined, tookMs: 1 })
  }
  noRoom?.('webhooks', 'refused')
  for (const open of [4, 6, 5]) connections?.('webhooks', open)
  unknown?.({ requestId: 'r', operationId: '', command: 'x', nearest: 'y', isAllowed: true, tookMs: 1 })
  t.deepEqual(await linesOf(t, metrics, 'failures_total', 'connections', 'unknown_callbacks_total'), [
    'hookwarden_failures_total{listener="webhooks",status="503"} 2',
    'hookwarden_failures_total{listener="webhooks",status="400"} 1',
    'hookwarden_unknown_callbacks_total 1',
    'hookwarden_connections{listener="webhooks"} 5',
    'hookwarden_connections_lost_total{listener="webhooks",why="refused"} 1',
  ])
})

const loaded = { at: '2026-12-01T13:00:00.000Z', files: [], diagnostics: [] }

test('a failed reload shows, and the time of the last good one stays', async t => {
  const metrics = metricsOf()
  const wanted = ['rules_last', 'reloads_total', 'rules_info']
  t.deepEqual(await linesOf(t, metrics, ...wanted), [
    'hookwarden_rules_info{version="aaaaaaaabbbbbbbb"} 1',
    'hookwarden_rules_last_reload_successful 1',
    `hookwarden_rules_last_reload_success_timestamp_seconds ${Date.parse('2026-12-01T12:00:00Z') / 1000}`,
  ])
  await metrics.observer.reloaded?.({ loaded: { ...loaded, ok: true, isNew: true } as never, before: null })
  await metrics.observer.reloaded?.({ loaded: { ...loaded, ok: false }, before: null })
  t.deepEqual(await linesOf(t, metrics, ...wanted), [
    'hookwarden_rules_info{version="aaaaaaaabbbbbbbb"} 1',
    'hookwarden_reloads_total{result="ok"} 1',
    'hookwarden_reloads_total{result="failed"} 1',
    'hookwarden_rules_last_reload_successful 0',
    `hookwarden_rules_last_reload_success_timestamp_seconds ${Date.parse(loaded.at) / 1000}`,
  ])
})

test('what is kept shows: the record and its drops, the counts, rules by mode and pauses', async t => {
  const lines = await linesOf(t, metricsOf(), 'record', 'counts', 'rules{', 'rules_paused')
  t.deepEqual(lines, [
    'hookwarden_rules{mode="enforce"} 2',
    'hookwarden_rules{mode="shadow"} 1',
    'hookwarden_rules{mode="disabled"} 0',
    'hookwarden_rules_paused 0',
    'hookwarden_record_decisions_total 40',
    'hookwarden_record_dropped_total{reason="full"} 2',
    'hookwarden_record_dropped_total{reason="failed"} 0',
    'hookwarden_record_queued 3',
    'hookwarden_counts_keys 7',
    'hookwarden_counts_bytes 4096',
    'hookwarden_counts_alone 0',
  ])
  const alone = { ...status, counts: { ...status.counts, aloneSince: loaded.at }, record: null }
  t.deepEqual(await linesOf(t, metricsOf({ status: () => alone }), 'record', 'counts_alone'), [
    'hookwarden_counts_alone 1',
  ])
})

test('series of rules are bounded, and rules that are gone make room', async t => {
  const metrics = metricsOf({ rules: () => new Set(['kept']) })
  const { decided: tell, reloaded } = metrics.observer
  for (let at = 0; at < 50_000; at++) tell?.(decided([{ rule: at === 0 ? 'kept' : `rule-${at}` }]))
  const lines = await linesOf(t, metrics, 'rule_matches_total')
  t.is(lines.length, 40_000)
  t.true(lines.includes('hookwarden_rule_matches_total{rule="(others)",mode="enforce"} 10001'))
  await reloaded?.({ loaded: { ...loaded, ok: true, isNew: true } as never, before: null })
  tell?.(decided([{ rule: 'new' }]))
  t.deepEqual(await linesOf(t, metrics, 'rule_matches_total'), [
    'hookwarden_rule_matches_total{rule="kept",mode="enforce"} 1',
    'hookwarden_rule_matches_total{rule="new",mode="enforce"} 1',
  ])
})

test('promtool finds nothing wrong with names, types and help texts', async t => {
  if (spawnSync('promtool', ['--version']).status !== 0) {
    t.log('skipped: no promtool here (Debian: prometheus)')
    return t.pass()
  }
  const metrics = metricsOf()
  t.teardown(() => metrics.close())
  metrics.observer.decided?.(decided([{}], { kind: 'reject' }))
  metrics.observer.noRoom?.('admin', 'closed')
  const { body } = await metrics.text()
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: body, encoding: 'utf8' })
  t.is(status, 0, `${stdout}${stderr}`)
  t.is(`${stdout}${stderr}`, '')
})
