import { isMap, isPair, isScalar, parseDocument, visit } from 'yaml'

/**
 * Where a cursor is in a YAML file that may be unfinished.
 *
 * `path` leads to it: keys, and null for an item of a list. The word that the cursor is in goes from column `from` to `to`,
 * 0-based. For a key, `siblings` are the other keys beside it, and `around` those of each mapping on the way, with their
 * plain values.
 */
export type Cursor = {
  path: readonly (string | null)[]
  isKey: boolean
  word: string
  from: number
  to: number
  siblings: readonly string[]
  /** The text of the list item of a section that the cursor is in, or of the section. */
  part: string
}

/** Stands for the word at the cursor while the text is parsed. */
const mark = 'hookwardencursor'

/** The place of a cursor: line and column are 0-based. Undefined in a comment or in a text that goes over lines. */
export function cursorAt(text: string, line: number, column: number): Cursor | undefined {
  const lines = text.split(/\r?\n/)
  const shown = lines[line]
  if (shown === undefined || isComment(shown, column)) return undefined
  const { from, to } = wordAt(shown, column)
  const word = shown.slice(from, to)
  const marked = `${shown.slice(0, from)}${mark}${shown.slice(to)}`
  const { first, last, head } = partAround(lines, line)
  const part = [...head, ...lines.slice(first, line), marked, ...lines.slice(line + 1, last)].join('\n')
  const found = findMark(part)
  return found && { ...found, word, from, to, part: lines.slice(first, last).join('\n') }
}

function isComment(line: string, column: number): boolean {
  const at = /(?:^|\s)#/.exec(line.replaceAll(/"[^"]*"|'[^']*'/g, text => '_'.repeat(text.length)))?.index
  return at !== undefined && at < column
}

/** The word around a column: up to what ends a key or a value in YAML. Words may have spaces in them. */
function wordAt(line: string, column: number): { from: number; to: number } {
  const before = /(?:^\s*(?:- +)*|[[{,]\s*|: +|\s- +)(["']?[^[\]{},"']*)$/.exec(line.slice(0, column))?.[1] ?? ''
  const plain = before.replace(/^.*: +/, '')
  const after = /^[^:[\]{},#"']*/.exec(line.slice(column))?.[0].trimEnd() ?? ''
  return { from: column - plain.length, to: column + after.length }
}

/**
 * The lines that tell where a line is: of its section and, if that is a list, its item. Parsing the rest would take long,
 * and a mistake elsewhere would matter. `head` is the key of the section if it is further up.
 */
function partAround(lines: readonly string[], line: number): { first: number; last: number; head: string[] } {
  const isSection = (text = '') => /^[^\s#-]/.test(text)
  if (/^\S?/.exec(lines[line] ?? '')?.[0] !== '' || (lines[line] ?? '') === '') {
    if (!/^-/.test(lines[line] ?? '')) return { first: line, last: line + 1, head: [] }
  }
  let top = line
  while (top > 0 && !isSection(lines[top])) top -= 1
  let bottom = line + 1
  while (bottom < lines.length && !isSection(lines[bottom])) bottom += 1
  const indent = lines
    .slice(top + 1, bottom)
    .map(dashOf)
    .find(found => found !== undefined)
  if (indent === undefined) return { first: top, last: bottom, head: [] }
  const startsItem = (at: number) => dashOf(lines[at] ?? '') === indent
  let first = line
  while (first > top && !startsItem(first)) first -= 1
  if (first === top) return { first: top, last: bottom, head: [] }
  let last = line + 1
  while (last < bottom && !startsItem(last)) last += 1
  return { first, last, head: [lines[top] ?? ''] }
}

function dashOf(line: string): number | undefined {
  return /^(\s*)- /.exec(`${line} `)?.[1]?.length
}

function findMark(text: string): Pick<Cursor, 'path' | 'isKey' | 'siblings'> | undefined {
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, logLevel: 'silent' })
  let found: Pick<Cursor, 'path' | 'isKey' | 'siblings'> | undefined
  visit(document, {
    Scalar(key, node, ancestors) {
      if (typeof node.value !== 'string' || !node.value.includes(mark)) return
      const isKey = key === 'key'
      found = { path: pathOf(ancestors), isKey, siblings: isKey ? siblingsIn(ancestors) : [] }
      return visit.BREAK
    },
  })
  return found
}

function pathOf(ancestors: readonly unknown[]): (string | null)[] {
  return ancestors.flatMap((node, at) => {
    const next = ancestors[at + 1]
    if (isPair(node))
      return next === undefined && !isMarked(node.value) ? [] : [String(isScalar(node.key) ? node.key.value : '')]
    const isList = typeof node === 'object' && node !== null && 'items' in node && !isMap(node)
    return isList ? [null] : []
  })
}

function isMarked(node: unknown): boolean {
  return isScalar(node) && typeof node.value === 'string' && node.value.includes(mark)
}

function siblingsIn(ancestors: readonly unknown[]): string[] {
  const map = ancestors.findLast(node => isMap(node))
  if (!isMap(map)) return []
  return map.items.flatMap(({ key }) => (isScalar(key) && !isMarked(key) ? [String(key.value)] : []))
}
