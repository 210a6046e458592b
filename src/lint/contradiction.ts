import type { Leaf } from '../compile/judged.ts'
import type { Literal } from '../compile/needed.ts'
import { type Slot, View } from '../compile/view.ts'
import { fold, foldWhole } from '../text/fold.ts'
import { apartInCounts } from './count-range.ts'
import { hasExceptions, isNegative, keyOf, rootOf, testOf } from './literal.ts'
import { emptyRange } from './range.ts'
import { apartInTime } from './times.ts'

/**
 * Tests that no call can pass together; without `other`, nothing passes `literal` alone, or all of the rule's tests.
 */
export type Contradiction = { field: string; literal: Literal; other?: Literal }

/**
 * Finds tests that contradict each other among tests that must all be true; undefined if none is found.
 *
 * May miss a contradiction, but never reports a false one. Tests of different fields never contradict.
 */
export function contradictionIn(literals: readonly Literal[]): Contradiction | undefined {
  if (literals.length < 2) return undefined
  const compared = literals.slice(0, maxCompared)
  for (const [field, some] of grouped(compared, rootOf)) {
    if (some.length < 2) continue
    const found = absentAndTested(some) ?? noneOfTheValues(some) ?? apart(some)
    if (found !== undefined) return { field, ...found }
  }
  const apartByClock = apartInTime(compared)
  if (apartByClock !== undefined) return { field: 'time', ...apartByClock }
  const apartByCount = apartInCounts(compared)
  return apartByCount && { field: 'how often', ...apartByCount }
}

/** Each is compared with all others: more of them would take long. */
const maxCompared = 200

type Found = Omit<Contradiction, 'field'>

/** An absent field passes no test, and its parts are absent too. */
function absentAndTested(literals: readonly Literal[]): Found | undefined {
  for (const literal of literals) {
    if (!isAbsence(literal)) continue
    const name = testOf(literal)?.field.text
    const other = literals.find(each => !isAbsence(each) && isPartOf(testOf(each)?.field.text, name))
    if (other !== undefined) return { literal: other, other: literal }
  }
  return undefined
}

function isAbsence({ judged: { leaf }, wanted }: Literal): boolean {
  return leaf.presence !== undefined && (leaf.presence === 'absent') === wanted
}

/** Whether a field is the same as another, or a part of it. */
export function isPartOf(name: string | undefined, whole: string | undefined): boolean {
  return whole !== undefined && (name === whole || name?.startsWith(`${whole}.`) === true)
}

/** More values than this are not tried out. */
const maxValues = 200

/** A test that only some values pass, and other tests that none of those values passes. */
function noneOfTheValues(literals: readonly Literal[]): Found | undefined {
  for (const literal of literals) {
    const { needs, slot } = literal.judged.leaf
    if (needs?.kind !== 'equals' || isNegative(literal) || slot === 'time' || needs.values.size > maxValues) continue
    const others = literals.filter(each => each !== literal)
    const culprits = new Set<Literal | undefined>()
    for (const value of needs.values) {
      const culprit = others.find(each => !mayPass(literal, value, each))
      culprits.add(culprit)
      if (culprit === undefined) break
    }
    // This value may pass all of them, as far as that is known.
    if (culprits.size === 0 || culprits.has(undefined)) continue
    const [other] = culprits
    return culprits.size === 1 && other !== undefined ? { literal: other, other: literal } : { literal }
  }
  return undefined
}

/** Whether a value that passes one test may pass another, as far as that is known. */
function mayPass(literal: Literal, value: unknown, other: Literal): boolean {
  const { slot } = literal.judged.leaf
  const { leaf } = other.judged
  if (slot === 'time' || leaf.slot === 'time') return true
  if (leaf.presence === undefined && valueKey(other) === valueKey(literal)) return valuePasses(other, value)
  const test = testOf(literal)
  const images = imagesOf(value, slot, leaf.slot)
  if (images !== undefined) return images.some(image => valuePasses(other, image))
  if (test?.field.part.kind !== 'whole' || slot.via !== undefined || slot.id.endsWith(folded.whole)) return true
  const view = new View(new Map([[test.field.field.name, value]]), 0)
  return other.judged.judge(view) === other.wanted
}

const folded = { whole: ' (folded whole)', all: ' (folded)' }

