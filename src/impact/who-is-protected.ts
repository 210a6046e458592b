import type { RuleSet } from '../compile/ruleset.ts'
import { hashOfExact } from '../record/masks.ts'
import type { Protected } from './tally.ts'

/** The people of the lists that rule sets protect, by list, under every name that the record may have for them. Pure. */
export function whoIsProtected(ruleSets: readonly RuleSet[], secrets: readonly string[]): Protected {
  const all = new Map<string, Set<string>>()
  for (const { protects, lists } of ruleSets) {
    for (const name of protects) {
      const people = all.get(name) ?? new Set<string>()
      all.set(name, people)
      for (const person of lists.get(name)?.texts ?? []) {
        people.add(person)
        for (const secret of secrets) people.add(hashOfExact(secret, person))
      }
    }
  }
  return all
}
