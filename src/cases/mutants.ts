import type { Condition, Operand } from '../language/condition.ts'
import type { Outcome, RewriteStep, Rule } from '../language/rule.ts'
import type { Span } from '../language/source.ts'

/** A rule with one thing in it changed, as a slip might. `what` says it to its author. */
export type Mutant = { rule: Rule; what: string; span: Span }

/**
 * Every way to spoil a rule by one small change: a condition turned round, `unless` dropped, a number moved by one.
 *
 * Pure.
 */
export function mutantsOf(rule: Rule): Mutant[] {
  const { when, unless, outcome } = rule
  const mutants = spoilt(when).map(({ condition, what, span }) => ({ rule: { ...rule, when: condition }, what, span }))
  if (unless !== undefined) {
    const { unless: dropped, ...bare } = rule
    mutants.push({ rule: bare, what: 'without its unless', span: unless.span })
    mutants.push(
      ...spoilt(unless).map(({ condition, what, span }) => ({ rule: { ...rule, unless: condition }, what, span })),
    )
  }
  return [...mutants, ...spoiltOutcomes(outcome).map(each => ({ ...each, rule: { ...rule, outcome: each.outcome } }))]
}

type Spoilt = { condition: Condition; what: string; span: Span }

/** Spoil a condition in each of its places. What a name stands for is spoilt for this rule alone. */
function spoilt(condition: Condition): Spoilt[] {
  const { span, text } = condition
  switch (condition.kind) {
    case 'test':
    case 'time':
      return [
        { condition: { kind: 'not', part: condition, text: `not ${text}`, span }, what: `turned round: ${text}`, span },
        ...moved(condition),
      ]
    case 'not':
    case 'use':
      return spoilt(condition.part).map(each => ({ ...each, condition: { ...condition, part: each.condition } }))
    case 'all':
    case 'any':
    case 'none':
      return condition.parts.flatMap((part, at) =>
        spoilt(part).map(each => ({
          ...each,
          condition: {
            ...condition,
            parts: condition.parts.map((other, place) => (place === at ? each.condition : other)),
          },
        })),
      )
  }
}

function moved(condition: Condition): Spoilt[] {
  if (condition.kind !== 'test') return []
  const numbers = [...(condition.field.field.names?.values() ?? [])]
  const next = (value: number, step: number) =>
    condition.field.kind === 'enum' ? (numbers[numbers.indexOf(value) + step] ?? value) : value + step
  return movedOperands(condition.operand, next).map(({ operand, what }) => ({
    condition: { ...condition, operand },
    what: `${what}: ${condition.text}`,
    span: condition.span,
  }))
}

/** `next` is the number that many steps away: a neighbour by name where numbers have names. */
function movedOperands(
  operand: Operand,
  next: (value: number, step: number) => number,
): { operand: Operand; what: string }[] {
  const by = [-1, 1].map(step => ({ step, sign: step > 0 ? 'one more' : 'one less' }))
  switch (operand.kind) {
    case 'number':
      return by
        .map(({ step, sign }) => ({ operand: { ...operand, value: next(operand.value, step) }, what: sign }))
        .filter(moved => moved.operand.value !== operand.value)
    case 'range':
      return by
        .flatMap(({ step, sign }) => [
          { operand: { ...operand, low: next(operand.low, step) }, what: `the lowest ${sign}` },
          { operand: { ...operand, high: next(operand.high, step) }, what: `the highest ${sign}` },
        ])
        .filter(moved => moved.operand.low !== operand.low || moved.operand.high !== operand.high)
    default:
      return []
  }
}

function spoiltOutcomes(outcome: Outcome): { outcome: Outcome; what: string; span: Span }[] {
  if (outcome.kind !== 'rewrite') return []
  return outcome.fields.flatMap((field, at) =>
    field.steps.flatMap((step, place) =>
      movedSteps(step).map(({ step: spoiltStep, what }) => {
        const steps = field.steps.map((other, which) => (which === place ? spoiltStep : other))
        const fields = outcome.fields.map((other, which) => (which === at ? { ...field, steps } : other))
        return { outcome: { ...outcome, fields }, what: `${what}: ${field.field.text} cut to`, span: field.span }
      }),
    ),
  )
}

function movedSteps(step: RewriteStep): { step: RewriteStep; what: string }[] {
  if (step.kind !== 'cut to') return []
  const less = step.count > 0 ? [{ step: { ...step, count: step.count - 1 }, what: 'one less' }] : []
  return [...less, { step: { ...step, count: step.count + 1 }, what: 'one more' }]
}
