import type { MapNode, Node } from '../../yaml/node.ts'
import type { FieldRef } from '../field.ts'
import type { Pattern } from '../pattern.ts'
import type { FoundPattern, MatchText, RewriteStep } from '../rule.ts'
import { keys } from '../vocabulary.ts'
import { readSign } from './kind-step.ts'
import { type MappingForm, readMapping, required } from './mapping.ts'
import { groupNamed, groupsText } from './match-name.ts'
import { readPatternAt } from './operand.ts'
import type { Scope } from './scope.ts'
import { asText } from './shape.ts'
import { readBraces } from './template.ts'

type Place = { field: FieldRef; scope: Scope }

/** The step `mask pattern`, whose pattern is at a node, with the sign that `entries` may have beside it. */
export function readMaskPattern(node: Node, { entries }: MapNode, place: Place): RewriteStep | undefined {
  const found = readFound('mask pattern', node, place)
  const sign = readSign(entries.find(({ key }) => key === 'with')?.value, place.scope)
  return found && sign !== undefined ? { kind: 'mask pattern', ...found, with: sign } : undefined
}

const form: MappingForm = {
  place: '"replace pattern"',
  keys: keys['replace pattern'],
  example: "{ find: '!{2,}', with: '!' }",
}

/** The step `replace pattern`: what to find, and what to put in its place. */
export function readReplacePattern(node: Node, place: Place): RewriteStep | undefined {
  const { reporter } = place.scope
  const entries = readMapping(node, form, reporter)
  const parts = entries && required(entries, keys['replace pattern'], { node, form, reporter })
  if (parts === undefined) return undefined
  const found = readFound('find', parts.find.value, place)
  const text = found && readMatchText(parts.with.value, found.pattern, place.scope)
  return found && text && { kind: 'replace pattern', ...found, with: text }
}

function readFound(name: string, node: Node, { field, scope }: Place): FoundPattern | undefined {
  const isExact = field.kind !== 'text' && field.kind !== 'part'
  if (node.kind === 'broken') return undefined
  const pattern = readPatternAt({ name, operand: 'pattern' }, node, { field, span: node.span, isExact, scope })
  return pattern && { pattern, isExact }
}

/** A text in which `{match}` and `{match.1}` are what was found. */
function readMatchText(node: Node, pattern: Pattern, { reporter }: Scope): MatchText | undefined {
  const text = asText(node, 'what is put in its place', reporter)
  if (text === undefined || node.kind !== 'scalar') return undefined
  const pieces = readBraces(text, node, reporter)?.map(piece => {
    if (typeof piece === 'string') return piece
    const group = groupNamed(piece.name)
    if (group !== undefined && group <= pattern.groups) return group
    const message =
      group === undefined
        ? `Only {match} and its groups can stand here, and not {${piece.name}}`
        : `The pattern ${pattern.source} has ${groupsText(pattern.groups)}, so there is no {${piece.name}}`
    const hint =
      group === undefined ? 'Write {match} for what was found, {match.1} for its first group' : 'A group stands in ( )'
    reporter.error('bad-template', piece.span, message, hint)
    return undefined
  })
  return pieces === undefined || pieces.includes(undefined) ? undefined : (pieces as MatchText)
}
