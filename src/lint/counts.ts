import type { Callback } from '../callbacks/callback.ts'
import { isNeverSent } from '../callbacks/fields.ts'
import { numbersOf } from '../compile/count-test.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import { countsIn, ownOftenOf } from '../compile/without-counts.ts'
import type { CountKey, Often, Since } from '../language/condition.ts'
import { durationText, longestMs, units } from '../language/duration.ts'
import { fieldIn } from '../language/field.ts'
import { exampleField } from '../language/read/count-keys.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Advice, replacing } from '../yaml/fix.ts'
import type { Span } from '../yaml/source.ts'
import { adding, countingPlace, keyPlace, limitPlace } from './count-places.ts'
import { rangeOfCount } from './count-range.ts'
import type { Sources } from './entries-of.ts'
import { type Examined, warning } from './finding.ts'
import { perCall } from './per-call.ts'

/** What is known about the folder: what rewrites set, which rules refuse the calls of a callback, and its texts. */
export type KnownOfCounts = {
  set: ReadonlySet<string>
  refusing: ReadonlyMap<Callback, readonly CompiledRule[]>
  sources: Sources
}

/** The rules in force that refuse calls, by callback. */
export function refusingBy(rules: readonly CompiledRule[]): KnownOfCounts['refusing'] {
  const refusing = new Map<Callback, CompiledRule[]>()
  for (const rule of rules) {
    if (rule.stage !== 'reject' || rule.mode !== 'enforce') continue
    for (const callback of rule.rule.callbacks) refusing.set(callback, [...(refusing.get(callback) ?? []), rule])
  }
  return refusing
}

/** Counts of a rule that do not count what they seem to. */
export function oddCounts(examined: Examined, known: KnownOfCounts): Diagnostic[] {
  const { rule } = examined
  return [
    everybody(rule, known),
    ...allCounts(rule).map(count => exchanged(count, known)),
    ...allCounts(rule).map(count => apartByCall(count, rule, known)),
    emptyTogether(examined, known),
    ...allCounts(rule).map(count => neverRefused(count, rule, known)),
    ...allCounts(rule).map(count => (count.kind === 'often' ? constant(count, examined, known) : undefined)),
  ].filter(each => each !== undefined)
}

/** A count that a rule needs, and that no call has. */
export function neverCounted({ rule, needed }: Examined, known: KnownOfCounts): Diagnostic | undefined {
  for (const literal of needed.literals) {
    const { condition } = literal.judged
    if (condition.kind === 'since') {
      const found = literal.wanted === (condition.limit.word === 'more than') ? tooLongAgo(condition) : undefined
      if (found !== undefined) return found
    }
    if (condition.kind !== 'often' && condition.kind !== 'since') continue
    const unsent = neverSentIn(condition, rule, known)
    if (unsent !== undefined) {
      const message = `This rule never fires: the IM server never sends "${unsent}", so this is never known`
      return warning('never-fires', literal.place, message, 'Count by a field that the server sends')
    }
    if (condition.kind !== 'often') continue
    const [range, { least, most }] = [rangeOfCount(literal), boundsOf(condition, rule, known)]
    if (range === undefined || (range.high >= least && range.low <= most)) continue
    const message = `This rule never fires: ${because(condition, least, most)}, so this is never true`
    return warning('never-fires', literal.place, message, literal.wanted ? limitAdvice(condition, known) : removal)
  }
  return undefined
}

/** A field that no call has, by which a rule counts; rewrites in force may set it. */
function neverSentIn(
  count: Often | Since,
  { rule: { callbacks } }: CompiledRule,
  { set }: KnownOfCounts,
): string | undefined {
  const own = count.kind === 'often' && count.of.kind === 'rule' ? count.of.different : undefined
  return [...count.same, ...(own ? [own] : [])]
    .map(key => ('field' in key ? key.field : key.list).field.name)
    .find(name =>
      callbacks.every(callback => {
        const field = fieldIn(callback, name)
        return (
          field !== undefined &&
          isNeverSent(field) &&
          field.neverSent !== 'empty text' &&
          !set.has(`${callback.name} ${name}`)
        )
      }),
    )
}

const removal = 'Remove this condition'

function allCounts({ rule: { when, unless } }: CompiledRule): (Often | Since)[] {
  return [when, ...(unless ? [unless] : [])].flatMap(countsIn)
}

