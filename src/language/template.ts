import type { FieldRef } from './field.ts'
import { readField } from './field.ts'
import type { ScalarNode } from './node.ts'
import type { Template } from './rule.ts'
import type { Scope } from './scope.ts'
import type { Span } from './source.ts'

/**
 * A text whose `{field}`s are looked up in the callbacks of the scope; undefined when something is wrong (reported).
 *
 * `{{` and `}}` are braces, a lone `}` is itself. `text` is the value of `node`.
 */
export function readTemplate(text: string, node: ScalarNode, scope: Scope): Template | undefined {
  const pieces: (string | FieldRef)[] = []
  let isWhole = true
  let plain = ''
  let at = 0
  for (const { 0: found, index } of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|\{/g)) {
    plain += text.slice(at, index)
    at = index + found.length
    if (found === '{{' || found === '}}') {
      plain += found.charAt(0)
      continue
    }
    const field = readPlaceholder(found, spanWithin(node, text, index, at), scope)
    if (field === undefined) isWhole = false
    else pieces.push(plain, field)
    plain = ''
  }
  return isWhole ? [...pieces, plain + text.slice(at)].filter(piece => piece !== '') : undefined
}

function readPlaceholder(found: string, span: Span, scope: Scope): FieldRef | undefined {
  const name = found.slice(1, -1).trim()
  const hint = 'Write {{ and }} for braces, and {nickName} for the value of a field'
  if (!found.endsWith('}')) {
    scope.reporter.error('bad-template', span, 'This brace is opened and never closed', hint)
    return undefined
  }
  if (/^[\p{L}_][\p{L}\p{N}_]*(\.[^\s."]+)*$/u.test(name)) return readField(name, span, scope.callbacks, scope.reporter)
  scope.reporter.error('bad-template', span, `There is no field's name in "${found}"`, hint)
  return undefined
}

/** The place of a part of a text; the whole text where escapes or line folding moved it. */
function spanWithin(node: ScalarNode, text: string, start: number, end: number): Span {
  const { span, raw } = node
  const shift = raw === text ? 0 : raw.slice(1, -1) === text ? 1 : undefined
  return shift === undefined
    ? span
    : { file: span.file, start: span.start + shift + start, end: span.start + shift + end }
}
