import type { Callback } from '../callbacks/callback.ts'
import { isDerived } from '../callbacks/fields.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { Call } from '../decide/call.ts'
import type { Condition, CountKey, NamedCounter, Test } from '../language/condition.ts'
import type { FieldRef } from '../language/field.ts'
import type { Rule } from '../language/rule.ts'

/** What masks leave of a field: a hash that is the same for equal values, or nothing. */
export type Masked = ReadonlyMap<string, 'hash' | 'drop'>

/** The rules that cannot be judged on a masked call, each with the fields because of which. */
export type Unjudged = ReadonlyMap<string, readonly string[]>

/** Words that hashes answer as their values would. */
const answeredByHash: readonly string[] = ['present', 'absent']

/** The same where the hashes of all values that rules name are known. */
const comparing: readonly string[] = ['is', 'is not', 'one of', 'not one of', 'in list', 'not in list']

/** Tells which rules of a set cannot be judged on calls whose fields are masked. */
export class MaskedRules {
  readonly #ruleSet: RuleSet
  readonly #words: readonly string[]
  readonly #known = new Map<string, Unjudged>()

  /** `areNamesKnown`: hashes of values that rules name were put back. */
  constructor(ruleSet: RuleSet, { areNamesKnown }: { areNamesKnown: boolean }) {
    this.#ruleSet = ruleSet
    this.#words = areNamesKnown ? [...answeredByHash, ...comparing] : answeredByHash
  }

  /** The rules that cannot be judged on a call, because of itself. */
  of({ callback, values }: Call, masked: readonly string[]): Unjudged {
    if (masked.length === 0) return none
    const left: Masked = new Map(masked.map(name => [name, values.has(name) ? 'hash' : 'drop']))
    const key = JSON.stringify([callback.name, ...left])
    const known = this.#known.get(key) ?? this.#find(callback, withDerived(callback, left))
    this.#known.set(key, known)
    return known
  }

  #find(callback: Callback, masked: Masked): Unjudged {
    const found = new Map<string, readonly string[]>()
    for (const { id, rule } of this.#ruleSet.compiled.values()) {
      const isAsked =
        rule.callbacks.includes(callback) || countersOf(rule).some(each => each.callbacks.includes(callback))
      if (rule.mode === 'disabled' || !isAsked) continue
      const fields = [...new Set(this.#fieldsOf(rule, callback, masked))]
      if (fields.length > 0) found.set(id, fields)
    }
    return found
  }

  *#fieldsOf(rule: Rule, callback: Callback, masked: Masked): Generator<string> {
    const conditions = rule.unless === undefined ? [rule.when] : [rule.when, rule.unless]
    if (rule.callbacks.includes(callback)) {
      // By a hash of a value nobody is in the share for which the value itself was.
      if (rule.share !== undefined && masked.has(nameOf(rule.share.by))) yield nameOf(rule.share.by)
      for (const condition of conditions) yield* this.#inCondition(condition, masked)
      if (rule.outcome.kind === 'rewrite')
        for (const { field } of rule.outcome.fields) if (masked.has(nameOf(field))) yield nameOf(field)
    }
    // What other calls count for is asked of all rules that ask the counter.
    for (const { callbacks, when, same, different } of countersOf(rule)) {
      if (!callbacks.includes(callback)) continue
      if (when !== undefined) yield* this.#inCondition(when, masked)
      yield* inKeys(different === undefined ? same : [...same, different], masked)
    }
  }

  *#inCondition(condition: Condition, masked: Masked): Generator<string> {
    if (condition.kind === 'test') yield* this.#inTest(condition, masked)
    else if (condition.kind === 'often' || condition.kind === 'since') {
      const different = condition.kind === 'often' && condition.of.kind === 'rule' ? condition.of.different : undefined
      yield* inKeys(different === undefined ? condition.same : [...condition.same, different], masked)
    } else if ('parts' in condition) for (const part of condition.parts) yield* this.#inCondition(part, masked)
    else if ('part' in condition) yield* this.#inCondition(condition.part, masked)
  }

  *#inTest({ field, word, isExact }: Test, masked: Masked): Generator<string> {
    const left = masked.get(nameOf(field))
    if (left === undefined) return
    const isWhole = field.part.kind === 'whole' && !isExact
    // The hash of a message is in a content of its own, where no value is put back.
    const words = isDerived(field.field) || field.field.name === 'content' ? answeredByHash : this.#words
    if (left === 'hash' && isWhole && words.includes(word)) return
    yield nameOf(field)
  }
}

const none: Unjudged = new Map()

/** Of a hash only a part of which is looked at nothing is the same. */
function* inKeys(keys: readonly CountKey[], masked: Masked): Generator<string> {
  for (const key of keys) {
    const field = 'field' in key ? key.field : key.list
    const left = masked.get(nameOf(field))
    if (left === 'drop' || (left === 'hash' && field.part.kind !== 'whole')) yield nameOf(field)
  }
}

function nameOf({ field, part }: FieldRef): string {
  return part.kind === 'count' ? part.of.field.name : field.name
}

/** What is worked out from a masked message is masked. */
function withDerived(callback: Callback, masked: Masked): Masked {
  const left = masked.get('content')
  if (left === undefined) return masked
  const derived = callback.fields.filter(isDerived).map(({ name }) => [name, left] as const)
  return new Map([...masked, ...derived])
}

/** The named counters that a rule asks. */
export function countersOf({ when, unless }: Pick<Rule, 'when' | 'unless'>): readonly NamedCounter[] {
  return (unless === undefined ? [when] : [when, unless]).flatMap(countersIn)
}

function countersIn(condition: Condition): NamedCounter[] {
  if (condition.kind === 'since') return [condition.counter]
  if (condition.kind === 'often') return condition.of.kind === 'named' ? [condition.of.counter] : []
  if ('parts' in condition) return condition.parts.flatMap(countersIn)
  return 'part' in condition ? countersIn(condition.part) : []
}
