import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '../config.ts'

/** Whether the service is about to end: readiness and every answer follow it. */
export class Stopping {
  #isStopping = false
  #held: Promise<void> | null = null

  get isStopping(): boolean {
    return this.#isStopping
  }

  /** What an answer must wait for before it is sent; null nearly always. */
  get held(): Promise<void> | null {
    return this.#held
  }

  /**
   * Take leave of the clients, then close the servers; resolves when all is closed, within `shutdownMs`.
   *
   * For a second every answer says `Connection: close`: closed under its client, a connection kept alive may take a
   * request with it. Then answers are held for a moment. Who waits for one opens no connection, so none is still to be
   * accepted when listening ends: the system would reset it.
   */
  async stop(servers: readonly Server[], { shutdownMs, deadlineMs }: StopConfig): Promise<void> {
    this.#isStopping = true
    const endMs = performance.now() + shutdownMs
    await delay(Math.min(leaveMs, shutdownMs / 2))
    let release = () => {}
    this.#held = new Promise(resolve => {
      release = resolve
    })
    await delay(Math.min(holdMs, shutdownMs / 10))
    const closed = Promise.all(servers.map(close))
    release()
    // By the deadline all calls are answered. What is left then has not sent one.
    const cut = setTimeout(() => cutAll(servers), Math.min(deadlineMs, endMs - performance.now()))
    await closed
    clearTimeout(cut)
  }
}

/** How long stopping may take, and how long a call. */
export type StopConfig = Pick<Config, 'shutdownMs' | 'deadlineMs'>

const leaveMs = 1000

const holdMs = 50

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

function cutAll(servers: readonly Server[]): void {
  for (const server of servers) server.closeAllConnections()
}
