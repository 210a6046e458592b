import type { Server } from 'node:http'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import type { Config } from './config.ts'

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
   * request with it. Then answers are held until no connection comes any more, since who waits for one opens none: a
   * connection still to be accepted when listening ends would be reset by the system.
   */
  async stop(servers: readonly Server[], { shutdownMs, deadlineMs }: StopConfig): Promise<void> {
    this.#isStopping = true
    const endMs = performance.now() + shutdownMs
    await delay(Math.min(leaveMs, shutdownMs / 2))
    let release = () => {}
    this.#held = new Promise(resolve => {
      release = resolve
    })
    await quiet(servers, Math.min(holdMs, shutdownMs / 4))
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

/** Answers are held for so long at most. */
const holdMs = 500

/** So long without a new connection means that all clients wait. */
const quietMs = 50

/** Resolves when no connection has come for a while, at the latest after `atMostMs`. */
async function quiet(servers: readonly Server[], atMostMs: number): Promise<void> {
  const endMs = performance.now() + atMostMs
  let connections = 0
  const count = () => connections++
  for (const server of servers) server.on('connection', count)
  for (let seen = -1; seen !== connections && performance.now() < endMs; ) {
    seen = connections
    await delay(Math.min(quietMs, atMostMs))
    // On a busy machine the delay may be over before what has come meanwhile was looked at.
    await nextTurn()
  }
  await acceptAll(() => connections)
  for (const server of servers) server.off('connection', count)
}

/** Node accepts one connection a turn: go on until none is left, so that closing resets none. */
async function acceptAll(count: () => number): Promise<void> {
  for (let seen = -1, turn = 0; seen !== count() && turn < mostTurns; turn++) {
    seen = count()
    await nextTurn()
  }
}

/** As many as a system keeps waiting on one port. */
const mostTurns = 1024

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

function cutAll(servers: readonly Server[]): void {
  for (const server of servers) server.closeAllConnections()
}
