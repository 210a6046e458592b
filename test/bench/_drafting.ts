/** What a draft beside the rules in force costs the calls: the same service with and without `--draft`, in turns. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Http, loaded, medians, startHookwarden } from './_http.ts'
import { bodiesOf, yamlOf } from './_policy.ts'
import { median } from './_table.ts'

/** CPU time is that of the thread that decides. `shed` is the share of calls that the draft did not decide. `differing`: the draft decides every call otherwise. */
export type Drafted = {
  load: 'full' | 'half'
  draft: 'same' | 'differing'
  plain: Http
  drafted: Http
  shed: number
}

/** By a draft of the same rules, and by one that refuses all; with `--record`. */
export async function drafting(rules: number, rounds: number, forMs: number): Promise<Drafted[]> {
  const [same, differing] = [await folderOf(yamlOf(rules)), await folderOf([refuseAll])]
  const start = (...args: string[]) => startHookwarden(rules, [], ['--record', ...args])
  const servers = {
    plain: await start(),
    same: await start('--draft', same),
    differing: await start('--draft', differing),
  }
  const bodies = bodiesOf('none').map(body => JSON.stringify(body))
  // The first round warms up.
  const most = (await loaded(servers.plain, bodies, forMs)).perSecond
  const measured: Drafted[] = []
  for (const load of ['full', 'half'] as const) {
    const perSecond = load === 'full' ? undefined : most / 2
    const seen: Record<keyof typeof servers, Http[]> = { plain: [], same: [], differing: [] }
    const sheds: Record<keyof typeof servers, number[]> = { plain: [], same: [], differing: [] }
    for (let round = 0; round <= rounds; round++) {
      for (const name of ['plain', 'same', 'differing'] as const) {
        const before = await doneBy(servers[name].admin)
        const beforeMs = servers[name].firstThreadMs()
        const one = await loaded(servers[name], bodies, forMs, perSecond)
        // Only that of the thread that decides: the other one has the time that is left.
        one.cpuUs = ((servers[name].firstThreadMs() - beforeMs) * 1000) / one.requests
        const after = await doneBy(servers[name].admin)
        if (round === 0) continue
        seen[name].push(one)
        sheds[name].push((after.shed - before.shed) / (after.decided + after.shed - before.decided - before.shed))
      }
    }
    const plain = medians(seen.plain)
    for (const draft of ['same', 'differing'] as const) {
      measured.push({ load, draft, plain, drafted: medians(seen[draft]), shed: median(sheds[draft]) })
    }
  }
  await Promise.all(Object.values(servers).map(server => server.stop()))
  await Promise.all([same, differing].map(dir => rm(dir, { recursive: true })))
  return measured
}

const refuseAll = {
  file: 'all.yaml',
  content: 'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: all, when: { userID: present }, reject: 5001 }\n',
}

async function folderOf(files: readonly { file: string; content: string | Uint8Array }[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-draft-'))
  for (const { file, content } of files) await writeFile(join(dir, file), content)
  return dir
}

/** How many calls a draft decided, and how many it did not, once none waits. */
async function doneBy(admin: string): Promise<{ decided: number; shed: number }> {
  for (;;) {
    const { draft } = (await (await fetch(`${admin}/status`)).json()) as { draft: DraftSeen | null }
    if (draft === null) return { decided: 0, shed: 0 }
    const { version, waiting, decided } = draft
    if (version !== null && waiting === 0) {
      return { decided, shed: Object.values(draft.shed).reduce((sum, calls) => sum + calls, 0) }
    }
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

type DraftSeen = { version: string | null; waiting: number; decided: number; shed: Record<string, number> }
