import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { SystemCode } from './descriptors.ts'

/**
 * Why a connection was lost: `closed`, as it was idle for the longest when there was hardly any room; `refused`, as
 * all others were busy; or the system's word for why it could not be accepted.
 */
export type NoRoom = 'closed' | 'refused' | SystemCode

/**
 * Keep room for one more connection: of `most`, the one that has been idle for the longest goes.
 *
 * Idle connections are never closed for that alone, so whoever reaches the port could hold all there may be, and the
 * IM server could open none.
 */
export function limitConnections(server: Server, most: number, onNoRoom: (why: NoRoom) => void): void {
  const open = new Set<Socket>()
  /** Those without a request under way, the longest idle first. */
  const idle = new Set<Socket>()
  server.maxConnections = most
  server.on('drop', () => onNoRoom('refused'))
  // Closing takes a moment: what comes at once still finds a place.
  const mostKept = Math.ceil(most * 0.9)
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    idle.add(socket)
    socket.once('close', () => {
      open.delete(socket)
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
