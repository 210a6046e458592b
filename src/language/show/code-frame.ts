import { placeAt, type Span } from '../../yaml/source.ts'
import { type Cell, cellsOf } from './visible.ts'

/** A line of a frame: its number, absent for the line of carets, and its text. */
export type FrameLine = { line?: number; shown: string; isCulprit?: true }

/** How many columns of a line are shown by default. */
const mostColumns = 100

/** The share of the columns kept before the carets when a line is cut. */
const shareBefore = 0.4

/** How much of a line is read around the carets: a file may be one line of megabytes. */
const reach = 500

/**
 * The line before a span, its first line, and carets under it, aligned for a terminal.
 *
 * `starts` are the starts of the lines of `text`; a line is cut to `columns`, plus two for the marks where it
 * continues.
 */
export function codeFrame(
  text: string,
  starts: readonly number[],
  span: Span,
  columns: number = mostColumns,
): FrameLine[] {
  const maxColumns = Math.min(columns, mostColumns)
  const { line } = placeAt(starts, span.start)
  const from = starts[line - 1] ?? 0
  const content = lineAt(text, starts, line)
  const culprit = cut(content, span.start - from, Math.min(span.end - from, content.length), maxColumns)
  const above = line > 1 ? [{ line: line - 1, shown: cut(lineAt(text, starts, line - 1), 0, 0, maxColumns).shown }] : []
  return [...above, { line, shown: culprit.shown, isCulprit: true }, { shown: culprit.carets }]
}

function lineAt(text: string, starts: readonly number[], line: number): string {
  const start = starts[line - 1] ?? 0
  const end = starts[line] ?? text.length
  const content = text.slice(start, end)
  return content.endsWith('\n') ? content.slice(0, content.endsWith('\r\n') ? -2 : -1) : content
}

/** A line for display, cut around the columns from `start` to `end`, and its carets. */
function cut(line: string, start: number, end: number, maxColumns: number): { shown: string; carets: string } {
  const skipped = Math.max(0, start - reach)
  const near = cellsOf(line.slice(skipped, start + reach))
  const cells = near.map(cell => ({ ...cell, start: cell.start + skipped, end: cell.end + skipped }))
  const at = cells.findIndex(cell => cell.end > start)
  const caret = at === -1 ? cells.length : at
  const first = windowStart(cells, caret, maxColumns)
  const last = windowEnd(cells, first, maxColumns)
  const isCutBefore = first > 0 || skipped > 0
  const isCutAfter = last < cells.length || start + reach < line.length
  const seen = cells.slice(first, last)
  const shown = `${isCutBefore ? '…' : ''}${seen.map(cell => cell.shown).join('')}${isCutAfter ? '…' : ''}`
  const pad = cells.slice(first, caret).map(blank).join('')
  const run = cells.slice(caret, last).filter(cell => cell.start < end)
  return { shown, carets: `${isCutBefore ? ' ' : ''}${pad}${run.map(carets).join('') || '^'}` }
}

/** Zero when the whole line fits. */
function windowStart(cells: readonly Cell[], caret: number, maxColumns: number): number {
  if (widthOf(cells) <= maxColumns) return 0
  let first = caret
  for (let width = 0; first > 0 && width < maxColumns * shareBefore; first--) width += cells[first - 1]?.width ?? 0
  return first
}

function windowEnd(cells: readonly Cell[], first: number, maxColumns: number): number {
  let last = first
  for (let width = 0; last < cells.length; last++) {
    width += cells[last]?.width ?? 0
    if (width > maxColumns) break
  }
  return last
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}

/** Padding as wide as a cell: a tab for a tab, whose width only the terminal knows. */
function blank({ shown, width }: Cell): string {
  return shown === '\t' ? '\t' : ' '.repeat(width)
}

function carets({ shown, width }: Cell, index: number): string {
  if (shown === '\t') return index === 0 ? '^' : '\t'
  return '^'.repeat(width)
}
