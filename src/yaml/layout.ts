import type { Edit } from './diagnostic.ts'
import type { Entry, Node } from './node.ts'
import type { Span } from './source.ts'

/** What stands in a place of a file. Pure. */
export function textAt({ start, end }: Span, text: string): string {
  return text.slice(start, end)
}

/** A value as it may stand inside braces: what is on one line, and no block of keys or dashes; else undefined. Pure. */
export function inOneLine(node: Node, text: string): string | undefined {
  const raw = textAt(node.span, text)
  if (node.kind === 'broken' || raw === '' || raw.includes('\n')) return undefined
  if (node.kind === 'scalar') return node.style === 'plain' && /[,[\]{}]/.test(raw) ? undefined : raw
  return isFlow(node, text) ? raw : undefined
}

/** Whether a list or mapping stands in brackets. Pure. */
export function isFlow({ kind, span }: Node, text: string): boolean {
  return (kind === 'list' && text[span.start] === '[') || (kind === 'map' && text[span.start] === '{')
}

/** The blanks that the line of an offset begins with. Pure. */
export function indentOf(offset: number, text: string): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1
  return /^ */.exec(text.slice(line, offset))?.[0] ?? ''
}

/** Take entries that follow each other out of their mapping, with what parts them from the others. Pure. */
export function takeOut(entries: readonly Entry[], all: readonly Entry[]): Edit[] {
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) return []
  const [before, next] = [all[all.indexOf(first) - 1], all[all.indexOf(last) + 1]]
  const { file } = first.keySpan
  const start = before?.value.span.end ?? first.keySpan.start
  const end = before === undefined ? (next?.keySpan.start ?? last.value.span.end) : last.value.span.end
  return [{ span: { file, start, end }, text: '' }]
}

/** Whether entries follow each other in their mapping. Pure. */
export function areTogether(entries: readonly Entry[], all: readonly Entry[]): boolean {
  const first = all.indexOf(entries[0] as Entry)
  return entries.every((entry, at) => all[first + at] === entry)
}

/** Write one entry in the place of another. Pure. */
export function inPlaceOf({ keySpan, value }: Entry, text: string): Edit {
  return { span: { ...keySpan, end: Math.max(keySpan.end, value.span.end) }, text }
}

/** Indent an entry, all lines of it, by so many blanks more. Pure. */
export function indented({ keySpan, value }: Entry, by: number, text: string): Edit[] {
  const whole = text.slice(keySpan.start, value.span.end)
  const lines = [0, ...[...whole.matchAll(/\n(?=[^\r\n])/g)].map(({ index }) => index + 1)]
  return lines.map(offset => {
    const at = keySpan.start + offset
    return { span: { file: keySpan.file, start: at, end: at }, text: ' '.repeat(by) }
  })
}

/** Every item of a list without its dash, its lines moved as far to the left as its first one. Pure. */
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

/** Every item of a list with a blank in the place of its dash: what follows stays where it is. Pure. */
export function blankDashes(items: readonly Node[], text: string): Edit[] {
  return items.map(({ span: { file, start } }) => {
    const dash = text.lastIndexOf('-', start)
    return { span: { file, start: dash, end: dash + 1 }, text: ' ' }
  })
}
