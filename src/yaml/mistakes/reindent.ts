import { columnOf } from '../columns.ts'
import type { TrapEdit } from './trap.ts'

/**
 * Moves a line to a column (0-based), and the lines below that belong with it: as deep or deeper, up to the next item
 * of a list around it.
 */
export function moveLines(text: string, offset: number, column: number): TrapEdit[] {
  const here = columnOf(text, offset)
  const by = column - here
  const edits: TrapEdit[] = []
  for (let start = offset - here; start < text.length; start = nextLine(text, start)) {
    const [line = ''] = text.slice(start).split('\n', 1)
    const lead = /^ */.exec(line)?.[0].length ?? 0
    const isOther = lead < here || (lead === here && line[lead] === '-' && start > offset)
    if (line.trim() === '') continue
    if (isOther) break
    const at = start + lead
    edits.push(by > 0 ? { start: at, end: at, text: ' '.repeat(by) } : { start: at + by, end: at, text: '' })
  }
  return edits
}

function nextLine(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end === -1 ? text.length : end + 1
}
