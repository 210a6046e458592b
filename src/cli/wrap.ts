import { cellsOf } from '../language/show/visible.ts'

/**
 * A text whose lines are no wider than a terminal: broken between words, and what follows indented below.
 *
 * Lines of code frames stay whole: they are cut already, and what is under a caret must stay there. Colours take no
 * room. Pure.
 */
export function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap(line => (isFrame(line) ? [line] : wrapLine(line, Math.max(columns, minColumns))))
    .join('\n')
}

/** A text after a head, broken so that it stays beside it: what follows is indented as far as the head is wide. Pure. */
export function hang(head: string, text: string, columns: number): string {
  const room = columns - widthOf(head)
  // Where the head leaves no room, the lines are broken as any other.
  return room < minColumns
    ? head + text
    : head +
        wrapLine(text, room)
          .map(line => line.trimStart())
          .join(`\n${' '.repeat(widthOf(head))}`)
}

/** Narrower than this nothing can be read. */
const minColumns = 20

/** What a terminal takes for colours: an escape, a bracket, numbers. */
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
