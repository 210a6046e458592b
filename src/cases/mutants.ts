import type { Condition, Operand, Test, TimeTest } from '../language/condition.ts'
import type { EachItem, FieldRewrite, Outcome, RewriteStep, Rule } from '../language/rule.ts'
import type { Span } from '../yaml/source.ts'
import { movedCounts, type Spoilt } from './count-mutants.ts'

/** A rule with one small change, as by a slip. `what` describes it to the author. */
export type Mutant = { rule: Rule; what: string; span: Span }

/**
 * Every mutant of a rule by one small change: a negated condition, a dropped `unless`, a number changed by one.
 */
export function mutantsOf(rule: Rule): Mutant[] {
  const { when, unless, outcome } = rule
  const mutants = spoilt(when, rule).map(({ condition, what, span }) => ({
    rule: { ...rule, when: condition },
    what,
    span,
  }))
  if (unless !== undefined) {
    const { unless: dropped, ...bare } = rule
    mutants.push({ rule: bare, what: 'without unless', span: unless.span })
    mutants.push(
      ...spoilt(unless, rule).map(({ condition, what, span }) => ({
        rule: { ...rule, unless: condition },
        what,
        span,
      })),
    )
  }
  return [
    ...mutants,
    ...spoiltOutcomes(outcome, rule).map(each => ({ ...each, rule: { ...rule, outcome: each.outcome } })),
  ]
}

/** The mutants of a condition, one for each place. A named condition changes for this rule only. */
function spoilt(condition: Condition, rule: Rule): Spoilt[] {
  const { span, text } = condition
  switch (condition.kind) {
    case 'test':
    case 'time':
    case 'often':
    case 'since':
      return [
        { condition: { kind: 'not', part: condition, text: `not ${text}`, span }, what: `negated: ${text}`, span },
        ...moved(condition, rule),
      ]
    case 'not':
    case 'use':
      return spoilt(condition.part, rule).map(each => ({ ...each, condition: { ...condition, part: each.condition } }))
    case 'all':
    case 'any':
    case 'none':
      return condition.parts.flatMap((part, at) =>
        spoilt(part, rule).map(each => ({
          ...each,
          condition: {
            ...condition,
            parts: condition.parts.map((other, place) => (place === at ? each.condition : other)),
          },
        })),
      )
  }
}

function moved(condition: Condition, rule: Rule): Spoilt[] {
  if (condition.kind === 'time') return movedTimes(condition)
  if (condition.kind === 'often' || condition.kind === 'since') return movedCounts(condition, rule)
  if (condition.kind !== 'test') return []
  if (condition.operand.kind === 'item') return spoiltItems(condition, condition.operand.item, rule)
  const numbers = [...(condition.field.field.names?.values() ?? [])]
  const next = (value: number, step: number) =>
    condition.field.kind === 'enum' ? (numbers[numbers.indexOf(value) + step] ?? value) : value + step
  return movedOperands(condition.operand, next).map(({ operand, what }) => ({
    condition: { ...condition, operand },
    what: `${what}: ${condition.text}`,
    span: condition.span,
  }))
}

/** With the days on which it holds and those on which it does not exchanged, where hours or weekdays are beside them. */
function movedTimes({ on, notOn, ...time }: TimeTest): Spoilt[] {
  if (
    (on ?? notOn) === undefined ||
    ((time.within ?? time.days) === undefined && (on === undefined) !== (notOn === undefined))
  )
    return []
  const swapped: TimeTest = { ...time, ...(notOn && { on: notOn }), ...(on && { notOn: on }) }
  return [{ condition: swapped, what: `on and not on exchanged: ${time.text}`, span: time.span }]
}

/** The mutants of a test of list items: of its condition, and with `any item` and `every item` swapped. */
function spoiltItems(test: Test, item: Condition, rule: Rule): Spoilt[] {
  const other = test.word === 'any item' ? 'every item' : 'any item'
  const swapped = {
    condition: { ...test, word: other } as const,
    what: `${other} instead: ${test.text}`,
    span: test.span,
  }
  const inside = spoilt(item, rule).map(each => ({
    ...each,
    condition: { ...test, operand: { kind: 'item', item: each.condition } } as const,
  }))
  return [swapped, ...inside]
}

