import { CST, Lexer } from 'yaml'

/** What a lexeme is: the library's name of it, or `unknown`. */
export type LexemeType = CST.TokenType | 'block-text' | 'unknown'

/** One word, sign or text of a YAML file; blanks and ends of lines are left out. */
export type Lexeme = {
  type: LexemeType
  start: number
  end: number
  /** How many brackets are open around it; an opening and its closing bracket have the same. */
  depth: number
  /** True for the first of its line, comments counted. */
  isFirst: boolean
}

/** A file that YAML cannot read, cut into lexemes. */
export type Broken = { text: string; all: readonly Lexeme[] }

/**
 * A YAML text cut into lexemes, broken or not.
 *
 * Where the lexer gives up on brackets that nothing closes there is a `flow-error-end` of no length. Pure.
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
    // A block text goes to the end of its last line.
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
      // What ends brackets by force is a sign that is not in the text.
      const end = type === 'flow-error-end' ? offset : offset + word.length
      yield { type, start: offset, end }
      offset = end
      if (type === 'block-scalar-header') afterHeader = true
      else if (isScalar) afterHeader = false
    }
    isScalar = isMark && word === CST.SCALAR
  }
}

/** What stands behind a `|` or `>` on its line is handed over in one piece, whatever it begins with. */
function wordType(word: string, afterHeader: boolean): LexemeType {
  const type = CST.tokenType(word) ?? 'unknown'
  return afterHeader && type !== 'space' && type !== 'newline' && type !== 'comment' ? 'unknown' : type
}

/** True for `{` and `[`. Pure. */
export function isOpening(type: LexemeType): boolean {
  return type === 'flow-map-start' || type === 'flow-seq-start'
}

/** True for `}` and `]`. Pure. */
export function isClosing(type: LexemeType): boolean {
  return type === 'flow-map-end' || type === 'flow-seq-end'
}

/** True for a text in quotes. Pure. */
export function isQuoted(type: LexemeType): boolean {
  return type === 'single-quoted-scalar' || type === 'double-quoted-scalar'
}

/** The index of the first lexeme that ends after an offset; by halves. Pure. */
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

/** The index of the next lexeme that is no comment, or one outside the list. Pure. */
export function after(all: readonly Lexeme[], index: number): number {
  return skipComments(all, index + 1, 1)
}

/** The index of the lexeme before that is no comment, or -1. Pure. */
export function before(all: readonly Lexeme[], index: number): number {
  return skipComments(all, index - 1, -1)
}

function skipComments(all: readonly Lexeme[], index: number, step: 1 | -1): number {
  let at = index
  while (all[at]?.type === 'comment') at += step
  return at
}