/** One who writes much makes it true for all others, too. */
function everybody({ rule }: CompiledRule, { sources }: KnownOfCounts): Diagnostic | undefined {
  const often = ownOftenOf(rule)
  if (often === undefined || often.same.length > 0) return undefined
  const field = exampleField(rule)
  const isId = rule.callbacks.every(({ fields }) => fields.some(({ name, kind }) => name === field && kind === 'id'))
  const message = 'Without "same", the calls of all users are counted together'
  if (!isId) {
    const hint = 'These callbacks have no id in common to write in "same": write one rule for each of them'
    return warning('counts-everybody', often.span, message, hint)
  }
  const entry = `same: ${field}`
  const hint = `Write ${entry} to count the calls of each ${field} apart`
  return warning('counts-everybody', often.span, message, { hint, fixes: adding(often, entry, sources) })
}

/** The fields of a counter, asked in another order: their values are never equal. */
function exchanged(count: Often | Since, { sources }: KnownOfCounts): Diagnostic | undefined {
  const counter = count.kind === 'since' ? count.counter : count.of.kind === 'named' ? count.of.counter : undefined
  if (counter === undefined) return undefined
  const [asked, counted] = [count.same, counter.same].map(keys => keys.map(nameOf)) as [string[], string[]]
  const isMoved = (name: string, at: number) => counted[at] !== name && counted.includes(name)
  if (!asked.some(isMoved) || !counted.every(name => asked.includes(name))) return undefined
  const texts = counted.map(name => count.same[asked.indexOf(name)]?.text ?? name)
  const message = `"${counter.name}" is counted by ${counted.join(', ')} in this order, but is asked by ${asked.join(', ')}`
  return warning('meant-otherwise', ...insteadOf(count, texts, message, sources))
}

/** A field that tells every call from every other: each has a count of its own. */
function apartByCall(count: Often | Since, { rule }: CompiledRule, { sources }: KnownOfCounts): Diagnostic | undefined {
  const single = count.same.find(key => perCall.has(nameOf(key).replace('original.', '')))
  if (single === undefined) return undefined
  const message = `Each call has its own ${nameOf(single)}, so no two calls are counted together`
  const isOwn = count.kind === 'often' && count.of.kind === 'rule'
  if (!isOwn) return warning('meant-otherwise', count.span, message, `Remove ${single.text} from the counter, and here`)
  const others = count.same.filter(key => key !== single).map(({ text }) => text)
  const texts = others.length > 0 ? others : [exampleField(rule)]
  return warning('meant-otherwise', ...insteadOf(count, texts, message, sources))
}

/** Values that the server often leaves empty: one user who does much makes it true for all others, too. */
function emptyTogether({ rule: { rule }, needed }: Examined, { sources }: KnownOfCounts): Diagnostic | undefined {
  const often = ownOftenOf(rule)
  const names = (often?.same ?? []).flatMap(key => ('field' in key ? [key.field.field.name] : []))
  const isOftenEmpty = (name: string) => rule.callbacks.some(callback => fieldIn(callback, name)?.oftenEmpty)
  // Another field in `same` may tell such calls apart, and a test of the field may exclude them.
  if (often === undefined || names.length === 0 || names.length < often.same.length) return undefined
  if (!names.every(isOftenEmpty)) return undefined
  const isTested = needed.literals.some(({ judged: { condition } }) => {
    return condition.kind === 'test' && names.includes(condition.field.field.name)
  })
  if (isTested) return undefined
  const [name] = names as [string]
  const message = `The IM server often sends "${name}" empty, and all such calls are counted together`
  const place = keyPlace(often, often.same[0]?.text ?? name, sources) ?? often.span
  return warning('counts-everybody', place, message, `Add ${name}: { is not: "" } beside it, to count only the others`)
}

/** Where the fields of a count are, what is wrong with them, and what to write. */
function insteadOf(
  count: Often | Since,
  texts: readonly string[],
  message: string,
  sources: Sources,
): [Span, string, Advice] {
  const written = count.same.length > 1 ? `[${texts.join(', ')}]` : texts.join(', ')
  const hint = `Write same: ${written}`
  const [first, last] = [count.same[0], count.same.at(-1)].map(key => key && keyPlace(count, key.text, sources))
  const span = first && last && { ...first, end: last.end }
  return [span ?? count.span, message, { hint, fixes: span ? [replacing(span, texts.join(', '), hint)] : [] }]
}

function nameOf(key: CountKey): string {
  return 'field' in key ? key.field.text : (key.item?.text ?? key.list.text)
}

