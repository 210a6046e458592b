import type { Server } from 'node:http'
import type { App } from './app.ts'
import { listen, usualLimits } from './listen.ts'

/** An app, the address where it listens, and how many connections it may have. */
export type Listener = { app: App; host: string; port: number; connections: number }

/** Listens for all of them, or for none: then it says why. */
export async function listenOnAll(wanted: readonly Listener[]): Promise<Server[] | { problem: string }> {
  const servers: Server[] = []
  for (const { app, host, port, connections } of wanted) {
    try {
      servers.push(await listen(app, host, port, { ...usualLimits, connections }))
    } catch (error) {
      for (const server of servers) server.close()
      return { problem: `Cannot listen on ${host}:${port}: ${reasonOf(error)}` }
    }
  }
  return servers
}

const reasons = new Map([
  ['EADDRINUSE', 'the address is already in use'],
  ['EACCES', 'permission denied'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['ENOTFOUND', 'unknown host'],
])

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons.get(code) ?? String(error)
}
