import { escapeHidden, visibleLines } from '../language/show/visible.ts'
import { wrap } from './wrap.ts'

/** What a command reads and writes: the edge, handed in. */
export type Io = {
  /** What was asked for goes to standard output; what happens on the way, and misuse, to standard error. */
  out(text: string): void
  err(text: string): void
  readStdin(): Promise<string>
  env: Readonly<Record<string, string | undefined>>
  /** True when standard output is a terminal: only then is it coloured. */
  isTerminal: boolean
  /** How wide and high the terminal is at the moment; unknown where there is none. */
  size?(): { columns: number; rows: number } | undefined
  /** How wide the terminal is that standard error goes to; unknown where it goes elsewhere. Without it, `size` tells. */
  errColumns?(): number | undefined
  now(): Date
  /** Resolves when the user ends a command that goes on until then. */
  untilStopped(): Promise<void>
}

/** The rules folder, unless another is named. */
export const defaultFolder = 'rules'

/** 0: fine. 1: findings, such as errors in rules. 2: our failure, or wrong usage. */
export type ExitCode = 0 | 1 | 2

/** Wrong usage: its message tells the user what to type instead. Ends a command with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Print what is for people: no wider than their terminal, and nothing in it that could steer that. */
export function print(text: string, io: Io): void {
  const columns = io.size?.()?.columns
  const shown = visibleLines(text)
  io.out(columns === undefined ? shown : wrap(shown, columns))
}

/** Print a value as JSON, which programs read and people look at, too. */
export function printJson(value: unknown, io: Io): void {
  io.out(`${escapeHidden(JSON.stringify(value, null, 2))}\n`)
}

/** The same edge, whose standard error is no wider than its terminal, as what `print` writes is. */
export function withNarrowErr(io: Io): Io {
  const columns = () => (io.errColumns === undefined ? io.size?.()?.columns : io.errColumns())
  return {
    ...io,
    err: text => {
      const wide = columns()
      io.err(wide === undefined ? text : wrap(text, wide))
    },
  }
}
