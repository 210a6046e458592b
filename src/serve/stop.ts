import type { Server } from 'node:http'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import type { Config } from './config.ts'

/** Whether the service is stopping; readiness and every answer depend on it. */
export class Stopping {
  #isStopping = false
  #held: Promise<void> | null = null

  get isStopping(): boolean {
    return this.#isStopping
  }

  /** A promise that answers must wait for before they are sent; almost always null. */
  get held(): Promise<void> | null {
    return this.#held
  }

  /**
   * Ask clients to disconnect, then close the servers; resolves when everything is closed, within `shutdownMs`.
   *
   * For a second, every answer has `Connection: close`: closing a keep-alive connection on a client may lose a request.
   * Then answers are held until no more connections arrive, since clients that wait for an answer open none: the system
   * would reset any connection that is not yet accepted when listening ends.
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
    // By the deadline all calls are answered. Connections left then have not sent one.
    const cut = setTimeout(() => cutAll(servers), Math.min(deadlineMs, endMs - performance.now()))
    await closed
    clearTimeout(cut)
  }
}

/** The time limits for stopping and for a call. */
export type StopConfig = Pick<Config, 'shutdownMs' | 'deadlineMs'>

const leaveMs = 1000

/** The longest time that answers are held. */
const holdMs = 500

/** If no connection arrives for this long, all clients are waiting. */
const quietMs = 50

/** From an answer to the next connection of a client in the same process it takes a few. */
const turnsAfterDelay = 16

/** Resolves when no connection has arrived for a while, at the latest after `atMostMs`. */
async function quiet(servers: readonly Server[], atMostMs: number): Promise<void> {
  const endMs = performance.now() + atMostMs
  let connections = 0
  const count = () => connections++
  for (const server of servers) server.on('connection', count)
  for (let before = -1; before !== connections && performance.now() < endMs; ) {
    before = connections
    await delay(Math.min(quietMs, atMostMs))
    // On a busy machine the delay may end before what arrived meanwhile is noticed: connections, and what leads to them.
    for (let turn = 0; turn < turnsAfterDelay; turn++) await nextTurn()
  }
  await acceptAll(() => connections)
  for (const server of servers) server.off('connection', count)
}

/** Node accepts one connection per turn: continue until none is left, so that closing resets none. */
async function acceptAll(count: () => number): Promise<void> {
  for (let before = -1, turn = 0; before !== count() && turn < mostTurns; turn++) {
    before = count()
    await nextTurn()
  }
}

/** The most connections that a system keeps waiting on one port. */
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