/**
 * The value in another slot of the same field, given its value in one slot; undefined if unknown.
 *
 * Folding hides the spaces at the ends of a value.
 */
export function imagesOf(value: unknown, from: Slot, to: Slot): readonly unknown[] | undefined {
  if (to.id === `${from.id}${folded.all}`) return [typeof value === 'string' ? fold(value) : value]
  if (to.id === `${from.id}${folded.whole}`) return [typeof value === 'string' ? foldWhole(value) : value]
  if (!from.id.endsWith(folded.whole) || to.id !== from.id.replace(folded.whole, folded.all)) return undefined
  return [`${value}`, ` ${value}`, `${value} `, ` ${value} `]
}

/** Whether the value of a test's slot passes the test. */
export function valuePasses({ judged: { leaf }, wanted }: Literal, value: unknown): boolean {
  const passes = leaf.predicate(value)
  return passes !== null && (passes === leaf.isPositive) === wanted
}

/** Ranges that do not overlap, and texts that cannot both be present. */
function apart(literals: readonly Literal[]): Found | undefined {
  const valued = literals.filter(({ judged: { leaf } }) => leaf.presence === undefined && leaf.slot !== 'time')
  for (const [, some] of grouped(valued, valueKey)) {
    if (some.length < 2) continue
    const found = opposites(some) ?? emptyRange(some) ?? textAndNot(some) ?? twoBeginnings(some)
    if (found !== undefined) return found
  }
  return undefined
}

/** What a test looks at: tests with the same key see the same value. Rules are compared by it, too. */
export function valueKey(literal: Literal): string {
  const { leaf } = literal.judged
  const key = valueKeys.get(leaf) ?? makeValueKey(literal)
  valueKeys.set(leaf, key)
  return key
}

const valueKeys = new WeakMap<Leaf, string>()

/** A length can be tested in two ways. */
function makeValueKey(literal: Literal): string {
  const { slot } = literal.judged.leaf
  if (slot === 'time') return 'time'
  if (testOf(literal)?.field.part.kind === 'length') return `length of ${rootOf(literal)}`
  const counted = / \((?:graphemes|code points)\)$/
  // The searched value is the plain value.
  return counted.test(slot.id) ? `length of ${slot.id.replace(counted, '')}` : slot.id.replace(/ \(searched\)$/, '')
}

/** A test and its negation. */
function opposites(literals: readonly Literal[]): Found | undefined {
  const byKey = new Map(literals.map(literal => [keyOf(literal), literal]))
  for (const literal of literals) {
    const other = byKey.get(keyOf({ ...literal, wanted: !literal.wanted }))
    if (other !== undefined) return { literal: other, other: literal }
  }
  return undefined
}

/** A required text, and a forbidden text inside it. */
function textAndNot(literals: readonly Literal[]): Found | undefined {
  const present = literals.filter(literal => !isNegative(literal) && partOfText(literal) !== undefined)
  const refused = literals.filter(literal => isNegative(literal) && isOfParts(literal))
  for (const literal of present) {
    const other = refused.find(({ judged: { leaf } }) => leaf.predicate(partOfText(literal)))
    if (other !== undefined) return { literal: other, other: literal }
  }
  return undefined
}

/** Whether a text that is in a value is enough, whatever is around it. */
function isOfParts(literal: Literal): boolean {
  return /^contains/.test(testOf(literal)?.word ?? '') && !hasExceptions(literal)
}

/** A text that every passing value contains. */
function partOfText({ judged: { leaf } }: Literal): string | undefined {
  const { needs } = leaf
  const isLiteral = needs?.kind === 'starts' || needs?.kind === 'contains'
  return isLiteral && needs.texts.length === 1 ? needs.texts[0] : undefined
}

function twoBeginnings(literals: readonly Literal[]): Found | undefined {
  const [first, ...others] = literals.filter(
    literal => !isNegative(literal) && literal.judged.leaf.needs?.kind === 'starts',
  )
  if (first === undefined) return undefined
  const text = partOfText(first) ?? ''
  const literal = others.find(other => {
    const second = partOfText(other) ?? ''
    return !second.startsWith(text) && !text.startsWith(second)
  })
  return literal && { literal, other: first }
}

function grouped<T>(items: readonly T[], nameOf: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = nameOf(item)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
