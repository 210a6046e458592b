/**
 * What decisions cost, and how that grows with the rules: everything in one run, interleaved, medians of rounds.
 *
 *   npm run bench                      all of it, a table on standard output and bench.json
 *   npm run bench -- --quick           fewer and shorter rounds
 *   npm run bench -- --record          only what the record costs
 *   npm run bench -- --draft           only what a draft beside the rules in force costs
 *   npm run bench -- --profile         only hookwarden under load, and a CPU profile in bench-profile/
 */
import { writeFile } from 'node:fs/promises'
import { arch, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Drafted, drafting } from './_drafting.ts'
import { loaded, type OverHttp, overHttp, startHookwarden, startNothing } from './_http.ts'
import { type InProcess, inProcess } from './_in-process.ts'
import { bodiesOf } from './_policy.ts'
import { type Recorded, recording } from './_recording.ts'
import { type Reload, reload } from './_reload.ts'
import { tableOf } from './_table.ts'

const sizes = [10, 100, 1000, 10_000]

const flag = { type: 'boolean' } as const
const { values } = parseArgs({ options: { quick: flag, record: flag, draft: flag, profile: flag } })
const often = values.quick ? { rounds: 2, forMs: 500 } : { rounds: 5, forMs: 1500 }
if (values.profile) await profile()
else if (values.record) show('With --record', recordTable(await recording(1000, often.rounds, often.forMs)))
else if (values.draft) show('With --draft', draftTable(await drafting(1000, often.rounds, often.forMs)))
else await measure(often)

async function measure({ rounds, forMs }: { rounds: number; forMs: number }): Promise<void> {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${arch()}, Node ${process.version}`
  const date = new Date().toISOString().slice(0, 10)
  process.stderr.write(`${machine}\n`)
  const decisions = []
  for (const size of sizes) decisions.push(...(await inProcess(size, rounds)))
  show('In process, µs a decision', decisionTable(decisions))
  const nothing = await startNothing()
  const http = []
  for (const size of sizes) http.push(...(await overHttp(nothing, size, rounds, forMs)))
  await Promise.all([nothing.koa.stop(), nothing.node.stop()])
  show('Over HTTP, 32 connections kept alive, from another process', httpTable(http))
  const records = await recording(1000, rounds, forMs)
  show('The same with --record', recordTable(records))
  const drafts = await drafting(1000, rounds, forMs)
  show('With --record, and a draft beside the rules in force', draftTable(drafts))
  const reloads = await reload(sizes.at(-1) as number, 5 * forMs)
  show('Reloads under the same load', reloadTable(reloads))
  await writeFile(
    'bench.json',
    `${JSON.stringify({ date, machine, rounds, forMs, decisions, http, records, drafts, reloads }, null, 2)}\n`,
  )
}

async function profile(): Promise<void> {
  const server = await startHookwarden(1000, ['--cpu-prof', '--cpu-prof-dir=bench-profile'])
  for (const calls of ['none', 'one'] as const) {
    const seen = await loaded(
      server,
      bodiesOf(calls).map(body => JSON.stringify(body)),
      5000,
    )
    show(calls, `${Math.round(seen.perSecond)} a second, ${seen.cpuUs.toFixed(1)} µs of CPU time a request\n`)
  }
  await server.stop()
}

function show(title: string, text: string): void {
  process.stdout.write(`\n${title}\n\n${text}`)
}

function decisionTable(measured: readonly InProcess[]): string {
  const head = [
    'rules',
    'match',
    'hookwarden',
    'closures',
    'engine alone',
    'to closures',
    'engine to it',
    'engine on matches',
  ]
  const rows = measured.map(({ rules, calls, hookwarden, closures, engine, engineOnMatched }) => {
    return [rules, calls, hookwarden, closures, engine, hookwarden / closures, engine / hookwarden, engineOnMatched]
  })
  return tableOf([head, ...rows])
}

function httpTable(measured: readonly OverHttp[]): string {
  const head = [
    ...['rules', 'match', 'Node a second', 'Koa a second', 'hookwarden a second', 'to Koa'],
    ...['p50 ms', 'p99 ms', 'p99 to Koa', 'CPU µs', 'CPU to Koa', 'memory MB'],
  ]
  const rows = measured.map(({ rules, calls, node, koa, hookwarden, memoryMb }) => [
    ...[rules, calls, node.perSecond, koa.perSecond, hookwarden.perSecond, hookwarden.perSecond / koa.perSecond],
    ...[hookwarden.p50, hookwarden.p99, hookwarden.p99 / koa.p99],
    ...[hookwarden.cpuUs, koa.cpuUs / hookwarden.cpuUs, memoryMb],
  ])
  return tableOf([head, ...rows])
}

function recordTable(measured: readonly Recorded[]): string {
  const head = ['rules', 'match', 'a second', 'with record', 'ratio', 'p99 ms', 'with record', 'CPU µs', 'with record']
  const rows = measured.map(({ rules, calls, plain, recorded }) => [
    ...[rules, calls, plain.perSecond, recorded.perSecond, recorded.perSecond / plain.perSecond],
    ...[plain.p99, recorded.p99, plain.cpuUs, recorded.cpuUs],
  ])
  return tableOf([head, ...rows])
}

function draftTable(measured: readonly Drafted[]): string {
  const head = [
    ...['load', 'draft', 'a second', 'with draft', 'plain to it', 'p99 ms', 'with draft', 'it to plain'],
    ...['CPU µs', 'with draft', 'shed %'],
  ]
  const rows = measured.map(({ load, draft, plain, drafted, shed }) => [
    ...[load, draft, plain.perSecond, drafted.perSecond, plain.perSecond / drafted.perSecond],
    ...[plain.p99, drafted.p99, drafted.p99 / plain.p99],
    ...[plain.cpuUs, drafted.cpuUs, shed * 100],
  ])
  return tableOf([head, ...rows])
}

function reloadTable(seen: Reload): string {
  const head = ['rules', 'start ms', 'reloads', 'longest call ms', 'in quiet ms', 'MB at rest', 'MB after']
  const { rules, loadMs, reloads, reloadMostMs, quietMostMs, restMb, reloadedMb } = seen
  return tableOf([head, [rules, loadMs, reloads, reloadMostMs, quietMostMs, restMb, reloadedMb]])
}
