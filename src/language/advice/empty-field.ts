import type { Diagnostic } from '../../yaml/diagnostic.ts'
import type { Node } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import { keys } from '../vocabulary.ts'
import { isOfCondition } from './meant-outcome.ts'

const choices = [
  ['present', 'it has a value'],
  ['absent', 'it has none'],
  ['""', 'it is an empty text'],
] as const

/** What to write for a field in a condition with nothing after it: a finding about YAML, which knows no fields. */
export function withFieldChoices(found: Diagnostic, root: Node | null, text: string): Diagnostic {
  const { code, span } = found
  if (code !== 'empty-value' || root === null) return found
  const path = keysTo(span, root)
  const key = path.at(-1) ?? ''
  const isTest = path.some(each => conditionKeys.has(each)) && !path.includes('rewrite')
  if (!isTest || !isOfCondition(key) || keys.condition.some(word => word === key)) return found
  const hint = `Write ${choices.map(([word, meaning]) => `${word} (${meaning})`).join(', ')}, or a test`
  const at = text.indexOf(':', span.end) + 1
  const edits = (word: string) => [{ span: { file: span.file, start: at, end: at }, text: ` ${word}` }]
  return { ...found, hint, fixes: choices.map(([word]) => ({ label: `Write ${key}: ${word}`, edits: edits(word) })) }
}

const conditionKeys: ReadonlySet<string> = new Set(['when', 'unless', 'conditions'])

/** The keys down to the one at a place. */
function keysTo(span: Span, root: Node): readonly string[] {
  const path: string[] = []
  let node: Node | undefined = root
  while (node?.kind === 'map' || node?.kind === 'list') {
    if (node.kind === 'list') {
      node = node.items.find(item => item.span.start <= span.start && span.start < item.span.end)
      continue
    }
    const entry = node.entries.findLast(({ keySpan }) => keySpan.start <= span.start)
    if (entry !== undefined) path.push(entry.key)
    if (entry === undefined || entry.keySpan.start === span.start) break
    node = entry.value
  }
  return path
}
