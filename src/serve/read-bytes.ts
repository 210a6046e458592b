import type { IncomingMessage } from 'node:http'

/**
 * Read the body of a request into a buffer of its own, which can be transferred to another thread.
 *
 * `too long`: the body has more than `maxBytes`, and reading stopped there. `broken`: the connection ended before
 * the body did, or `over` was aborted. The signal is needed: after an early answer, Node may never emit `close`.
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
