import { escapeHidden, visibleLines } from '../language/show/visible.ts'
import type { Keys } from './keys.ts'
import { wrap } from './wrap.ts'

/** What a command reads and writes, passed in so that tests can replace it. */
export type Io = {
  /** Standard output is for results; standard error for progress and usage errors. */
  out(text: string): void
  err(text: string): void
  readStdin(): Promise<string>
  /** The keys of a person, from now on until it is closed; only if standard input is a terminal. */
  keys?(): Keys
  env: Readonly<Record<string, string | undefined>>
  /** True if standard output is a terminal; only then is it coloured. */
  isTerminal: boolean
  /** The current size of the terminal on standard output; undefined if it is not one. */
  size?(): { columns: number; rows: number } | undefined
  /** The width of the terminal on standard error; undefined if it is not one. Without this method, `size` is used. */
  errColumns?(): number | undefined
  now(): Date
  /** Calls after a time unless what it returns is called before. Without this method, the system's timers are used. */
  after?(ms: number, call: () => void): () => void
  /** Resolves when the user stops a command that runs until then. */
  untilStopped(): Promise<void>
}

/** The rules folder if none is given. */
export const defaultFolder = 'rules'

/** 0: success. 1: findings, such as errors in rules. 2: wrong usage, or an internal error. */
export type ExitCode = 0 | 1 | 2

/** Wrong usage: the message says what to type instead. Ends a command with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Call after a time, while anything else keeps the process running, unless what it returns is called before. */
export function callAfter(io: Pick<Io, 'after'>, ms: number, call: () => void): () => void {
  if (io.after !== undefined) return io.after(ms, call)
  const timer = setTimeout(call, ms).unref()
  return () => clearTimeout(timer)
}

/** Print text for people: wrapped to their terminal, with control characters made visible. */
export function print(text: string, io: Io): void {
  const columns = io.size?.()?.columns
  const shown = visibleLines(text)
  io.out(columns === undefined ? shown : wrap(shown, columns))
}

/** Print a value as indented JSON, with hidden characters escaped. */
export function printJson(value: unknown, io: Io): void {
  io.out(`${escapeHidden(JSON.stringify(value, null, 2))}\n`)
}

/** The same `Io`, with standard error wrapped to its terminal. */
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
