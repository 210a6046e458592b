import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import { blocksOf, type Changed, type Described, describeChanges } from '../changes/describe-changes.ts'
import { atOnce } from '../yaml/steps.ts'
import { loadOrPrint } from './check.ts'
import { type ExitCode, type Io, print } from './io.ts'

/**
 * Describe a change to rules in plain sentences, what gets stricter first. Exit code 1 if something changed.
 */
export async function explainChange(before: string, after: string, io: Io): Promise<ExitCode> {
  const [old, now] = [await loadOrPrint(before, io), await loadOrPrint(after, io)]
  if (old === undefined || now === undefined) return 1
  return printChanges(atOnce(describeChanges(old, now)), io)
}

/** Print changes. Exit code 1 if there are any. */
export function printChanges(changes: Changed, io: Io): ExitCode {
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const blocks = blocksOf(changes, { title: colors.bold, change: change => painted(change, colors) })
  print(blocks.length === 0 ? 'The rules mean the same as before\n' : `${blocks.join('\n\n')}\n`, io)
  return blocks.length === 0 ? 0 : 1
}

function painted({ lines: [title = '', ...lines] }: Described, colors: Colors): string {
  const paint = title.startsWith('+') ? colors.green : title.startsWith('-') ? colors.red : colors.yellow
  return [paint(title), ...lines].join('\n')
}
