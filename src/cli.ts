#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { isatty } from 'node:tty'
import type { Io } from './cli/io.ts'
import { keysOfTerminal } from './cli/keys.ts'
import { openFileLimit, tooFewOpenFiles } from './open-files.ts'

const io: Io = {
  out: written => process.stdout.write(written),
  err: written => process.stderr.write(written),
  readStdin: () => text(process.stdin),
  ...(isatty(0) && { keys: () => keysOfTerminal(process.stdin) }),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  size: () => {
    const { columns, rows } = process.stdout
    return columns > 0 && rows > 0 ? { columns, rows } : undefined
  },
  errColumns: () => (process.stderr.isTTY && process.stderr.columns > 0 ? process.stderr.columns : undefined),
  now: () => new Date(),
  untilStopped: () => new Promise(resolve => process.once('SIGINT', resolve).once('SIGTERM', resolve)),
}

// A reader that has read enough, such as head, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}

// Set the code and let the process end by itself, so that output still going into a pipe arrives.
process.exitCode = await run()

async function run(): Promise<number> {
  const problem = tooFewOpenFiles(openFileLimit())
  if (problem !== undefined) {
    io.err(`${problem}\n`)
    return 2
  }
  // Load the rest only now: with too few open files, loading would fail without a clear reason.
  const { main } = await import('./command.ts')
  return main(process.argv.slice(2), io)
}
