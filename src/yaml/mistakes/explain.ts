import type { YAMLError } from 'yaml'
import { after, type Broken, isClosing, isQuoted, type Lexeme, lexemeAt, lexemes } from '../lexemes.ts'
import type { Source } from '../source.ts'
import { oddIndentAbove, tabBefore, tabs } from './blanks.ts'
import { openBracket } from './brackets.ts'
import { bracketInKey } from './colons.ts'
import { lastLine, missingComma, strayBracket, trailing } from './inline.ts'
import { lineWithoutColon, misplacedDash, misplacedLine } from './lines.ts'
import { openQuote } from './quotes.ts'
import { secondColon } from './second-colon.ts'
import { errorTrap, type Trap } from './trap.ts'
import { cite } from './wording.ts'

/**
 * Explains what an author did, judging by the first place where YAML breaks and by the text before it.
 *
 * `errors` are the library's, at least one; their words and, often, their places do not help authors.
 */
export function explainBroken({ text }: Source, errors: readonly YAMLError[]): Trap {
  const [first] = errors.toSorted((a, b) => a.pos[0] - b.pos[0])
  const at = Math.min(first?.pos[0] ?? 0, text.length)
  const all = lexemes(text)
  const broken = { text, all }
  const place = lexemeAt(all, at)
  const index = all[place]?.type === 'comment' && first?.code !== 'MISSING_CHAR' ? after(all, place) : place
  const reached = Math.max(at, all[index]?.start ?? 0)
  return (
    openQuote(text, all, reached) ??
    openBracket(text, all, reached) ??
    oddIndentAbove(text, reached) ??
    tabIndent(broken, at, first) ??
    byCode(broken, index, first) ??
    unreadable(broken, at, index)
  )
}

/** A tab in the indentation, on the line of the error. */
function tabIndent({ text, all }: Broken, at: number, error: YAMLError | undefined): Trap | undefined {
  const next = all[lexemeAt(all, at)]
  if (error?.code === 'TAB_AS_INDENT') return tabs(text, text.indexOf('\t', at))
  if (next === undefined || next.depth > 0) return undefined
  return tabBefore(text, next.start)
}

function byCode(broken: Broken, index: number, error: YAMLError | undefined): Trap | undefined {
  const lexeme = broken.all[index]
  if (lexeme === undefined) return undefined
  if (lexeme.type === 'comment') return gluedComment(lexeme)
  if (lexeme.type === 'block-text') return unevenBlock(broken.text, lexeme, error?.pos[0] ?? lexeme.start)
  if (isClosing(lexeme.type)) return strayBracket(broken, index)
  if (lexeme.type === 'seq-item-ind' && lexeme.isFirst) return misplacedDash(broken, index)
  const inKey = keyBefore(broken, index)
  if (inKey !== undefined) return inKey
  switch (error?.code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return secondColon(broken, index)
    case 'KEY_OVER_1024_CHARS':
      return longKey(lexeme)
    case 'MULTILINE_IMPLICIT_KEY':
      return lexeme.depth > 0 ? missingComma(lastLine(broken.text, lexeme)) : lineWithoutColon(broken, index)
    default:
      return lexeme.isFirst ? firstOfLine(broken, index, lexeme) : trailing(broken, index)
  }
}

function longKey({ start }: Lexeme): Trap {
  const hint = 'If the line is a text, put it in quotes'
  return errorTrap('yaml-syntax', start, 1, 'This key has more than 1,024 characters', hint)
}

function gluedComment({ start }: Lexeme): Trap {
  const hint = 'Write a space before the # of a comment; put a text with a # in quotes'
  return errorTrap('glued-hash', start, 1, 'There is no space before this #', hint)
}

/** The key before, if a bracket opens inside it: its colon is missing, or the space after it. */
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
  if (isQuoted(type) && all[index + 1]?.isFirst === false) return trailing(broken, index + 1)
  return lineWithoutColon(broken, index)
}

/** A line of a block text that is indented less than the first one, or an empty first line that is indented more. */
function unevenBlock(text: string, block: Lexeme, at: number): Trap {
  const start = text.lastIndexOf('\n', Math.max(at, block.start) - 1) + 1
  const [line = ''] = text.slice(start, block.end).split(/\r?\n/, 1)
  const lead = /^ */.exec(line)?.[0].length ?? 0
  if (line[lead] === '\t') return tabs(text, start + lead)
  const length = Math.max(1, line.length - lead)
  const message = `The text below | or > is indented unevenly at ${cite(line)}`
  const hint = 'Indent all lines of the text by the same number of spaces, including the first and empty lines'
  return errorTrap('bad-indent', start + lead, length, message, hint)
}

function unreadable({ text, all }: Broken, at: number, index: number): Trap {
  const { start, end } = all[index] ?? all.at(-1) ?? { start: Math.min(at, text.length - 1), end: text.length }
  const [line = ''] = text.slice(start, end).split(/\r?\n/, 1)
  const hint = 'Check this line and the one above: indentation, colons, brackets, quotes'
  const message = line === '' ? 'The file cannot be read from here on' : `${cite(line)} cannot be read here`
  return errorTrap('yaml-syntax', start, Math.max(1, line.trimEnd().length), message, hint)
}
