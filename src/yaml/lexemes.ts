import { CST, Lexer } from 'yaml'

/** What a lexeme is: the library's name of it, or `unknown`. */
export type LexemeType = CST.TokenType | 'block-text' | 'unknown'

/** One word, punctuation mark or text of a YAML file, except spaces and line ends. */
export type Lexeme = {
  type: LexemeType
  start: number
  end: number
  /** The number of open brackets around it; an opening and its closing bracket have the same. */
  depth: number
  /** True for the first one on its line, counting comments. */
  isFirst: boolean
}

/** A file that YAML cannot read, split into lexemes. */
export type Broken = { text: string; all: readonly Lexeme[] }

/**
 * Splits a YAML text into lexemes, valid or not.
 *
 * A `flow-error-end` without length marks where the lexer gives up on unclosed brackets.
 */
export function lexemes(text: string): Lexeme[] {
  const found: Lexeme[] = []
  let depth = 0
  let isFirst = true
  for (const { type, start, end } of words(text)) {
    if (type === 'newline') isFirst = true
    if (type === 'newline' || type === 'space' || type === 'byte-order-mark') continue
    if (type === 'scalar' && start === end) continue
    if (isClosing(type) && depth > 0) depth--
    if (type === 'flow-error-end') depth = 0
    found.push({ type, start, end, depth, isFirst })
    if (isOpening(type)) depth++
    // A block text extends to the end of its last line.
    isFirst = type === 'flow-error-end' ? isFirst : type === 'block-text'
  }
  return found
}

type Word = { type: LexemeType; start: number; end: number }

function* words(text: string): Generator<Word> {
  let offset = 0
  let isScalar = false
  let afterHeader = false
  for (const word of new Lexer().lex(text)) {
    const isMark: boolean = !isScalar && (word === CST.SCALAR || word === CST.DOCUMENT)
    if (!isMark) {
      const type = isScalar ? (afterHeader ? 'block-text' : 'scalar') : wordType(word, afterHeader)
      // A forced end of brackets is not in the text.
      const end = type === 'flow-error-end' ? offset : offset + word.length
      yield { type, start: offset, end }
      offset = end
      if (type === 'block-scalar-header') afterHeader = true
      else if (isScalar) afterHeader = false
    }
    isScalar = isMark && word === CST.SCALAR
  }
}

/** The text after a `|` or `>` on its line is a single lexeme, whatever it starts with. */
function wordType(word: string, afterHeader: boolean): LexemeType {
  const type = CST.tokenType(word) ?? 'unknown'
  return afterHeader && type !== 'space' && type !== 'newline' && type !== 'comment' ? 'unknown' : type
}

/** True for `{` and `[`. */
export function isOpening(type: LexemeType): boolean {
  return type === 'flow-map-start' || type === 'flow-seq-start'
}

/** True for `}` and `]`. */
export function isClosing(type: LexemeType): boolean {
  return type === 'flow-map-end' || type === 'flow-seq-end'
}

/** True for a text in quotes. */
export function isQuoted(type: LexemeType): boolean {
  return type === 'single-quoted-scalar' || type === 'double-quoted-scalar'
}

/** The index of the first lexeme that ends after an offset, by binary search. */
export function lexemeAt(all: readonly Lexeme[], offset: number): number {
  let low = 0
  let high = all.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle] as Lexeme).end <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The index of the next lexeme that is not a comment, or one beyond the list. */
export function after(all: readonly Lexeme[], index: number): number {
  return skipComments(all, index + 1, 1)
}

/** The index of the previous lexeme that is not a comment, or -1. */
export function before(all: readonly Lexeme[], index: number): number {
  return skipComments(all, index - 1, -1)
}

function skipComments(all: readonly Lexeme[], index: number, step: 1 | -1): number {
  let at = index
  while (all[at]?.type === 'comment') at += step
  return at
}
