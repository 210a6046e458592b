import { type Choice, type Literal, neededBy } from '../compile/needed.ts'
import { View } from '../compile/view.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { contradictionIn } from './contradiction.ts'
import { isOfCount } from './count-range.ts'
import { type Examined, warning } from './finding.ts'
import { isNegative, rootOf, testOf, textOf } from './literal.ts'

/**
 * A rule that rejects by what a text is not, and so also rejects users who clear the text: "" does not match either.
 *
 * Not reported if the rule mentions the empty text itself, in a condition that fails for it or in a test.
 */
export function refusesClearing(examined: Examined): Diagnostic | undefined {
  const { rule, needed } = examined
  if (rule.stage !== 'reject') return undefined
  const negative = [needed.literals, ...needed.choices.map(alternativesOf)]
    .flat()
    .find(literal => hitsCleared(literal, examined))
  const field = negative && testOf(negative)?.field.field.name
  if (negative === undefined || field === undefined) return undefined
  const message = `This also rejects a call that clears "${field}": "${textOf(negative)}" is true for an empty text`
  const hint = `Write ${field}: { is not: "" } beside it, or, if this is intended, add a test with ${field}: ""`
  return warning('meant-otherwise', negative.place, message, hint)
}

/** The tests of a group, each of which alone may make it true. */
function alternativesOf({ judged: { parts }, wantedOfParts }: Choice): readonly Literal[] {
  return parts.flatMap(part => {
    const { literals } = neededBy(part, wantedOfParts)
    const [only] = literals
    // Together with others, it may be restricted by them.
    return literals.length === 1 && only !== undefined ? [only] : []
  })
}

function hitsCleared(literal: Literal, { rule, needed }: Examined): boolean {
  const test = testOf(literal)
  const [field, root] = [test?.field.field, rootOf(literal)]
  if (field === undefined || !isNegative(literal) || !isText(literal) || !field.nullable || field.origin) return false
  const view = new View(new Map([[field.name, '']]), 0)
  const holds = (other: Literal) => other.judged.judge(view) === other.wanted
  const others = needed.literals.filter(other => rootOf(other) === root)
  const isHeldBack = needed.choices.some(({ judged, wanted }) => judged.judge(view) === !wanted)
  if (!holds(literal) || !others.every(holds) || isHeldBack) return false
  if (rule.unless?.judge(view) === true) return false
  return !rule.rule.cases.some(({ given }) => given.get(field.name) === '')
}

function isText(literal: Literal): boolean {
  const test = testOf(literal)
  const isWhole = test?.field.part.kind === 'whole'
  return isWhole && ['text', 'url', 'json', 'id'].includes(test?.field.kind ?? '') && test?.operand.kind !== 'number'
}

/** Groups that are true for every value, because their negation contradicts itself. */
export function alwaysHolding({ needed, exception }: Examined): Diagnostic[] {
  return [...needed.choices, ...(exception?.choices ?? [])].flatMap(choice => holdsAlways(choice) ?? [])
}

/** Groups with more parts than this are not checked. */
const maxParts = 200

function holdsAlways({ judged: { parts }, wantedOfParts, place }: Choice): Diagnostic | undefined {
  if (parts.length > maxParts) return undefined
  const opposite = parts.flatMap(part => {
    const { literals, choices } = neededBy(part, !wantedOfParts)
    const [only] = literals
    const isTest = only !== undefined && literals.length === 1 && choices.length === 0
    return isTest && only.judged.leaf.presence === undefined && !isOfCount(only) ? [only] : []
  })
  const found = contradictionIn(opposite)
  if (found?.other === undefined) return undefined
  const message = `This is true for every "${found.field}": "${textOf(found.other)}" and "${textOf(found.literal)}" cannot both be true`
  return warning(
    'meant-otherwise',
    place,
    message,
    'Write none: with the positive tests, or not one of: [a, b], if none of them may be true',
  )
}
