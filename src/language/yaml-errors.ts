import type { YAMLError } from 'yaml'
import type { Source } from './source.ts'
import { openBracket } from './yaml-brackets.ts'
import { lastLine, missingComma, secondColon, strayBracket, trailing } from './yaml-inline.ts'
import { after, isClosing, type Lexeme, lexemeAt, lexemes } from './yaml-lexemes.ts'
import { type Broken, lineWithoutColon, misplacedDash, misplacedLine } from './yaml-lines.ts'
import { openQuote } from './yaml-quotes.ts'
import { bracketInKey, errorTrap, type Trap } from './yaml-traps.ts'
import { cite } from './yaml-wording.ts'

/**
 * What an author did, judging by the first place where YAML breaks and by what stands before it.
 *
 * `errors` are the library's, at least one; its words and, often, its places are of no use to an author. Pure.
 */
export function explain({ text }: Source, errors: readonly YAMLError[]): Trap {
  const [first] = errors.toSorted((a, b) => a.pos[0] - b.pos[0])
  const at = Math.min(first?.pos[0] ?? 0, text.length)
  const all = lexemes(text)
  const broken = { text, all }
  const place = lexemeAt(all, at)
  const index = all[place]?.type === 'comment' && first?.code !== 'MISSING_CHAR' ? after(all, place) : place
  return (
    openQuote(text, all, at) ??
    openBracket(text, all, at) ??
    tabIndent(broken, at, first) ??
    byCode(broken, index, first) ??
    unreadable(broken, at, index)
  )
}

/** A tab where blanks indent, on the line of the error. */
function tabIndent({ text, all }: Broken, at: number, error: YAMLError | undefined): Trap | undefined {
  const next = all[lexemeAt(all, at)]
  if (error?.code === 'TAB_AS_INDENT') return tab(text, text.indexOf('\t', at))
  if (next === undefined || next.depth > 0) return undefined
  const line = text.lastIndexOf('\n', next.start - 1) + 1
  const found = /^ *\t/.exec(text.slice(line, next.start))
  return found === null ? undefined : tab(text, line + found[0].length - 1)
}

function tab(text: string, start: number): Trap {
  let end = start
  while (text[end] === '\t') end++
  const hint = 'Indent with blanks (the space bar), two for each level'
  return errorTrap('tab', start, end - start, 'A tab cannot indent in YAML', hint)
}

function byCode(broken: Broken, index: number, error: YAMLError | undefined): Trap | undefined {
  const lexeme = broken.all[index]
  if (lexeme === undefined) return undefined
  if (lexeme.type === 'comment') return gluedComment(lexeme)
  if (isClosing(lexeme.type)) return strayBracket(broken, index)
  if (lexeme.type === 'seq-item-ind' && lexeme.isFirst) return misplacedDash(broken, index)
  const inKey = keyBefore(broken, index)
  if (inKey !== undefined) return inKey
  switch (error?.code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return secondColon(broken, index)
    case 'MULTILINE_IMPLICIT_KEY':
      return lexeme.depth > 0 ? missingComma(lastLine(broken.text, lexeme)) : lineWithoutColon(broken, index)
    default:
      return lexeme.isFirst ? firstOfLine(broken, index, lexeme) : trailing(broken, index)
  }
}

function gluedComment({ start }: Lexeme): Trap {
  const hint = 'Write a blank before the # of a comment; put a text with a # in quotes'
  return errorTrap('glued-hash', start, 1, 'There is no blank before this #', hint)
}

/** The key before, when a bracket opens inside it: it lost its colon, or its colon the blank. */
function keyBefore({ text, all }: Broken, index: number): Trap | undefined {
  const key = all[index - 2]
  if (key?.type !== 'scalar' || all[index - 1]?.type !== 'map-value-ind') return undefined
  return bracketInKey(text.slice(key.start, key.end), key.start)
}

function firstOfLine(broken: Broken, index: number, { type, start, end, depth }: Lexeme): Trap | undefined {
  const { text, all } = broken
  const isKey = all[after(all, index)]?.type === 'map-value-ind'
  if (depth > 0)
    return type === 'comma' ? trailing(broken, index) : missingComma({ raw: text.slice(start, end), start })
  if (isKey) return misplacedLine(broken, index)
  return type === 'scalar' || type === 'alias' ? lineWithoutColon(broken, index) : undefined
}

function unreadable({ text, all }: Broken, at: number, index: number): Trap {
  const { start, end } = all[index] ?? all.at(-1) ?? { start: Math.min(at, text.length - 1), end: text.length }
  const [line = ''] = text.slice(start, end).split(/\r?\n/, 1)
  const hint = 'Check the line and the one above: blanks at the beginning, colons, brackets, quotes'
  const message = line === '' ? 'The file cannot be read from here' : `${cite(line)} cannot be read here`
  return errorTrap('yaml-syntax', start, Math.max(1, line.trimEnd().length), message, hint)
}
