import { type Broken, isClosing, isOpening, type Lexeme } from '../lexemes.ts'

/** The whole value around a lexeme, up to the end of its line. */
export function valueAround({ text, all }: Broken, index: number): { start: number; end: number } {
  const { depth } = all[index] as Lexeme
  let first = index
  while (all[first]?.isFirst === false && belongs(all[first - 1], depth)) first--
  let last = index
  const goesOn = isUnmatched(all, index) ? isText : followsOn
  while (all[last + 1]?.isFirst === false && goesOn(all, last + 1, depth)) last++
  const { start } = all[first] as Lexeme
  const [line = ''] = text.slice(start, all[last]?.end).split(/\r?\n/, 1)
  return { start, end: start + line.trimEnd().length }
}

/** True for an opening bracket that is part of the text, since it has no closing bracket. */
function isUnmatched(all: readonly Lexeme[], index: number): boolean {
  const { type, depth } = all[index] as Lexeme
  if (!isOpening(type) || depth === 0) return false
  const closing = all.slice(index).find(lexeme => isClosing(lexeme.type) && lexeme.depth <= depth)
  return closing?.type !== (type === 'flow-map-start' ? 'flow-map-end' : 'flow-seq-end')
}

function isText(all: readonly Lexeme[], index: number): boolean {
  const type = all[index]?.type ?? 'comma'
  return type !== 'comma' && type !== 'comment' && !isClosing(type)
}

function belongs(lexeme: Lexeme | undefined, depth: number): boolean {
  if (lexeme === undefined || lexeme.depth < depth) return false
  if (lexeme.depth > depth) return true
  return !['map-value-ind', 'seq-item-ind', 'comma', 'explicit-key-ind', 'doc-start'].includes(lexeme.type)
}

function followsOn(all: readonly Lexeme[], index: number, depth: number): boolean {
  const lexeme = all[index]
  if (lexeme === undefined || lexeme.type === 'comment' || lexeme.depth < depth) return false
  if (depth === 0 || lexeme.depth > depth) return true
  return lexeme.type === 'comma' ? isInText(all, index, depth) : lexeme.type !== 'flow-error-end'
}

/** True for a comma in braces without a pair after it: it belongs to the text before it. */
function isInText(all: readonly Lexeme[], index: number, depth: number): boolean {
  const end = all.findIndex(
    ({ type, depth: here }, at) => at > index && (here < depth || endsEntry(type, here === depth)),
  )
  return all[end]?.type === 'flow-map-end' || (all[end]?.type === 'comma' && isInBraces(all, index, depth))
}

function endsEntry(type: Lexeme['type'], isHere: boolean): boolean {
  return isHere && (type === 'comma' || type === 'map-value-ind')
}

function isInBraces(all: readonly Lexeme[], index: number, depth: number): boolean {
  return all.slice(0, index).findLast(lexeme => lexeme.depth < depth)?.type === 'flow-map-start'
}
