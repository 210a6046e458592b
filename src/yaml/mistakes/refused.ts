import { type CST, isScalar, type ParsedNode, type Scalar } from 'yaml'
import { shownCount } from '../limits.ts'
import { errorTrap, type Trap } from './trap.ts'
import { hashEntry, mustBeQuoted } from './traps.ts'
import { cite, quoted } from './wording.ts'

/** A file's text, and the words in it that could be anchors and aliases. */
export type MarkedText = { text: string; marks: ReadonlySet<string> }

/** All words that start with `&` or `*`: an alias without such an anchor was meant as a text. */
export function marksIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[&*][^\s,[\]{}]+/g))
}

/** True for `&name` and `!name` before a value. */
export function isAnchorOrTag({ type }: CST.SourceToken): boolean {
  return type === 'anchor' || type === 'tag'
}

/** True if YAML supplies null because nothing is written. */
export function isNothing(node: unknown): boolean {
  return isScalar(node) && node.source === '' && node.type === 'PLAIN'
}

/** An anchor or a tag, which rule files do not support, or a text that starts with `&` or `!`. */
export function refusedMark({ text, marks }: MarkedText, mark: CST.SourceToken, node: ParsedNode): Trap {
  const { type, offset, source } = mark
  if (type === 'tag' && /^!(?:!|<|$)/.test(source)) {
    const value = isScalar(node) && !isNothing(node) ? ` and quote a text: ${quoted(String(node.source))}` : ''
    return errorTrap(
      'explicit-tag',
      offset,
      source.length,
      `Rule files do not support tags such as ${source}`,
      `Remove it${value}`,
    )
  }
  const isAnchor = type === 'anchor' && (!isScalar(node) || marks.has(`*${source.slice(1)}`))
  if (isAnchor)
    return errorTrap('alias', offset, source.length, `Rule files do not support anchors such as ${source}`, nameInstead)
  // On a line of its own it is not part of the next text.
  const end = Math.max(offset + source.length, isScalar(node) ? node.range[1] : 0)
  const [line = source] = text.slice(offset, end).split('\n')
  return mustBeQuoted(line.trimEnd(), offset)
}

/** An alias, or a text that starts with `*` if no anchor has that name. */
export function refusedAlias({ text, marks }: MarkedText, [start, end]: readonly [number, number, ...number[]]): Trap {
  const source = text.slice(start, end)
  if (!marks.has(`&${source.slice(1)}`)) return mustBeQuoted(source, start)
  return errorTrap('alias', start, source.length, `Rule files do not support aliases such as ${source}`, nameInstead)
}
/** Drops reports about anchors that an alias or a merge uses: they are one mistake. */
export function withoutUsedAnchors(text: string, traps: readonly Trap[]): Trap[] {
  const used = new Set(traps.flatMap(({ code, start }) => (isUse(code) ? (usedAt(text, start) ?? []) : [])))
  return traps.filter(
    ({ code, start, end }) => code !== 'alias' || text[start] !== '&' || !used.has(text.slice(start + 1, end)),
  )
}

function isUse(code: Trap['code']): boolean {
  return code === 'alias' || code === 'merge-key'
}

/** The name in an alias or in a merge. */
function usedAt(text: string, start: number): string | undefined {
  const line = /(?:<<:[ \t]*\[?[ \t]*)?\*([^\s,[\]{}]+)/y
  line.lastIndex = start
  return line.exec(text)?.[1]
}

const nameInstead = 'Name the value under "conditions:", "codes:" or "lists:" and use that name; put a text in quotes'

/** A key or a dash with nothing after it, or with a comment that was meant as a text. */
export function nothingTrap(
  text: string,
  signs: readonly CST.SourceToken[],
  owner: { start: number; end: number },
  inFlow: boolean,
): Trap {
  const sign = signs.findLast(({ type }) => type === 'map-value-ind' || type === 'seq-item-ind')
  const entry = sign === undefined ? undefined : hashEntry(text, sign.offset + 1, inFlow)
  if (entry !== undefined) return entry
  const length = owner.end - owner.start
  if (sign?.type !== 'map-value-ind') {
    return errorTrap(
      'empty-value',
      owner.start,
      length,
      'There is nothing after this dash',
      'Write the list item, or delete the dash',
    )
  }
  const message = `There is nothing after ${cite(text.slice(owner.start, owner.end))}`
  const isText = textKeys.has(text.slice(owner.start, owner.end))
  const hint = `Write the value after the colon${isText ? ' ("" for an empty text)' : ''}, and indent lines that belong to it`
  return errorTrap('empty-value', owner.start, length, message, hint)
}

/** Keys that take an empty text. */
const textKeys: ReadonlySet<string> = new Set(['is', 'is not', 'set', 'with', 'why', 'message', 'detail'])

/** A `|` or `>` with no text below: an empty value, or a text such as `>5`. */
export function blockTrap(raw: string, { value, range }: Scalar.Parsed, owner: { start: number; end: number }): Trap[] {
  if (value !== '') return []
  const start = range[0]
  if (/^[|>]\d/.test(raw)) return [mustBeQuoted(raw, start)]
  const message = `There is no text below ${raw[0]}`
  const [at, length] = owner.end > owner.start ? [owner.start, owner.end - owner.start] : [start, 1]
  return [errorTrap('empty-value', at, length, message, 'Indent the text deeper, or write it on this line in quotes')]
}

/** An error about a second document. */
export function secondDocument(text: string, start: number): Trap {
  const length = text.startsWith('---', start) ? 3 : 1
  const hint = 'Delete this line, or move the rest to a file of its own'
  return errorTrap(
    'second-document',
    start,
    length,
    'A rule file is a single document, but a second one starts here',
    hint,
  )
}

/** A line at the start of a file that starts with `%`. */
export function directive(line: string, start: number): Trap {
  const raw = line.trimEnd()
  if (!/^%(?:YAML|TAG)\b/.test(raw)) return mustBeQuoted(raw, start)
  return errorTrap(
    'yaml-syntax',
    start,
    raw.length,
    'Rule files do not support lines such as %YAML',
    'Delete this line',
  )
}

/** More text than the library reads in reasonable time. */
export function tooLong(maxLength: number): Trap {
  const hint = 'Split it into several files, and move long lists into lists/*.txt'
  return errorTrap(
    'too-large',
    0,
    1,
    `This file is larger than ${maxLength / 1024 / 1024} MiB, the maximum for a rule file`,
    hint,
  )
}

/** More lexemes than can be read in one go. */
export function tooMuch(maxLexemes: number): Trap {
  const hint = 'Split it into several files, and move long lists into lists/*.txt'
  const message = `This file has more than ${shownCount(maxLexemes)} words, punctuation marks and spaces`
  return errorTrap('too-large', 0, 1, message, hint)
}

/** Deeper nesting than rules need. */
export function tooDeep(start: number, maxDepth: number): Trap {
  const message = `This is nested more than ${maxDepth} levels deep`
  return errorTrap('too-deep', start, 1, message, 'Name a condition under "conditions:" and use it, or split the rule')
}
