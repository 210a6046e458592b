/**
 * Texts that a regular expression probably matches; anchors are ignored.
 *
 * Only a guess: callers must check it against the pattern. Never throws.
 */
export function samplesOf(source: string): readonly string[] {
  const reader: Reader = { source: source.replace(/^\(\?[a-z]+\)/, ''), at: 0 }
  const least = alternatives(reader, 0)
  return reader.at < reader.source.length ? [] : [least]
}

type Reader = { source: string; at: number }

/** The deepest supported nesting of groups; nobody writes deeper ones. */
const deepest = 20

/** The first of several alternatives. */
function alternatives(reader: Reader, depth: number): string {
  let first: string | undefined
  do {
    const text = sequence(reader, depth)
    first ??= text
  } while (take(reader, /\|/y) !== '')
  return first
}

function sequence(reader: Reader, depth: number): string {
  let text = ''
  while (reader.at < reader.source.length && !/[|)]/.test(reader.source[reader.at] as string)) {
    const piece = atom(reader, depth)
    text += piece.repeat(times(reader))
    // Nested repetitions could grow without limit, and a guess is enough.
    if (text.length > 200) return text.slice(0, 200)
  }
  return text
}

function times(reader: Reader): number {
  const sign = take(reader, /(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??/y)
  if (sign.startsWith('{')) return Math.min(Number(/\d+/.exec(sign)?.[0]), 200)
  return 1
}

function atom(reader: Reader, depth: number): string {
  if (take(reader, /\^|\$|\\[bBAz]/y) !== '') return ''
  if (take(reader, /\((?:\?(?::|P?<\w+>|[a-z]+:))?/y) !== '') {
    const inside = depth < deepest ? alternatives(reader, depth + 1) : ''
    take(reader, /\)/y)
    return inside
  }
  const group = take(reader, /\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]/sy)
  if (group !== '') return memberOf(group)
  return escaped(take(reader, /\\(?:[pP]\{[^}]*\}|x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|./suy))
}

function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.source)?.[0] ?? ''
  reader.at += found.length
  return found
}

/** One character for an escape or a dot. */
function escaped(piece: string): string {
  if (piece === '.') return 'a'
  if (!piece.startsWith('\\')) return piece
  const hex = /^\\(?:x\{?|u)([0-9a-fA-F]+)\}?$/.exec(piece)?.[1]
  if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff))
  if (/^\\[pP]\{(?:Script=|sc=)?Han\}/.test(piece)) return '中'
  if (/^\\p\{N/.test(piece)) return '1'
  if (/^\\p\{/.test(piece)) return 'a'
  return { d: '1', w: 'a', s: ' ', D: 'a', W: '!', S: 'a', n: '\n', t: '\t' }[piece.slice(1)] ?? piece.slice(1)
}

/** A character of a class; for a negated class, the first of some common ones. */
function memberOf(group: string): string {
  const body = group.slice(1, -1)
  if (body.startsWith('^')) {
    return ['a', '1', ' ', '!', 'Z'].find(sign => !body.includes(sign)) ?? '~'
  }
  const named = /\[:(\w+):\]/.exec(body)?.[1]
  if (named !== undefined) return { digit: '1', space: ' ', punct: '!', upper: 'A' }[named] ?? 'a'
  return escaped(
    /^(?:\\(?:[pP]\{[^}]*\}|x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|.)/su.exec(body)?.[0] ?? '',
  )
}
