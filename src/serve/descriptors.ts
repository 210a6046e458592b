import { closeSync, openSync } from 'node:fs'
import type { Server } from 'node:http'
import { devNull } from 'node:os'

/** The system's error code for having no descriptor: `EMFILE` for the limit of this process, or another. */
export type SystemCode = `E${string}`

/**
 * Report when connections are lost because there is no descriptor, until the server closes.
 *
 * Without a free descriptor, Node accepts and closes each new connection without an event. So this opens a descriptor
 * every `checkMs` to see whether one is free.
 */
export function watchDescriptors(server: Server, checkMs: number, onLost: (code: SystemCode) => void): void {
  server.on('error', error => onLost(codeOf(error)))
  const checking = setInterval(() => {
    const code = whyNoneFree()
    if (code !== null) onLost(code)
  }, checkMs).unref()
  server.once('close', () => clearInterval(checking))
}

/**
 * How many connections fit into a process that may have `openFiles` descriptors of any kind open.
 *
 * Descriptors already open are subtracted, and some are reserved for reloads, threads, and connections that are being
 * closed. The admin listener has a small share of its own, so that a full webhook port does not lock operators out.
 * `null` means that no limit is known.
 */
export function connectionsFor(openFiles: number | null): { webhooks: number; admin: number } {
  if (openFiles === null) return mostConnections
  const free = Math.max(openFiles - descriptorsInUse() - spareDescriptors, leastFree)
  const admin = Math.min(Math.floor(free / 8), mostConnections.admin)
  return { admin, webhooks: Math.min(free - admin, mostConnections.webhooks) }
}

/** Far more than the IM server opens, and few enough to fit in memory. */
export const mostConnections = { webhooks: 4096, admin: 64 }

/**
 * A reload reads 16 files at a time and lists 4 folders, and a thread needs about 6 to start: this is a few more.
 */
const spareDescriptors = 40

const leastFree = 16

/** Roughly how many are in use: the system hands out the lowest free one. */
function descriptorsInUse(): number {
  const lowestFree = openSync(devNull, 'r')
  closeSync(lowestFree)
  return lowestFree
}

function whyNoneFree(): SystemCode | null {
  try {
    closeSync(openSync(devNull, 'r'))
    return null
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): SystemCode {
  return error instanceof Error && 'code' in error ? (String(error.code) as SystemCode) : 'EUNKNOWN'
}