/** `next` is the number some steps away; if numbers have names, the neighbour by name. */
function movedOperands(
  operand: Operand,
  next: (value: number, step: number) => number,
): { operand: Operand; what: string }[] {
  const by = [-1, 1].map(step => ({ step, sign: step > 0 ? 'one higher' : 'one lower' }))
  switch (operand.kind) {
    case 'number':
      return by
        .map(({ step, sign }) => ({ operand: { ...operand, value: next(operand.value, step) }, what: sign }))
        .filter(moved => moved.operand.value !== operand.value)
    case 'range':
      return by
        .flatMap(({ step, sign }) => [
          { operand: { ...operand, low: next(operand.low, step) }, what: `lower bound ${sign}` },
          { operand: { ...operand, high: next(operand.high, step) }, what: `upper bound ${sign}` },
        ])
        .filter(moved => moved.operand.low !== operand.low || moved.operand.high !== operand.high)
    case 'countries':
      return otherCountries(operand)
    case 'values':
    case 'hosts': {
      const { except, ...bare } = operand
      return except === undefined ? [] : [{ operand: bare, what: 'without the exceptions of its list' }]
    }
    default:
      return []
  }
}

/** Any country in the place of some, and each of several left out. */
function otherCountries({ countries }: Extract<Operand, { kind: 'countries' }>): { operand: Operand; what: string }[] {
  const fewer = countries.length > 1 ? countries : []
  return [
    { operand: { kind: 'none' }, what: 'of any country' },
    ...fewer.map(left => ({
      operand: { kind: 'countries', countries: countries.filter(each => each !== left) } as const,
      what: `without ${left}`,
    })),
  ]
}

function spoiltOutcomes(outcome: Outcome, rule: Rule): { outcome: Outcome; what: string; span: Span }[] {
  if (outcome.kind !== 'rewrite') return []
  return spoiltFields(outcome.fields, rule).map(({ fields, ...rest }) => ({ outcome: { ...outcome, fields }, ...rest }))
}

type SpoiltFields = { fields: readonly FieldRewrite[]; what: string; span: Span }

function spoiltFields(fields: readonly FieldRewrite[], rule: Rule): SpoiltFields[] {
  return fields.flatMap((field, at) =>
    field.steps.flatMap((step, place) =>
      spoiltSteps(step, field, rule).map(({ step: spoiltStep, what, span }) => {
        const steps = field.steps.map((other, which) => (which === place ? spoiltStep : other))
        return { fields: fields.map((other, which) => (which === at ? { ...field, steps } : other)), what, span }
      }),
    ),
  )
}

type SpoiltStep = { step: RewriteStep; what: string; span: Span }

function spoiltSteps(step: RewriteStep, { field, span }: FieldRewrite, rule: Rule): SpoiltStep[] {
  if (step.kind === 'each item') return spoiltEachItem(step, rule)
  if ('words' in step && step.words.except !== undefined) {
    const { except: _, ...words } = step.words
    const what = `without the exceptions of its list: ${field.text} ${step.kind}`
    return [{ step: { ...step, words }, what, span }]
  }
  if (step.kind !== 'cut to') return []
  const counts = [
    { count: step.count - 1, what: 'one lower' },
    { count: step.count + 1, what: 'one higher' },
  ]
  return counts
    .filter(({ count }) => count >= 0)
    .map(({ count, what }) => ({ step: { ...step, count }, what: `${what}: ${field.text} cut to`, span }))
}

function spoiltEachItem(step: EachItem, rule: Rule): SpoiltStep[] {
  const { when, ...bare } = step
  const fields = spoiltFields(step.fields, rule).map(({ fields: each, ...rest }) => ({
    step: { ...step, fields: each },
    ...rest,
  }))
  if (when === undefined) return fields
  const conditions = spoilt(when, rule).map(({ condition, ...rest }) => ({
    step: { ...step, when: condition },
    ...rest,
  }))
  return [{ step: bare, what: 'each item without when', span: when.span }, ...conditions, ...fields]
}
