import { countsIn } from '../compile/without-counts.ts'
import type { CountKey, Often, Since } from '../language/condition.ts'
import type { FieldRef } from '../language/field.ts'
import type { FieldRewrite, RewriteStep } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { replacing } from '../yaml/fix.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { contradictionIn } from './contradiction.ts'
import { keyPlace } from './count-places.ts'
import type { Sources } from './entries-of.ts'
import { type Examined, warning } from './finding.ts'
import { rootOf } from './literal.ts'

/** How many rewrites of one field are checked. */
const maxTried = 50

/**
 * Counts by a field that an earlier rewrite in force changes: what is the same is then its result, and values as
 * received may differ.
 */
export function* changedKeys(
  all: readonly Examined[],
  sources: Sources,
  place: ShowPlace,
): Generator<undefined, Diagnostic[]> {
  const found: Diagnostic[] = []
  const counting = all.filter(({ rule }) => rule.mode !== 'disabled' && countsOf({ rule }).length > 0)
  if (counting.length === 0) return found
  const rewriting = byField(all)
  for (const examined of counting) {
    for (const count of countsOf(examined)) {
      for (const key of keysOf(count)) {
        const by = earlierRewrite(key, examined, rewriting)
        if (by !== undefined) found.push(warned(key, count, by, { sources, place }))
      }
    }
    yield
  }
  return found
}

function countsOf({ rule: { rule } }: Pick<Examined, 'rule'>): (Often | Since)[] {
  return [rule.when, ...(rule.unless ? [rule.unless] : [])].flatMap(countsIn)
}

/** The values that are read from the call as it is then; a named counter reads its own as received. */
function keysOf(count: Often | Since): readonly CountKey[] {
  const own = count.kind === 'often' && count.of.kind === 'rule' ? count.of.different : undefined
  return [...count.same, ...(own ? [own] : [])].filter(key => !refOf(key).original)
}

function refOf(key: CountKey) {
  return 'field' in key ? key.field : key.list
}

/** The rewrites in force, by the names of the callbacks and fields that they change. */
function byField(all: readonly Examined[]): ReadonlyMap<string, readonly Examined[]> {
  const found = new Map<string, Examined[]>()
  for (const examined of all) {
    const { outcome, mode, rule } = examined.rule
    if (outcome.kind !== 'rewrite' || mode !== 'enforce') continue
    for (const callback of rule.callbacks) {
      for (const { field } of outcome.fields) {
        const name = `${callback.name} ${field.field.name}`
        const rules = found.get(name) ?? []
        found.set(name, rules)
        if (rules.length < maxTried) rules.push(examined)
      }
    }
  }
  return found
}

function earlierRewrite(
  key: CountKey,
  examined: Examined,
  rewriting: ReadonlyMap<string, readonly Examined[]>,
): Examined | undefined {
  const { rule, needed } = examined
  const { name } = refOf(key).field
  const rules = rule.rule.callbacks.flatMap(callback => rewriting.get(`${callback.name} ${name}`) ?? [])
  return rules.find(other => {
    const isEarlier = other !== examined && (rule.stage !== 'rewrite' || other.rule.place < rule.place)
    if (!isEarlier || other.rule.outcome.kind !== 'rewrite') return false
    if (!other.rule.outcome.fields.some(each => changes(each, key))) return false
    // The rule sees the changed value of this field, and the same values as the rewrite of all others.
    const others = [...other.needed.literals, ...needed.literals].filter(literal => rootOf(literal) !== name)
    return contradictionIn(others) === undefined
  })
}

/** Whether a rewrite may make one value of two that are counted apart, or another one of the same. */
function changes({ field, steps }: FieldRewrite, key: CountKey): boolean {
  if (field.field.name !== refOf(key).field.name) return false
  if ('field' in key) {
    const isFolded = key.field.kind === 'text'
    return steps.some(step => !isFolded || !folded.has(step.kind))
  }
  const { item } = key
  return steps.some(
    step => step.kind !== 'each item' || item === undefined || step.fields.some(each => changesItem(each, item)),
  )
}

function changesItem({ field, steps }: FieldRewrite, item: FieldRef): boolean {
  return field.text === item.text && steps.some(({ kind }) => item.kind !== 'text' || !folded.has(kind))
}

/** What these steps change, is one and the same to a count. */
const folded: ReadonlySet<RewriteStep['kind']> = new Set<RewriteStep['kind']>([
  'trim',
  'collapse spaces',
  'remove invisible',
  'normalise',
  'lower case',
  'upper case',
])

function warned(
  key: CountKey,
  count: Often | Since,
  { rule }: Examined,
  { sources, place }: { sources: Sources; place: ShowPlace },
): Diagnostic {
  const { text } = refOf(key)
  const isNamed = count.kind === 'since' || count.of.kind === 'named'
  const so = isNamed
    ? 'but the counter has the value as received'
    : 'so its result is counted, not the value as received'
  const message = `"${rule.id}" changes "${text}" before this rule, ${so}`
  const written = key.text.replace(text, `original.${text}`)
  const span = keyPlace(count, key.text, sources)
  const hint = `Write ${written}. "${rule.id}" is at ${place(rule.rule.span)}`
  const fixes = span ? [replacing(span, written)] : []
  return warning('meant-otherwise', span ?? count.span, message, { hint, fixes })
}
