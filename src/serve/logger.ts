import { fstatSync, ftruncateSync, openSync, readSync, write, writeSync } from 'node:fs'
import { type Logger, pino } from 'pino'
import { prettyFactory } from 'pino-pretty'
import { escapeHidden, visible } from '../language/show/visible.ts'
import { LineWriter } from './line-writer.ts'

/** The service's log, and how to flush it before the process ends. */
export type Output = {
  log: Logger
  /** Write what waits, until a time by `performance.now()`. Reports lost lines on standard error. */
  end(untilMs: number): Promise<void>
}

/**
 * Open the log on standard output: JSON lines, or readable lines on a terminal.
 *
 * A log that nobody reads or that cannot be written blocks neither calls nor the exit of the process.
 */
export function openLog({ isTerminal }: { isTerminal: boolean }): Output {
  for (const stream of [process.stdout, process.stderr]) neverBlock(stream)
  const writer = new LineWriter({
    write: (bytes, done) => write(stdout, bytes, done),
    onLost: lines => log.warn({ lines }, 'log lines lost'),
    onError: error => warn(`The log cannot be written: ${error.message}\n`),
  })
  const shown = isTerminal ? forPeople() : forPrograms
  const log = pino({ timestamp: isoTimestamps() }, { write: line => writer.write(shown(line)) })
  // After a crash, the last lines are the ones that matter.
  process.once('exit', () => writeAtOnce(stdout, writer.take()))
  const end = async (untilMs: number) => {
    const { lost, begun } = await writer.end(untilMs)
    takeBack(begun)
    if (lost > 0) warn(`${lost} log ${lost === 1 ? 'line' : 'lines'} could not be written\n`)
  }
  return { log, end }
}

const stdout = 1
const stderr = 2

function warn(text: string): void {
  writeAtOnce(stderr, Buffer.from(text))
}

/**
 * Make writes fail with EAGAIN instead of blocking when nobody reads.
 *
 * Node does this for pipes and sockets, but not for terminals. A blocked write would hold a thread that the process
 * waits for when it exits.
 */
function neverBlock(stream: NodeJS.WriteStream & { _handle?: { setBlocking?(isBlocking: boolean): void } }): void {
  stream._handle?.setBlocking?.(false)
}

/** Write as much as possible without waiting. */
function writeAtOnce(fd: number, bytes: Buffer): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
  } catch {
    // There is nobody left to report to. A Node stream would crash the process here.
  }
}

/** Remove a partial line that a full disk left at the end of a file, so that the next log starts on a new line. */
function takeBack(begun: Buffer): void {
  if (begun.length === 0 || !fstatSync(stdout).isFile()) return
  try {
    const end = fstatSync(stdout).size
    const last = Buffer.alloc(begun.length)
    // Only if it is ours: other processes may write to the same file.
    const file = openSync('/dev/fd/1', 'r')
    readSync(file, last, 0, last.length, end - last.length)
    if (last.equals(begun)) ftruncateSync(stdout, end - last.length)
  } catch {
    // A file that cannot be read stays unchanged.
  }
}

/** A line of JSON without control characters. Nearly all lines are plain ASCII, which is cheap to check. */
function forPrograms(line: string): string {
  return plain.test(line) ? line : escapeHidden(line)
}

const plain = /^[\n\x20-\x7e]*$/

/** A line for people, in colour, with control and invisible characters written as code points. */
function forPeople(): (line: string) => string {
  const pretty = prettyFactory({})
  return line => pretty(JSON.parse(line, (key, value) => (typeof value === 'string' ? legible(key, value) : value)))
}

/** Only a stack may have line breaks: in any other text, one could forge a log line. */
function legible(key: string, text: string): string {
  return key === 'stack' ? text.split('\n').map(visible).join('\n') : visible(text)
}

/** The time in ISO 8601 as pino writes it, formatted at most once per millisecond. */
function isoTimestamps(): () => string {
  let lastMs = Number.NaN
  let last = ''
  return () => {
    const nowMs = Date.now()
    if (nowMs !== lastMs) {
      lastMs = nowMs
      last = `,"time":"${new Date(nowMs).toISOString()}"`
    }
    return last
  }
}
