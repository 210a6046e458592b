import type { Callback } from '../callbacks/callback.ts'
import { namingFields } from '../callbacks/named.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { ownOftenOf } from '../compile/without-counts.ts'
import type { Condition, CountKey, NamedCounter } from '../language/condition.ts'

/** What calls can be divided by so that no count is divided: the user or the group that they name first. */
export type DividedBy = 'user' | 'group'

/** Calls that are counted together: those of some callbacks, with what they can be divided by, and their counters. */
export type CountGroup = { callbacks: readonly string[]; by: readonly DividedBy[]; counters: readonly string[] }

/** One counter as rules use it: by whose calls, and by which fields of them. */
type Use = { name: string; keys: readonly { callback: Callback; same: readonly CountKey[] }[] }

/**
 * The callbacks whose calls are counted together by some rule sets. Calls of other callbacks are not counted at all. Pure.
 */
export function countGroups(ruleSets: readonly RuleSet[]): readonly CountGroup[] {
  const groups: { callbacks: Set<string>; by: Set<DividedBy>; counters: Set<string> }[] = []
  for (const use of ruleSets.flatMap(usesIn)) {
    const callbacks = new Set(use.keys.map(({ callback }) => callback.name))
    const touched = groups.filter(each => [...each.callbacks].some(name => callbacks.has(name)))
    const made = { callbacks, by: new Set(divisibleBy(use)), counters: new Set([use.name]) }
    for (const each of touched) {
      for (const name of each.callbacks) made.callbacks.add(name)
      for (const name of each.counters) made.counters.add(name)
      for (const by of made.by) if (!each.by.has(by)) made.by.delete(by)
      groups.splice(groups.indexOf(each), 1)
    }
    groups.push(made)
  }
  return groups.map(each => ({
    ...{
      callbacks: [...each.callbacks].sort(),
      by: [...each.by].sort().reverse(),
      counters: [...each.counters].sort(),
    },
  }))
}

function* usesOf(name: string, condition: Condition, callbacks: readonly Callback[]): Generator<Use> {
  if ('parts' in condition) for (const part of condition.parts) yield* usesOf(name, part, callbacks)
  else if ('part' in condition) yield* usesOf(name, condition.part, callbacks)
  else if (condition.kind === 'since') yield useOf(condition.counter, condition.same, callbacks)
  else if (condition.kind === 'often' && condition.of.kind === 'named')
    yield useOf(condition.of.counter, condition.same, callbacks)
}

function useOf({ name, callbacks, same }: NamedCounter, asked: readonly CountKey[], by: readonly Callback[]): Use {
  const counted = callbacks.map(callback => ({ callback, same }))
  return { name, keys: [...counted, ...by.map(callback => ({ callback, same: asked }))] }
}

function usesIn({ compiled }: RuleSet): Use[] {
  return Array.from(compiled.values(), ({ rule }) => rule)
    .filter(({ mode }) => mode !== 'disabled')
    .flatMap(rule => {
      const { id, callbacks, when, unless } = rule
      const own = ownOftenOf(rule)
      const conditions = unless === undefined ? [when] : [when, unless]
      return [
        ...(own === undefined ? [] : [{ name: id, keys: callbacks.map(callback => ({ callback, same: own.same })) }]),
        ...conditions.flatMap(condition => [...usesOf(id, condition, callbacks)]),
      ]
    })
}

/** What all calls of a counter can be divided by: one of its keys is, at the same place wherever it is used. */
function divisibleBy({ keys }: Use): readonly DividedBy[] {
  const places = keys[0]?.same.map((_, place) => place) ?? []
  return (['user', 'group'] as const).filter(by =>
    places.some(place => keys.every(({ callback, same }) => isFirstNamed(same[place], callback, by))),
  )
}

/** Whether a key is the field by which a call names its first user, or its first group. */
function isFirstNamed(key: CountKey | undefined, callback: Callback, by: DividedBy): boolean {
  if (key === undefined || !('field' in key) || key.field.part.kind !== 'whole') return false
  // A conversation names users and groups, too.
  const [first] = namingFields(callback).filter(({ named }) => named === by || named === 'conversation')
  return first?.named === by && first.item === undefined && first.name === key.field.field.name
}
