import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Keep room for one more connection: of `most`, the one that has been idle for the longest goes.
 *
 * Idle connections are never closed for that alone, so whoever reaches the port could hold all there may be, and the
 * IM server could open none.
 */
export function keepRoom(server: Server, most: number): void {
  const open = new Set<Socket>()
  /** Those without a request under way, the longest idle first. */
  const idle = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    idle.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      idle.delete(socket)
    })
    const [longest] = idle
    if (open.size >= most) longest?.destroy()
  })
  server.on('request', ({ socket }, response) => {
    idle.delete(socket)
    response.once('close', () => {
      if (open.has(socket)) idle.add(socket)
    })
  })
}
