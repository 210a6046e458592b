import type { Diagnostic } from '../../language/diagnostic.ts'
import { type Literal, neededBy } from '../needed.ts'
import type { CompiledRule } from '../ruleset.ts'
import { type Examined, warning } from './finding.ts'
import { testOf } from './literal.ts'

/** What rewrites in force set, by callback: names of fields, those of items after the name of their list. */
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
 * A rule that needs a field of which the IM server never sends a value, and that no rewrite sets.
 *
 * Such fields are there to be rewritten: the answer has them, and the request does not. Pure.
 */
export function neverSent({ rule, needed }: Examined, set: ReadonlySet<string>): Diagnostic | undefined {
  const { callbacks } = rule.rule
  for (const literal of needed.literals) {
    const found = neverSentIn(literal, '')
    if (found === undefined || callbacks.some(({ name }) => set.has(`${name} ${found}`))) continue
    const [name, list] = found.split('.').reverse()
    const what = list === undefined ? `"${name}"` : `"${name}" in the items of "${list}"`
    const message = `The IM server never sends ${what}, and no rule sets it, so this rule never fires`
    return warning('meant-otherwise', literal.place, message, 'It can only be rewritten: test what is sent')
  }
  return undefined
}

/** The field of a test that must hold, and that is never sent; `of` is the list that it is in. */
function neverSentIn(literal: Literal, of: string): string | undefined {
  const { leaf } = literal.judged
  const test = testOf(literal)
  if (test === undefined || (leaf.presence !== undefined && (leaf.presence === 'absent') === literal.wanted)) {
    return undefined
  }
  const { field, word } = test
  if (field.field.origin === 'answer') return `${of}${field.field.name}`
  if (leaf.item === undefined || (word === 'any item') !== literal.wanted || field.kind !== 'list') return undefined
  return neededBy(leaf.item, literal.wanted)
    .literals.map(each => neverSentIn(each, `${field.field.name}.`))
    .find(found => found !== undefined)
}
