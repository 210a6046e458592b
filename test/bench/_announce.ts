import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listen on any free port, and say where as the service does. */
export function announce(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    process.stdout.write(`${JSON.stringify({ webhooks: `http://127.0.0.1:${port}` })}\n`)
  })
}
