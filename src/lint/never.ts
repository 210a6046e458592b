import { type Choice, type Literal, neededBy } from '../compile/needed.ts'
import type { Test } from '../language/condition.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { type Contradiction, contradictionIn, valuePasses } from './contradiction.ts'
import { type Examined, warning } from './finding.ts'
import { implies } from './implied.ts'
import { isNegative, keyOf, testOf, textOf } from './literal.ts'
import { isRange } from './range.ts'
import { isEveryTime } from './times.ts'

/** A rule that can never fire: its tests contradict each other, or its exception covers everything. */
export function neverFires(examined: Examined, place: ShowPlace): Diagnostic | undefined {
  const { literals, choices } = examined.needed
  const found = contradictionIn(literals)
  if (found !== undefined) return contradicted(found, place)
  const beyond = literals.find(isBeyondNames)
  if (beyond !== undefined) return beyondNames(beyond)
  const timeless = literals.find(
    ({ judged: { condition }, wanted }) => condition.kind === 'time' && isEveryTime(condition, !wanted),
  )
  if (timeless !== undefined) {
    const message = `This rule never fires: "${textOf(timeless)}" never holds`
    return warning('never-fires', timeless.place, message, 'Remove the days or dates that exclude each other')
  }
  const hopeless = choices.find(choice => isHopeless(choice, literals))
  if (hopeless !== undefined) {
    const message = 'This rule never fires: everything in this group contradicts its other tests'
    return warning('never-fires', hopeless.place, message, 'Remove what contradicts them')
  }
  return alwaysExempted(examined)
}

function contradicted({ field, literal, other }: Contradiction, place: ShowPlace): Diagnostic {
  if (other === undefined) {
    const message = `This rule never fires: no value of "${field}" can pass all of its tests`
    return warning('never-fires', literal.place, message, 'Remove one of the tests')
  }
  const [first, second] = literal.place.start < other.place.start ? [literal, other] : [other, literal]
  const message = `This rule never fires: "${textOf(first)}" and "${textOf(second)}" cannot both be true`
  return warning(
    'never-fires',
    second.place,
    message,
    `${hintFor(first, second)}. The other is at ${place(first.place)}`,
  )
}

function hintFor(first: Literal, second: Literal): string {
  const [a, b] = [testOf(first), testOf(second)]
  const isEither = a?.word === 'is' && b?.word === 'is' && !isNegative(first) && !isNegative(second)
  return isEither
    ? `To match one of several values, write ${a.field.text}: [a, b]`
    : 'Remove one of them, or write any: if either is enough'
}

/** A comparison that no named number passes, such as more than the highest. */
function isBeyondNames(literal: Literal): boolean {
  const field = testOf(literal)?.field
  const names = field?.kind === 'enum' && !field.field.hasOthers ? field.field.names : undefined
  return names !== undefined && isRange(literal) && [...names.values()].every(number => !valuePasses(literal, number))
}

function beyondNames(literal: Literal): Diagnostic {
  const { field } = testOf(literal) as Test
  const message = `This rule never fires: no "${field.text}" can pass "${textOf(literal)}"`
  const hint = `From lowest to highest, the values are ${[...(field.field.names?.keys() ?? [])].join(', ')}`
  return warning('never-fires', literal.place, message, hint)
}

/** Groups with more parts than this are not checked. */
const maxParts = 50

/** Whether each part of a group contradicts what must be true beside it. */
function isHopeless({ judged: { parts }, wantedOfParts }: Choice, literals: readonly Literal[]): boolean {
  if (parts.length > maxParts || parts.length * literals.length > 1_000) return false
  return parts.every(part => contradictionIn([...literals, ...neededBy(part, wantedOfParts).literals]) !== undefined)
}

/** An exception that requires only what the rule itself requires, or something wider. */
function alwaysExempted({ needed, exception }: Examined): Diagnostic | undefined {
  if (exception === undefined || exception.choices.length > 0) return undefined
  const keys = new Set(needed.literals.map(keyOf))
  const [first] = exception.literals
  const isGiven = (literal: Literal) => keys.has(keyOf(literal)) || needed.literals.some(each => implies(each, literal))
  if (first === undefined || !exception.literals.every(isGiven)) return undefined
  const message = 'This rule never fires: "unless" is true whenever "when" is'
  return warning('never-fires', first.place, message, 'Write in "unless" what distinguishes the exception')
}