/** Refused calls are counted where no other rule refuses any. */
function neverRefused(
  count: Often | Since,
  rule: CompiledRule,
  { refusing, sources }: KnownOfCounts,
): Diagnostic | undefined {
  const isOwn = count.kind === 'often' && count.of.kind === 'rule'
  const counted = count.kind === 'since' ? count.counter : count.of.kind === 'named' ? count.of.counter : count.of
  if (counted.counting !== 'refused' || (isOwn && numbersOf(count.limit).low === 0)) return undefined
  const callbacks = 'callbacks' in counted ? counted.callbacks : rule.rule.callbacks
  const others = callbacks.flatMap(callback => refusing.get(callback) ?? [])
  // What only fires after refusals cannot make the first one.
  if (others.some(other => other !== rule)) return undefined
  const names = callbacks.map(({ name }) => name).join(' or ')
  const message = `Only refused calls count here, but no other rule in force refuses calls of ${names}`
  const place = isOwn ? countingPlace(count, sources) : undefined
  const hint = `Write counting: all${isOwn ? '' : ' in the counter'}, or add the rule that refuses them`
  const fixes = place ? [replacing(place, 'counting: all')] : []
  const span = 'callbacks' in counted ? counted.span : (place ?? count.span)
  return warning('meant-otherwise', span, message, { hint, fixes })
}

/** A limit that holds for every number that there can be, or for none. */
function constant(often: Often, { rule, needed }: Examined, known: KnownOfCounts): Diagnostic | undefined {
  const { least, most } = boundsOf(often, rule, known)
  const { low, high } = numbersOf(often.limit)
  const [isAlways, isNever] = [low <= least && high >= most, high < least || low > most]
  if (!isAlways && !isNever) return undefined
  // What keeps a rule from ever firing is reported as that.
  if (needed.literals.some(({ judged, wanted }) => judged.condition === often && wanted === isNever)) return undefined
  const message = `This is ${isAlways ? 'always' : 'never'} true: ${because(often, least, most)}`
  const advice = isNever ? limitAdvice(often, known) : moreAdvice(often, least, known)
  return warning('meant-otherwise', often.span, message, advice)
}

function because({ limit }: Often, least: number, most: number): string {
  const { low, high } = numbersOf(limit)
  if (low > most || (high >= most && most < Number.POSITIVE_INFINITY))
    return `there are no more than ${most} different values to count`
  return least > 0 ? 'each call counts itself' : 'no count is below 0'
}

function moreAdvice(often: Often, least: number, { sources }: KnownOfCounts): Advice {
  const { high } = numbersOf(often.limit)
  if (high < Number.POSITIVE_INFINITY) return { hint: 'Write a lower limit, or remove this condition' }
  const text = `at least: ${least + 1}`
  return advised(limitPlace(often, sources), text, `Write ${text} to ask for earlier ones, or remove this condition`)
}

/** The lowest limit that any call passes. */
function limitAdvice(often: Often, known: KnownOfCounts): Advice {
  const { high } = numbersOf(often.limit)
  // More values than there are.
  if (high === Number.POSITIVE_INFINITY) return { hint: 'Write a lower limit' }
  const text = high < 0 ? 'at most: 0' : 'at most: 1'
  return advised(limitPlace(often, known.sources), text, `Write ${text}`)
}

function advised(place: Span | undefined, text: string, hint: string): Advice {
  return { hint, ...(place && { fixes: [replacing(place, text)] }) }
}

/** The lowest and the highest number that there can be. */
function boundsOf(often: Often, rule: CompiledRule, known: KnownOfCounts): { least: number; most: number } {
  const { of } = often
  const different = of.kind === 'rule' ? of.different : of.counter.different
  return { least: countsItself(often, rule, known) ? 1 : 0, most: different ? valuesOf(different) : Infinity }
}

/** How many values there are of what is counted. */
function valuesOf(key: CountKey): number {
  if (!('field' in key) || key.field.part.kind !== 'whole') return Infinity
  const { kind, names, hasOthers } = key.field.field
  if (kind === 'flag') return 2
  return kind === 'enum' && names !== undefined && !hasOthers ? names.size : Infinity
}

/** Whether each call for which the rule may fire is one of those that count. */
function countsItself({ of, same }: Often, { rule }: CompiledRule, { set }: KnownOfCounts): boolean {
  if (of.kind === 'rule') return of.counting !== 'refused'
  const { callbacks, when, counting, same: counted } = of.counter
  if (when !== undefined || counting === 'refused') return false
  const isRewritten = (key: CountKey) => {
    const { original, field } = 'field' in key ? key.field : key.list
    return !original && rule.callbacks.some(({ name }) => set.has(`${name} ${field.name}`))
  }
  const areTheSame = same.every((key, at) => key.text === counted[at]?.text && 'field' in key && !isRewritten(key))
  return areTheSame && rule.callbacks.every(callback => callbacks.includes(callback))
}

/** Nothing is remembered longer than the longest span there is. */
function tooLongAgo({ limit: { ago }, span }: Since): Diagnostic | undefined {
  if (ago < longestMs) return undefined
  const message = `This rule never fires: no call is remembered for longer than ${durationText(longestMs)}`
  return warning('never-fires', span, message, `Write a shorter time, such as ${durationText(longestMs - units.day)}`)
}
