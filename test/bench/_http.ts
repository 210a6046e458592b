/** Decisions over HTTP, from another process: hookwarden beside services that decide nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Load, load } from './_load.ts'
import { bodiesOf, type Kind, kinds, yamlOf } from './_policy.ts'
import { type Served, startServer } from './_process.ts'
import { median } from './_table.ts'

/** One contestant under one load: medians of rounds. Latencies in ms, memory in MB, CPU time in µs a request. */
export type Http = Pick<Load, 'perSecond' | 'p50' | 'p99'> & { cpuUs: number }

export type OverHttp = { rules: number; calls: Kind; koa: Http; node: Http; hookwarden: Http; memoryMb: number }

const path = '/callbackBeforeSetGroupMemberInfoCommand'

/** Two services that decide nothing: one on Koa with its router and body parser, one on Node alone. */
export type Nothing = { koa: Served; node: Served }

export async function startNothing(): Promise<Nothing> {
  const start = (script: string) => startServer(['--import', 'tsx', fileURLToPath(new URL(script, import.meta.url))])
  return { koa: await start('_koa.ts'), node: await start('_node.ts') }
}

/** The service as it ships, with its log read, on a folder with so many rules; its state folder is in there, too. */
export async function startHookwarden(
  rules: number,
  nodeArgs: readonly string[] = [],
  serveArgs: readonly string[] = [],
): Promise<Served & { dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-bench-'))
  for (const { file, content } of yamlOf(rules)) await writeFile(join(dir, file), content)
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
  const flags = ['--rules', dir, '--port', '0', '--admin-port', '0', '--state', join(dir, '.hookwarden')]
  const served = await startServer([...nodeArgs, cli, 'serve', ...flags, ...serveArgs])
  const stop = async () => {
    await served.stop()
    await rm(dir, { recursive: true })
  }
  return { ...served, stop, dir }
}

/** Measure one size, each contestant once a round, so that what disturbs one disturbs all. */
export async function overHttp(nothing: Nothing, rules: number, rounds: number, forMs: number): Promise<OverHttp[]> {
  const hookwarden = await startHookwarden(rules)
  const contestants = { ...nothing, hookwarden }
  const measured: OverHttp[] = []
  for (const calls of kinds) {
    const bodies = bodiesOf(calls).map(body => JSON.stringify(body))
    const seen: Record<keyof typeof contestants, Http[]> = { koa: [], node: [], hookwarden: [] }
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const name of ['koa', 'node', 'hookwarden'] as const) {
        const one = await loaded(contestants[name], bodies, forMs)
        if (round > 0) seen[name].push(one)
      }
    }
    const [koa, node, ours] = [medians(seen.koa), medians(seen.node), medians(seen.hookwarden)]
    measured.push({ rules, calls, koa, node, hookwarden: ours, memoryMb: hookwarden.memoryMb() })
  }
  await hookwarden.stop()
  return measured
}

/** Load a server with calls of the policy. */
export async function loaded(
  server: Served,
  bodies: readonly string[],
  forMs: number,
  perSecond?: number,
): Promise<Http & Load> {
  const before = server.cpuMs()
  const seen = await load(`${server.url}${path}`, bodies, forMs, { perSecond })
  return { ...seen, cpuUs: ((server.cpuMs() - before) * 1000) / seen.requests }
}

export function medians(rounds: readonly Http[]): Http {
  const of = (pick: (round: Http) => number) => median(rounds.map(pick))
  return {
    perSecond: of(each => each.perSecond),
    p50: of(each => each.p50),
    p99: of(each => each.p99),
    cpuUs: of(each => each.cpuUs),
  }
}
