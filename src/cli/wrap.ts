import { cellsOf } from '../language/show/visible.ts'

/**
 * Wrap a text to the width of a terminal: lines break between words, and continuation lines are indented.
 *
 * Lines of code frames stay whole: they are already cut, and carets must stay under what they point at. Colours have
 * no width.
 */
export function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap(line => (isFrame(line) ? [line] : wrapLine(line, Math.max(columns, minColumns))))
    .join('\n')
}

/** A text after a head, wrapped beside it: continuation lines are indented by the width of the head. */
export function hang(head: string, text: string, columns: number): string {
  const room = columns - widthOf(head)
  // If the head leaves too little room, the line is wrapped later like any other.
  return room < minColumns
    ? head + text
    : head +
        wrapLine(text, room)
          .map(line => line.trimStart())
          .join(`\n${' '.repeat(widthOf(head))}`)
}

/** The narrowest text that is still readable. */
const minColumns = 20

/** Terminal colour codes: an escape, a bracket, numbers. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

function isFrame(line: string): boolean {
  return /^(?: > | {3}) *\d* \|/.test(line.replaceAll(colours, ''))
}

function widthOf(text: string): number {
  return cellsOf(text.replaceAll(colours, '')).reduce((sum, { width }) => sum + width, 0)
}

function wrapLine(line: string, columns: number): string[] {
  if (widthOf(line) <= columns) return [line]
  const [indent = ''] = /^ */.exec(line) ?? []
  const hanging = `${indent}  `.slice(0, columns / 2)
  const lines: string[] = []
  let current = indent
  let width = indent.length
  for (const [word] of line.slice(indent.length).matchAll(/ *[^ ]+/g)) {
    const wordWidth = widthOf(word)
    if (width + wordWidth > columns && current.trim() !== '') {
      lines.push(current)
      current = hanging + word.trimStart()
      width = widthOf(current)
    } else {
      current += word
      width += wordWidth
    }
  }
  return [...lines, current]
}
