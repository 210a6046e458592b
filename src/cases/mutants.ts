import type { Condition, Operand, Test } from '../language/condition.ts'
import type { EachItem, FieldRewrite, Outcome, RewriteStep, Rule } from '../language/rule.ts'
import type { Span } from '../yaml/source.ts'

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
  if (condition.operand.kind === 'item') return spoiltItems(condition, condition.operand.item)
  const numbers = [...(condition.field.field.names?.values() ?? [])]
  const next = (value: number, step: number) =>
    condition.field.kind === 'enum' ? (numbers[numbers.indexOf(value) + step] ?? value) : value + step
  return movedOperands(condition.operand, next).map(({ operand, what }) => ({
    condition: { ...condition, operand },
    what: `${what}: ${condition.text}`,
    span: condition.span,
  }))
}

/** What an item must be, spoilt in each of its places; and one item in the place of all, or all in that of one. */
function spoiltItems(test: Test, item: Condition): Spoilt[] {
  const other = test.word === 'any item' ? 'every item' : 'any item'
  const swapped = {
    condition: { ...test, word: other } as const,
    what: `${other} in its place: ${test.text}`,
    span: test.span,
  }
  const inside = spoilt(item).map(each => ({
    ...each,
    condition: { ...test, operand: { kind: 'item', item: each.condition } } as const,
  }))
  return [swapped, ...inside]
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
    case 'values':
    case 'hosts': {
      const { except, ...bare } = operand
      return except === undefined ? [] : [{ operand: bare, what: 'without the exceptions of its list' }]
    }
    default:
      return []
  }
}

function spoiltOutcomes(outcome: Outcome): { outcome: Outcome; what: string; span: Span }[] {
  if (outcome.kind !== 'rewrite') return []
  return spoiltFields(outcome.fields).map(({ fields, ...told }) => ({ outcome: { ...outcome, fields }, ...told }))
}

type SpoiltFields = { fields: readonly FieldRewrite[]; what: string; span: Span }

function spoiltFields(fields: readonly FieldRewrite[]): SpoiltFields[] {
  return fields.flatMap((field, at) =>
    field.steps.flatMap((step, place) =>
      spoiltSteps(step, field).map(({ step: spoiltStep, what, span }) => {
        const steps = field.steps.map((other, which) => (which === place ? spoiltStep : other))
        return { fields: fields.map((other, which) => (which === at ? { ...field, steps } : other)), what, span }
      }),
    ),
  )
}

type SpoiltStep = { step: RewriteStep; what: string; span: Span }

function spoiltSteps(step: RewriteStep, { field, span }: FieldRewrite): SpoiltStep[] {
  if (step.kind === 'each item') return spoiltEachItem(step)
  if ('words' in step && step.words.except !== undefined) {
    const { except: _, ...words } = step.words
    const what = `without the exceptions of its list: ${field.text} ${step.kind}`
    return [{ step: { ...step, words }, what, span }]
  }
  if (step.kind !== 'cut to') return []
  const counts = [
    { count: step.count - 1, what: 'one less' },
    { count: step.count + 1, what: 'one more' },
  ]
  return counts
    .filter(({ count }) => count >= 0)
    .map(({ count, what }) => ({ step: { ...step, count }, what: `${what}: ${field.text} cut to`, span }))
}

function spoiltEachItem(step: EachItem): SpoiltStep[] {
  const { when, ...bare } = step
  const fields = spoiltFields(step.fields).map(({ fields: each, ...told }) => ({
    step: { ...step, fields: each },
    ...told,
  }))
  if (when === undefined) return fields
  const conditions = spoilt(when).map(({ condition, ...told }) => ({ step: { ...step, when: condition }, ...told }))
  return [{ step: bare, what: 'of each item, without its when', span: when.span }, ...conditions, ...fields]
}
