import { createHash, randomUUID } from 'node:crypto'
import { link, realpath, rename, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join, relative } from 'node:path'
import { codeIn, StateInUse, StateUnusable, using } from './state-errors.ts'

/** A folder that only this process uses. */
export type Lock = { release(): Promise<void> }

/**
 * Locks a folder for this process by listening on a socket in it.
 *
 * The kernel knows whether anybody listens: no lock outlives its process, not even one in another container that shares
 * the folder, where process ids tell nothing. The socket of a process that was killed is taken over.
 *
 * Throws StateInUse, or StateUnusable when no socket can be made there.
 */
export async function lock(dir: string): Promise<Lock> {
  const path = await socketPath(dir)
  for (let tries = 0; tries < mostTries; tries++) {
    const server = await using(join(dir, name), listenOn(path))
    if (server !== undefined) return { release: () => new Promise(resolve => server.close(() => resolve())) }
    const holder = await holderOf(path)
    if (holder !== undefined) throw new StateInUse(dir, holder)
    await removeDead(path)
  }
  throw new StateInUse(dir, '')
}

/** The id of the process that has locked a folder, empty if it does not tell; undefined if none has. */
export async function holderIn(dir: string): Promise<string | undefined> {
  const path = await socketPath(dir).catch(() => undefined)
  return path === undefined ? undefined : holderOf(path)
}

const name = 'lock'

/** How often to try again because others take over at the same time. */
const mostTries = 5

/** The longest path of a socket, in bytes: 104 with its end on macOS, 108 on Linux. */
const mostPathBytes = 103

/** How long to wait for a process that listens to tell its id: it may be busy. */
const holderMs = 1000

async function socketPath(dir: string): Promise<string> {
  const real = await using(dir, realpath(dir))
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\hookwarden-${createHash('sha256').update(real.toLowerCase()).digest('hex')}`
  }
  const paths = [join(real, name), relative(process.cwd(), join(real, name))]
  const fitting = paths.find(path => Buffer.byteLength(path) <= mostPathBytes)
  if (fitting === undefined)
    throw new StateUnusable(dir, `its path is longer than ${mostPathBytes - name.length - 1} bytes`)
  return fitting
}

/** Listens on a socket; undefined if there is something at that path already. */
function listenOn(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer(socket => {
      socket.on('error', () => socket.destroy())
      socket.end(String(process.pid))
    })
    server.once('error', error => (codeIn(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen({ path }, () => resolve(server))
    server.unref()
  })
}

/** The id of the process that listens, empty if it does not tell; undefined if none listens. */
function holderOf(path: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connect({ path })
    let told = ''
    const end = () => {
      socket.destroy()
      resolve(told)
    }
    socket.setEncoding('utf8').setTimeout(holderMs, end)
    socket.on('data', text => {
      told += text
    })
    socket.on('end', end)
    socket.on('error', error => (['ECONNREFUSED', 'ENOENT'].includes(codeIn(error)) ? resolve(undefined) : end()))
  })
}

/**
 * Removes a socket on which nobody listens.
 *
 * It is moved aside first: of several processes that found it dead only one moves it. Another may move the socket that
 * the first one has put there by then, so what was moved is looked at again, and put back if it is alive.
 */
async function removeDead(path: string): Promise<void> {
  const aside = `${path}-${randomUUID()}`
  if (!(await isDone(rename(path, aside)))) return
  if ((await holderOf(aside)) !== undefined) await isDone(link(aside, path))
  await unlink(aside)
}

/** False if another process was faster. */
async function isDone(call: Promise<void>): Promise<boolean> {
  try {
    await call
    return true
  } catch (error) {
    if (['ENOENT', 'EEXIST'].includes(codeIn(error))) return false
    throw error
  }
}
