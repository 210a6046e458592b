import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Io } from '../../src/cli/io.ts'
import { main } from '../../src/command.ts'

/** What a command printed, and its exit code. */
export type Ran = { code: number; out: string; err: string }

/** Run the command as a shell would, with what it prints kept. */
export async function run(argv: readonly string[], stdin = '', others: Partial<Io> = {}): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', err: '' }
  ran.code = await main(argv, {
    out: text => {
      ran.out += text
    },
    err: text => {
      ran.err += text
    },
    readStdin: async () => stdin,
    env: {},
    isTerminal: false,
    untilStopped: async () => {},
    now: () => new Date('2026-03-04T12:00:00+08:00'),
    ...others,
  })
  return ran
}

/** A folder with files, by path. */
export async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), text)
  }
  return dir
}
