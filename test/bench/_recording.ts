/** What the record costs: the same service with and without `--record`, in turns. */
import { type Http, loaded, medians, startHookwarden } from './_http.ts'
import { bodiesOf, type Kind } from './_policy.ts'

export type Recorded = { rules: number; calls: Kind; plain: Http; recorded: Http }

export async function recording(rules: number, rounds: number, forMs: number): Promise<Recorded[]> {
  const servers = { plain: await startHookwarden(rules), recorded: await startHookwarden(rules, [], ['--record']) }
  const measured: Recorded[] = []
  for (const calls of ['none', 'one'] as const) {
    const bodies = bodiesOf(calls).map(body => JSON.stringify(body))
    const seen: Record<keyof typeof servers, Http[]> = { plain: [], recorded: [] }
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const name of ['plain', 'recorded'] as const) {
        const one = await loaded(servers[name], bodies, forMs)
        if (round > 0) seen[name].push(one)
      }
    }
    measured.push({ rules, calls, plain: medians(seen.plain), recorded: medians(seen.recorded) })
  }
  await Promise.all(Object.values(servers).map(server => server.stop()))
  return measured
}
