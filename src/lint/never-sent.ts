import type { Callback, Field } from '../callbacks/callback.ts'
import { isNeverSent } from '../callbacks/fields.ts'
import { type Choice, type Literal, type Needed, neededBy } from '../compile/needed.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import { itemFields } from '../language/item.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { Span } from '../yaml/source.ts'
import { type Examined, warning } from './finding.ts'
import { testOf } from './literal.ts'

/** The fields that enforced rewrites set, by callback: field names, and those of items after the name of their list. */
export function settable(rules: readonly CompiledRule[]): ReadonlySet<string> {
  const names = rules.flatMap(({ outcome, mode, rule }) => {
    if (outcome.kind !== 'rewrite' || mode !== 'enforce') return []
    const fields = outcome.fields.flatMap(({ field, steps }) => [
      field.field.name,
      ...steps.flatMap(step =>
        step.kind === 'each item' ? step.fields.map(each => `${field.text}.${each.field.text}`) : [],
      ),
    ])
    return rule.callbacks.flatMap(({ name }) => fields.map(field => `${name} ${field}`))
  })
  return new Set(names)
}

/**
 * A condition that needs a value which the IM server never sends and no rewrite sets.
 *
 * Some fields exist only to be rewritten: the answer has them, the request does not. Others are in the server's types,
 * but nothing fills them.
 */
export function neverSent({ rule, needed, exception }: Examined, set: ReadonlySet<string>): Diagnostic | undefined {
  const { callbacks, span } = rule.rule
  if (callbacks.every(({ isDead }) => isDead)) {
    const message = `No known server sends "${callbacks[0]?.name}", so this rule never fires`
    return warning('meant-otherwise', span, message, 'Run "hookwarden callbacks" to see which callbacks are sent')
  }
  const inWhen = missingIn(needed, '', { callbacks, set })
  if (inWhen !== undefined) return toldOf(inWhen, 'this rule never fires')
  const inUnless = exception && missingIn(exception, '', { callbacks, set })
  return inUnless && toldOf(inUnless, '"unless" is never true')
}

/** A test that is never true, and the field that it is about: of the items of `list`, if any. */
type Missing = { place: Span; field: Field; list: string; isSettable: boolean }

/** The callbacks of a rule, and the fields that rewrites set. */
type Known = { callbacks: readonly Callback[]; set: ReadonlySet<string> }

function missingIn({ literals, choices }: Needed, list: string, known: Known): Missing | undefined {
  for (const literal of literals) {
    const found = missingFor(literal, list, known)
    if (found !== undefined) return found
  }
  for (const choice of choices) {
    const found = missingInEach(choice, list, known)
    if (found !== undefined) return found
  }
  return undefined
}

/** The missing field in the first part of a group, if every part misses one. */
function missingInEach({ judged, wantedOfParts }: Choice, list: string, known: Known): Missing | undefined {
  let first: Missing | undefined
  for (const part of judged.parts) {
    const found = missingIn(neededBy(part, wantedOfParts), list, known)
    if (found === undefined) return undefined
    first ??= found
  }
  return first
}

function missingFor(literal: Literal, list: string, known: Known): Missing | undefined {
  const test = testOf(literal)
  if (test === undefined) return undefined
  const { name } = test.field.field
  const fields = known.callbacks.flatMap(callback => fieldIn(callback, list, name) ?? [])
  if (fields.length > 0 && fields.every(isNeverSent)) {
    const path = list === '' ? name : `${list}.${name}`
    const isSet = known.callbacks.some(callback => known.set.has(`${callback.name} ${path}`))
    const mayHold = isSet || fields.some(field => literal.judged.judge(asSent(field)) === literal.wanted)
    const isSettable = fields.some(({ rewrite }) => rewrite !== undefined)
    return mayHold ? undefined : { place: literal.place, field: test.field.field, list, isSettable }
  }
  const { item } = literal.judged.leaf
  const needsItem = (test.word === 'any item') === literal.wanted && test.field.kind === 'list'
  const found = item && needsItem ? missingIn(neededBy(item, literal.wanted), name, known) : undefined
  return found && { ...found, place: literal.place }
}

function fieldIn({ fields }: Callback, list: string, name: string): Field | undefined {
  const all = list === '' ? fields : fields.filter(field => field.name === list).flatMap(itemFields)
  return all.find(field => field.name === name)
}

/** A call in which the field is as servers send it: absent, or "". */
function asSent({ name, neverSent, origin }: Field): View {
  const isEmpty = neverSent === 'empty text' && origin !== 'empty is absent'
  return new View(new Map(isEmpty ? [[name, '']] : []), 0)
}

function toldOf({ place, field, list, isSettable }: Missing, so: string): Diagnostic {
  const what = list === '' ? `"${field.name}"` : `"${field.name}" in the items of "${list}"`
  const says = field.neverSent === 'empty text' ? `always sends "" as ${what}` : `never sends ${what}`
  const message = `The IM server ${says}${isSettable ? ', and no rule sets it' : ''}, so ${so}`
  const hint = isSettable
    ? 'Rules can set this field but not test it: test a field that the server sends'
    : 'Test a field that the server sends'
  return warning('meant-otherwise', place, message, hint)
}
