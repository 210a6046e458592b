import type { Field } from '../src/callbacks/callback.ts'
import { makeRuleSet } from '../src/compile/compile.ts'
import type { Answer, LookUp } from '../src/compile/question.ts'
import type { CompiledRule, RuleSet } from '../src/compile/ruleset.ts'
import type { Gather } from '../src/decide/gather.ts'
import type { Condition } from '../src/language/condition.ts'
import type { FieldRef } from '../src/language/field.ts'
import type { Rule } from '../src/language/rule.ts'

/** How an invented fact is asked for: as a field of a call that is none any more. */
export type Invented = Readonly<Record<string, NonNullable<Field['asked']>>>

/** The same rules, for which some fields are facts that no call carries. */
export function asking(ruleSet: RuleSet, invented: Invented): RuleSet {
  const rules = [...ruleSet.compiled.keys()].map(rule => askingRule(rule, invented))
  const { cases, lists, protects, sources, kept, language } = ruleSet
  const steps = makeRuleSet({ rules, cases, lists, counters: [], protects, language }, { sources, kept })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function askingRule(rule: Rule, invented: Invented): Rule {
  const { when, unless } = rule
  return { ...rule, when: asked(when, invented), ...(unless && { unless: asked(unless, invented) }) }
}

function asked(condition: Condition, invented: Invented): Condition {
  if ('parts' in condition) return { ...condition, parts: condition.parts.map(part => asked(part, invented)) }
  if ('part' in condition) return { ...condition, part: asked(condition.part, invented) }
  return condition.kind === 'test' ? { ...condition, field: askedField(condition.field, invented) } : condition
}

function askedField(field: FieldRef, invented: Invented): FieldRef {
  const how = Object.hasOwn(invented, field.field.name) ? invented[field.field.name] : undefined
  return how === undefined ? field : { ...field, field: { ...field.field, asked: how } }
}

/** Answers from a table by field; `log` has the questions of each round, as `field key key`. */
export function gatherFrom(answers: Readonly<Record<string, Answer>>): { gather: Gather; log: string[][] } {
  const log: string[][] = []
  const gather: Gather = async questions => {
    log.push(questions.map(({ field, keys }) => [field, ...keys].join(' ')))
    await new Promise(setImmediate)
    return new Map(questions.flatMap(question => answerTo(question, answers)))
  }
  return { gather, log }
}

function answerTo({ id, field }: LookUp, answers: Readonly<Record<string, Answer>>): [string, Answer][] {
  const answer = Object.hasOwn(answers, field) ? answers[field] : undefined
  return answer === undefined ? [] : [[id, answer]]
}

/** The rules of a stage, for all callbacks. */
export function rulesOf({ compiled }: RuleSet): readonly CompiledRule[] {
  return [...compiled.values()]
}
