import type { Edit } from './diagnostic.ts'
import type { Entry, Node } from './node.ts'
import type { Span } from './source.ts'

/** The text of a span. */
export function textAt({ start, end }: Span, text: string): string {
  return text.slice(start, end)
}

/** A value as it can be written inside braces: on one line, and not a block of keys or dashes; else undefined. */
export function inOneLine(node: Node, text: string): string | undefined {
  const raw = textAt(node.span, text)
  if (node.kind === 'broken' || raw === '' || raw.includes('\n')) return undefined
  if (node.kind === 'scalar') return node.style === 'plain' && /[,[\]{}]/.test(raw) ? undefined : raw
  return isFlow(node, text) ? raw : undefined
}

/** Whether a list or mapping is in brackets. */
export function isFlow({ kind, span }: Node, text: string): boolean {
  return (kind === 'list' && text[span.start] === '[') || (kind === 'map' && text[span.start] === '{')
}

/** The spaces at the start of the line of an offset. */
export function indentOf(offset: number, text: string): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1
  return /^ */.exec(text.slice(line, offset))?.[0] ?? ''
}

/** Removes consecutive entries from their mapping, including separators. */
export function takeOut(entries: readonly Entry[], all: readonly Entry[]): Edit[] {
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) return []
  const [before, next] = [all[all.indexOf(first) - 1], all[all.indexOf(last) + 1]]
  const { file } = first.keySpan
  const start = before?.value.span.end ?? first.keySpan.start
  const end = before === undefined ? (next?.keySpan.start ?? last.value.span.end) : last.value.span.end
  return [{ span: { file, start, end }, text: '' }]
}

/** Whether entries are consecutive in their mapping. */
export function areTogether(entries: readonly Entry[], all: readonly Entry[]): boolean {
  const first = all.indexOf(entries[0] as Entry)
  return entries.every((entry, at) => all[first + at] === entry)
}

/** Replaces an entry by another text. */
export function inPlaceOf({ keySpan, value }: Entry, text: string): Edit {
  return { span: { ...keySpan, end: Math.max(keySpan.end, value.span.end) }, text }
}

/** Indents all lines of an entry by this many more spaces. */
export function indented({ keySpan, value }: Entry, by: number, text: string): Edit[] {
  const whole = text.slice(keySpan.start, value.span.end)
  const lines = [0, ...[...whole.matchAll(/\n(?=[^\r\n])/g)].map(({ index }) => index + 1)]
  return lines.map(offset => {
    const at = keySpan.start + offset
    return { span: { file: keySpan.file, start: at, end: at }, text: ' '.repeat(by) }
  })
}

/** Every item of a list without its dash, with its lines moved left as far as its first one. */
export function withoutDashes(items: readonly Node[], text: string): Edit[] {
  return items.flatMap(({ span }) => {
    const { file, start, end } = span
    const dash = text.lastIndexOf('-', start)
    const by = start - dash
    const lines = text.slice(start, end).matchAll(new RegExp(`\\n(?: *)(?<= {${by}})`, 'g'))
    const further = [...lines].map(({ index }) => start + index + 1)
    return [dash, ...further].map(at => ({ span: { file, start: at, end: at + by }, text: '' }))
  })
}

/** Replaces the dash of every list item by a space, so that the text after it stays in place. */
export function blankDashes(items: readonly Node[], text: string): Edit[] {
  return items.map(({ span: { file, start } }) => {
    const dash = text.lastIndexOf('-', start)
    return { span: { file, start: dash, end: dash + 1 }, text: ' ' }
  })
}
