import type { ReadStream } from 'node:tty'

/** Keys that somebody presses, one at a time; undefined when there are no more. */
export type Keys = { next(): Promise<string | undefined>; close(): void }

/** Keys that were typed in advance: every character that is not a space or a line break. */
export function keysIn(text: string): Keys {
  const keys = [...text.replaceAll(/\s/gu, '')]
  return { next: async () => keys.shift(), close: () => {} }
}

/** End of transmission, as Ctrl-D types it, and what Ctrl-C types while the terminal does not act on it. */
const [endKey, interruptKey, escapeKey] = ['\u0004', '\u0003', '\u001b'] as const

/**
 * The keys of a terminal, without waiting for Enter. `close` gives the terminal back as it was; Ctrl-C does so before
 * it stops the process.
 */
export function keysOfTerminal(stdin: ReadStream): Keys {
  const pressed: string[] = []
  let isOver = false
  let wake = () => {}
  const end = () => {
    isOver = true
    wake()
  }
  const close = () => {
    stdin.off('data', read).off('end', end)
    stdin.setRawMode(false)
    stdin.pause()
  }
  const read = (chunk: string) => {
    if (chunk.includes(interruptKey)) {
      close()
      process.kill(process.pid, 'SIGINT')
    } else if (chunk.includes(endKey)) end()
    // An arrow or another key without a character sends several.
    else pressed.push(...(chunk.startsWith(escapeKey) ? [escapeKey] : chunk.replaceAll(/\s/gu, '')))
    wake()
  }
  stdin.setEncoding('utf8')
  stdin.setRawMode(true)
  stdin.on('data', read).once('end', end).resume()
  return {
    close,
    async next() {
      while (pressed.length === 0 && !isOver) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
      return pressed.shift()
    },
  }
}
