/** What a reload of very many rules costs those who call meanwhile. */
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loaded, startHookwarden } from './_http.ts'
import { bodiesOf, yamlOf } from './_policy.ts'

/** Times in ms; memory in MB, at rest after the first load and after the reloads. */
export type Reload = {
  rules: number
  loadMs: number
  quietMostMs: number
  reloadMostMs: number
  reloads: number
  restMb: number
  reloadedMb: number
}

/**
 * Load a service while its rules change, and compare the longest that a call waited with that of a quiet time.
 *
 * Half of the files change at each reload.
 */
export async function reload(rules: number, forMs: number): Promise<Reload> {
  const startMs = performance.now()
  const server = await startHookwarden(rules)
  const loadMs = performance.now() - startMs
  const restMb = server.memoryMb()
  const bodies = bodiesOf('none').map(body => JSON.stringify(body))
  await loaded(server, bodies, 1000)
  const quiet = await loaded(server, bodies, forMs)
  const files = yamlOf(rules).filter((_, at) => at % 2 === 0)
  const versions = new Set([await versionOf(server.admin)])
  let isOver = false
  const changing = (async () => {
    for (let change = 0; !isOver; change++) {
      for (const { file } of files) await appendFile(join(server.dir, file), `# change ${change}\n`)
      const known = versions.size
      while (!isOver && versions.size === known) versions.add(await versionOf(server.admin))
    }
  })()
  const busy = await loaded(server, bodies, forMs)
  isOver = true
  await changing
  const reloadedMb = server.memoryMb()
  await server.stop()
  return {
    rules,
    loadMs,
    quietMostMs: quiet.most,
    reloadMostMs: busy.most,
    reloads: versions.size - 1,
    restMb,
    reloadedMb,
  }
}

async function versionOf(admin: string): Promise<string> {
  await new Promise(resolve => setTimeout(resolve, 50))
  const { version } = (await (await fetch(`${admin}/status`)).json()) as { version: string }
  return version
}
