import type { RuleSet } from '../compile/ruleset.ts'
import type { Value } from '../decide/call.ts'
import type { Condition } from '../language/condition.ts'
import { hashOfExact, hashOfText } from '../record/masks.ts'
import type { SeeCall } from './recorded.ts'

/**
 * Puts the values that rules name back where a call has their hashes, so that what compares with them is judged as it
 * was. All other values stay hashes, which are the same as nothing that a rule names.
 */
export function unmaskBy(secrets: readonly string[], ruleSets: () => readonly RuleSet[]): SeeCall {
  let known: ReadonlyMap<string, string> | undefined
  return (call, masked) => {
    known ??= hashesOf(secrets, ruleSets())
    const seen: { [key: string]: Value } = { ...call }
    for (const name of masked) {
      const value = Object.hasOwn(call, name) ? call[name] : undefined
      if (value !== undefined) seen[name] = unmasked(value, known)
    }
    return seen
  }
}

function hashesOf(secrets: readonly string[], ruleSets: readonly RuleSet[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  for (const text of new Set(ruleSets.flatMap(namedTexts))) {
    for (const secret of secrets) {
      known.set(hashOfText(secret, text), text)
      known.set(hashOfExact(secret, text), text)
    }
  }
  return known
}

function unmasked(value: Value, known: ReadonlyMap<string, string>): Value {
  if (typeof value === 'string') return known.get(value) ?? value
  if (Array.isArray(value)) return value.map(each => unmasked(each as Value, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unmasked(each as Value, known)]))
}

/** The texts that rules compare with. */
function namedTexts({ compiled, lists }: RuleSet): readonly string[] {
  const ofRules = Array.from(compiled.values(), ({ rule: { when, unless } }) => [when, ...(unless ? [unless] : [])])
  return [
    ...ofRules.flat().flatMap(textsIn),
    ...[...lists.values()].flatMap(({ texts, except }) => [...texts, ...(except?.texts ?? [])]),
  ]
}

function textsIn(condition: Condition): string[] {
  if ('parts' in condition) return condition.parts.flatMap(textsIn)
  if ('part' in condition) return textsIn(condition.part)
  if (condition.kind !== 'test') return []
  const { operand } = condition
  if (operand.kind === 'item') return textsIn(operand.item)
  const values = operand.kind === 'value' ? [operand.value] : operand.kind === 'values' ? operand.values : []
  return values.filter(value => typeof value === 'string')
}
