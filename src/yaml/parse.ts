import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser, type YAMLParseError } from 'yaml'
import type { Diagnostic } from './diagnostic.ts'
import { handy } from './fix.ts'
import { mergeMark } from './mistakes/copied.ts'
import { explainBroken } from './mistakes/explain.ts'
import { directive, secondDocument, tooDeep, tooLong, tooMuch } from './mistakes/refused.ts'
import type { Trap, TrapEdit } from './mistakes/trap.ts'
import { insideCurlyQuotes } from './mistakes/traps.ts'
import type { Node } from './node.ts'
import { inShort, maxOfFile } from './reporter.ts'
import type { Source } from './source.ts'
import { readTree } from './tree.ts'

/** How deep brackets and indented lines may be nested. */
export const maxDepth = 32

/** The longest YAML file, in UTF-16 code units: some 10,000 rules. The library takes seconds for more. */
export const maxYamlLength = 4 * 1024 * 1024

/** The most lexemes and line ends of a YAML file: the library takes up to a kilobyte of memory for each. */
export const maxLexemes = 1_000_000

export type ParsedYaml = { root: Node | null; diagnostics: readonly Diagnostic[] }

/**
 * Parses a file into a tree with places.
 *
 * If the YAML itself is broken, there is one diagnostic and no root; an empty file has neither. Otherwise each trap
 * that an author fell into is a diagnostic, and the place of an error is `broken` in the tree. Never throws. Pure.
 */
export function parseYaml(source: Source): ParsedYaml {
  const { root, traps } = read(source)
  const told = mostlyTold(traps).map(trap => insideCurlyQuotes(source.text, trap))
  const tried = root === null ? withTriedFixes(source, told) : told
  return { root, diagnostics: tried.map(trap => inShort(toDiagnostic(source, trap))) }
}

/** One trap more than the limit is kept, to show that there are more: a file can have very many. */
function mostlyTold(traps: readonly Trap[]): Trap[] {
  const counts = { error: 0, warning: 0 }
  return traps.filter(({ severity }) => ++counts[severity] <= maxOfFile + 1)
}

/** How many characters are parsed again in total to try fixes. */
const mostTried = 512 * 1024

/** When YAML breaks, the cause is a guess: only fixes that let the parser get further are kept. */
function withTriedFixes(source: Source, traps: readonly Trap[]): Trap[] {
  let left = mostTried
  return traps.map(({ fixes: all = [], ...trap }) => {
    left -= all.length * source.text.length
    if (left < 0) return trap
    const tried = all.map(fix => ({ fix, comes: comesOf(source, trap, fix.edits) }))
    const whole = tried.filter(({ comes }) => comes === 'readable')
    const fixes = (whole.length > 0 ? whole : tried.filter(({ comes }) => comes === 'further')).map(({ fix }) => fix)
    return fixes.length > 0 ? { ...trap, fixes } : trap
  })
}

/** How far a file can be read after a change. */
function comesOf(
  { file, text }: Source,
  { start }: Trap,
  edits: readonly TrapEdit[],
): 'readable' | 'further' | 'no further' {
  const { traps } = read({ file, text: edited(text, edits) })
  const grown = edits.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0)
  const next = traps.find(({ severity }) => severity === 'error')
  if (next === undefined) return 'readable'
  return next.start > start + Math.max(0, grown) ? 'further' : 'no further'
}

function edited(text: string, edits: readonly TrapEdit[]): string {
  const fromTheEnd = [...edits].sort((a, b) => b.start - a.start)
  return fromTheEnd.reduce(
    (current, { start, end, text: written }) => current.slice(0, start) + written + current.slice(end),
    text,
  )
}

/** An empty span would be invisible: it takes the next character, if there is one. */
function toDiagnostic({ file, text }: Source, { start, end, fixes, ...said }: Trap): Diagnostic {
  const span = { file, start, end: Math.max(end, Math.min(start + 1, text.length)) }
  const placed = handy(
    fixes?.map(({ label, edits }) => ({
      label,
      edits: edits.map(edit => ({ span: { file, start: edit.start, end: edit.end }, text: edit.text })),
    })),
  )
  return { ...said, span, ...(placed.length > 0 && { fixes: placed }) }
}

type Read = { root: Node | null; traps: Trap[] }

function read(source: Source): Read {
  const { text } = source
  if (text.length > maxYamlLength) return refused(tooLong(maxYamlLength))
  const { tokens, deepAt, isTooMuch } = tokenize(text)
  if (isTooMuch) return refused(tooMuch(maxLexemes))
  if (deepAt !== undefined) return refused(tooDeep(deepAt, maxDepth))
  const [line] = tokens.filter(token => token.type === 'directive')
  if (line !== undefined && !isOfThisYaml(line.source)) return refused(directive(line.source, line.offset))
  const mark = mergeMark(text)
  if (mark !== undefined) return refused(mark)
  const [first, second] = tokens.filter(token => token.type === 'document')
  const document = compose(tokens, text.length)
  const fatal = document.errors.filter(({ code }) => !harmless.has(code))
  const broken = fatal.length === 0 ? undefined : explainBroken(source, fatal)
  const next = second === undefined ? undefined : secondDocument(text, startOf(second))
  if (next !== undefined && (broken === undefined || next.start <= broken.start)) return refused(next)
  if (broken !== undefined) return refused(broken)
  const tree = readTree(source, document.contents, first?.start ?? [])
  return hasError(tree.traps) || document.errors.length === 0 ? tree : refused(explainBroken(source, document.errors))
}

/** The version of YAML that rule files are in: to name it changes nothing. */
function isOfThisYaml(directive: string): boolean {
  return /^%YAML[ \t]+1\.2[ \t]*(?:#.*)?$/.test(directive.trimEnd())
}

function refused(trap: Trap): Read {
  return { root: null, traps: [trap] }
}

function hasError(traps: readonly Trap[]): boolean {
  return traps.some(({ severity }) => severity === 'error')
}

/**
 * Tokenizes with the library's parser, until the nesting is too deep.
 *
 * The later stages recurse once per level, so the depth must be known first.
 */
function tokenize(text: string): { tokens: CST.Token[]; deepAt?: number; isTooMuch?: true } {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let count = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > maxLexemes) return { tokens, isTooMuch: true }
    for (const token of parser.next(lexeme)) tokens.push(token)
    // One error is enough, and a broken file can have very many.
    if (tokens.at(-1)?.type === 'error') break
    // The document itself is the first on the stack.
    if (parser.stack.length > maxDepth + 1) return { tokens, deepAt: Math.max(0, parser.offset - 1) }
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens }
}

function compose(tokens: readonly CST.Token[], length: number): Document.Parsed<ParsedNode> {
  // The library checks for unique keys in quadratic time; see yaml/keys.ts.
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    stringKeys: true,
    uniqueKeys: false,
    keepSourceTokens: true,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const [document] = composer.compose(tokens, true, length)
  return document as Document.Parsed<ParsedNode>
}

/** Errors that leave the tree as it was meant: they have their own messages. */
const harmless = new Set<YAMLParseError['code']>([
  'BAD_ALIAS',
  'BAD_COLLECTION_TYPE',
  'BAD_DQ_ESCAPE',
  'BAD_SCALAR_START',
  'NON_STRING_KEY',
  'TAG_RESOLVE_FAILED',
])

/** Where the first token or value of a document is. */
function startOf(document: CST.Document): number {
  const sign = document.start.find(({ type }) => type !== 'space' && type !== 'newline' && type !== 'comment')
  return sign?.offset ?? document.value?.offset ?? document.offset
}
