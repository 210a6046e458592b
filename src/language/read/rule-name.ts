import { type Advice, write } from '../../yaml/fix.ts'
import type { Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import type { Entries } from './mapping.ts'
import { asText, headOf } from './shape.ts'

/**
 * The name of a rule and its place; without a name, the place is where the rule starts.
 *
 * `isRight` is false if the rule may have been meant to have another name. `isOther` is true if something else is
 * written in place of the name: the rest of the rule cannot be read.
 */
export type RuleName = { id?: string; span: Span; isRight: boolean; isOther: boolean }

/** Reads the name of a rule; reports problems. */
export function readRuleName(node: Node, entries: Entries, reporter: Reporter): RuleName {
  const entry = entries.get('rule')
  const begin = headOf(node)
  if (entry === undefined) {
    if (!entries.isUnclear) {
      reporter.error('missing-key', begin, 'This rule has no name', 'Start it with - rule: no-links (or another name)')
    }
    return { span: begin, isRight: false, isOther: false }
  }
  const { value } = entry
  const id = asText(
    value,
    'the name of a rule',
    reporter,
    'Write only the name here, and the other lines at the level of "rule"',
  )
  const isOther = value.kind === 'map' || value.kind === 'list'
  if (id === undefined) return { span: value.span, isRight: false, isOther }
  const problem = nameProblem(id)
  if (problem === undefined) return { id, span: value.span, isRight: true, isOther }
  reporter.error('bad-name', value.span, `"${id}" is not a valid rule name: it ${problem}`, nameAdvice(id, value.span))
  return { id, span: value.span, isRight: false, isOther }
}

function nameProblem(id: string): string | undefined {
  if (id === 'everything') return 'means all rules'
  if (/^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+)*$/u.test(id)) return undefined
  return 'must be lowercase letters and digits, joined by single hyphens'
}

function nameAdvice(id: string, span: Span): string | Advice {
  const kebab = id
    .toLowerCase()
    .replaceAll(/[^\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return kebab === '' || kebab === 'everything' ? 'Write a name such as no-links' : write(span, kebab)
}
