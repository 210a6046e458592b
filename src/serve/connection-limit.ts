import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { SystemCode } from './descriptors.ts'

/**
 * Why a connection was lost: `closed`, because it had been idle longest when room ran out; `refused`, because all
 * others were busy; or the system's error code for why it could not be accepted.
 */
export type NoRoom = 'closed' | 'refused' | SystemCode

/** Is told of lost connections, and of how many are open. */
export type ConnectionVoice = { onNoRoom(why: NoRoom): void; onConnections(open: number): void }

/**
 * Keep room for one more connection by closing the one that has been idle longest, with at most `most` open.
 *
 * Connections are not closed just for being idle, so without this anyone who reaches the port could hold all of them,
 * and the IM server could not connect.
 */
export function limitConnections(server: Server, most: number, { onNoRoom, onConnections }: ConnectionVoice): void {
  const open = new Set<Socket>()
  /** Connections without a request in progress, the longest idle first. */
  const idle = new Set<Socket>()
  server.maxConnections = most
  server.on('drop', () => onNoRoom('refused'))
  // Closing takes a moment: connections that arrive meanwhile still find room.
  const mostKept = Math.ceil(most * 0.9)
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    onConnections(open.size)
    idle.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      onConnections(open.size)
      idle.delete(socket)
    })
    const [longest] = idle
    if (open.size < mostKept || longest === undefined) return
    longest.destroy()
    onNoRoom(longest === socket ? 'refused' : 'closed')
  })
  server.on('request', ({ socket }, response) => {
    idle.delete(socket)
    response.once('close', () => {
      if (open.has(socket)) idle.add(socket)
    })
  })
}
