import type { Judged } from '../compile/judged.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Value } from '../decide/call.ts'
import type { CountKey } from '../language/condition.ts'
import type { FieldRef } from '../language/field.ts'
import type { FieldRewrite, Template } from '../language/rule.ts'

/** The fields that the result of a rule depends on, by name; for lists of objects, also the fields of their items. */
export type LookedAt = ReadonlyMap<string, ReadonlySet<string>>

/** The fields that a rule tests, rewrites and fills in. */
export function lookedAt({ when, unless, outcome, ofItems }: CompiledRule): LookedAt {
  const found = new Map<string, Set<string>>()
  for (const judged of unless === undefined ? [when] : [when, unless]) inCondition(judged, undefined, found)
  if (outcome.kind === 'rewrite') for (const field of outcome.fields) inRewrite(field, undefined, found, ofItems)
  return found
}

/** The values of a call that a rule uses. */
export function onlyLookedAt<V>(values: ReadonlyMap<string, V>, fields: LookedAt): ReadonlyMap<string, V> {
  return new Map(
    [...values].flatMap(([name, value]) => {
      const ofItems = fields.get(name)
      if (ofItems === undefined) return []
      return [[name, ofItems.size > 0 && Array.isArray(value) ? (itemsWith(value, ofItems) as V) : value]]
    }),
  )
}

function itemsWith(items: readonly Value[], fields: ReadonlySet<string>): readonly unknown[] {
  return items.map(item =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).filter(([name]) => fields.has(name)))
      : item,
  )
}

type Found = Map<string, Set<string>>

/** `list` is the name of the list whose items a condition is about. */
function inCondition(judged: Judged, list: string | undefined, found: Found): void {
  const { condition, leaf, parts } = judged
  for (const part of parts) inCondition(part, list, found)
  if (condition.kind === 'often' || condition.kind === 'since') {
    const different = condition.kind === 'often' && condition.of.kind === 'rule' ? condition.of.different : undefined
    for (const key of [...condition.same, ...(different ? [different] : [])]) addKey(key, found)
  }
  if (condition.kind !== 'test') return
  add(condition.field, list, found)
  // Items inside JSON are part of one text, which is used as a whole.
  if (leaf?.item !== undefined) inCondition(leaf.item, list ?? condition.field.field.name, found)
}

function addKey(key: CountKey, found: Found): void {
  add('field' in key ? key.field : key.list, undefined, found)
  if ('item' in key && key.item !== undefined) add(key.item, key.list.field.name, found)
}

function add({ field, part, ofItem }: FieldRef, list: string | undefined, found: Found): void {
  const name = part.kind === 'count' ? part.of.field.name : field.name
  if (ofItem === undefined) addField(name, found)
  else if (list !== undefined && ofItem === 'field')
    addField(list, found).add(part.kind === 'inside' ? (part.path[0] ?? name) : name)
}

function addField(name: string, found: Found): Set<string> {
  const ofItems = found.get(name) ?? new Set<string>()
  found.set(name, ofItems)
  return ofItems
}

function inRewrite(
  { field, steps }: FieldRewrite,
  list: string | undefined,
  found: Found,
  ofItems: CompiledRule['ofItems'],
): void {
  add(field, list, found)
  for (const step of steps) {
    if (step.kind === 'set' && typeof step.value === 'object') inTemplate(step.value, list, found)
    if (step.kind === 'set items')
      for (const value of step.values) if (typeof value === 'object') inTemplate(value, list, found)
    if (step.kind !== 'each item') continue
    const { name, rewrite } = field.field
    // The IM server identifies an item by this key.
    if (rewrite?.changedBy !== undefined) addField(name, found).add(rewrite.changedBy)
    const when = step.when && ofItems.get(step.when)
    if (when !== undefined) inCondition(when, name, found)
    for (const each of step.fields) inRewrite(each, name, found, ofItems)
  }
}

function inTemplate(template: Template, list: string | undefined, found: Found): void {
  for (const piece of template) if (typeof piece !== 'string') add(piece, list, found)
}
