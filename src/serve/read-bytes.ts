import type { IncomingMessage } from 'node:http'

/**
 * The body of a request as it came, in a buffer of its own, which may be handed to another thread.
 *
 * `too long`: more than `maxBytes` came, and reading stopped there. `broken`: the connection ended before the body, or
 * `over` was aborted: once a request is answered, Node may never tell what becomes of it.
 */
export function readBytes(request: IncomingMessage, maxBytes: number, over: AbortSignal): Promise<Read> {
  return new Promise(resolve => {
    const pieces: Buffer[] = []
    let length = 0
    const finish = (read: Read) => {
      request.off('data', add).off('end', end).off('close', breakOff)
      over.removeEventListener('abort', breakOff)
      resolve(read)
    }
    const add = (piece: Buffer) => {
      length += piece.length
      if (length > maxBytes) finish('too long')
      else pieces.push(piece)
    }
    const end = () => finish(together(pieces, length))
    const breakOff = () => finish('broken')
    request.on('data', add).once('end', end).once('close', breakOff)
    over.addEventListener('abort', breakOff)
    if (over.aborted) breakOff()
  })
}

type Read = Uint8Array<ArrayBuffer> | 'too long' | 'broken'

function together(pieces: readonly Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
